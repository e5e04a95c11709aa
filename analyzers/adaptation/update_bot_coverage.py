"""Whether a bot proposes updates for everything the repository builds on."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import SCORECARD, ours
from scanner.core.stages import Stage
from scanner.facts.ci import Automation
from scanner.facts.dependencies import Dependencies

ECOSYSTEMS = {
    "pip": "pypi", "uv": "pypi", "poetry": "pypi", "pipenv": "pypi", "pep621": "pypi", "pip_requirements": "pypi", "setup-cfg": "pypi",
    "bun": "npm", "pnpm": "npm", "yarn": "npm", "gomod": "go", "cargo": "crates.io", "gradle": "maven", "gradle-wrapper": "maven",
    "bundler": "rubygems", "composer": "packagist", "mix": "hex", "swift": "swifturl",
}  # fmt: skip
"""Bots' names of package managers, as OSV names their ecosystem, in lower case."""


@check(
    CheckSpec(
        id="ADA-001",
        stage=Stage.ADAPTATION,
        practice="current",
        question="Does a bot propose updates for every package ecosystem in use?",
        rationale="Small updates every week are cheap; one large update every third year is a project.",
        scale=Scale(
            "% of ecosystems",
            ((0, 15), (50, 60), (100, 100)),
            (SCORECARD, ours("share of ecosystems covered; updating by hand is possible, so none is not zero points")),
        ),
        remedy="Configure an update bot for every ecosystem, with grouped weekly proposals.",
        effort=Effort(0, each=0.25, per="repository"),
        controls=("SSDF PW.4",),
    )
)
def update_bot_coverage(dependencies: Dependencies, automation: Automation) -> Outcome:
    """Share (0 to 100 %) of the repository's package ecosystems that a configured update bot covers."""
    used = {m.ecosystem.lower() for m in dependencies.manifests if m.ecosystem}
    if not used:
        return NotApplicable("the repository declares no dependencies")
    if any(not bot.ecosystems for bot in automation.update_bots):
        return Measured(100.0, f"{automation.update_bots[0].name} covers every ecosystem")
    named = {e.lower() for bot in automation.update_bots for e in bot.ecosystems}
    covered = used & {ECOSYSTEMS.get(name, name) for name in named}
    left = sorted(used - covered)
    because = f"; without: {', '.join(left)}" if left else ""
    return Measured(
        percent(len(covered), len(used)),
        f"an update bot covers {len(covered)} of {len(used)} package ecosystems{because}",
    )
