"""Whether new advisories are noticed when nobody changes the code."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.ci import Automation, Pipelines
from scanner.facts.dependencies import Dependencies

NO_PACKAGES = frozenset({"github-actions", "pre-commit", "gitsubmodule", "devcontainers"})
CODE_SCANNERS = (
    "github/codeql-action", "zizmorcore/zizmor-action", "ossf/scorecard-action", "returntocorp/semgrep-action", "pycqa/bandit-action",
    "securego/gosec", "gitleaks/gitleaks-action", "trufflesecurity/trufflehog", "zaproxy/action-baseline", "zaproxy/action-full-scan",
    "aquasecurity/tfsec-action", "bridgecrewio/checkov-action", "checkmarx/kics-github-action",
)  # fmt: skip
PACKAGE_SCANNERS = (
    "actions/dependency-review-action", "aquasecurity/trivy-action", "anchore/scan-action", "snyk/actions", "google/osv-scanner-action",
    "golang/govulncheck-action", "pypa/gh-action-pip-audit", "rustsec/audit-check", "actions-rs/audit-check",
    "embarkstudios/cargo-deny-action", "dependency-check/dependency-check_action", "fossas/fossa-action",
)  # fmt: skip


@check(
    CheckSpec(
        id="RIS-010",
        stage=Stage.RISK,
        practice="watch",
        question="Would a new advisory against a dependency be noticed without anybody changing the code?",
        rationale="Software ages while it lies still: advisories arrive by date, not by commit.",
        scale=Scale(
            "% of the watch",
            ((0, 0), (40, 45), (70, 75), (100, 100)),
            (ours("a look on a schedule is worth more than one per change, both are best"),),
        ),
        remedy="Run the dependency scan nightly, or switch on an update bot, besides scanning every change.",
        effort=Effort(0, each=0.5, per="repository"),
        weight=1.5,
        controls=("ISO 27001:2022 A.8.8", "SSDF RV.1", "SOC 2 CC7.1"),
    )
)
def scheduled_watch(dependencies: Dependencies, pipelines: Pipelines, automation: Automation) -> Outcome:
    """How far advisories are watched: 40 % by a scan on every change, 70 % by schedule or update bot, 100 % by both.

    Scans that read only code or pipelines (CodeQL, zizmor), and bots that update only actions, look for none.
    """
    if not dependencies.manifests:
        return NotApplicable("the repository declares no dependencies")
    watching = [p for p in pipelines.pipelines if "scan" in p.steps and _looks_for_advisories(p.path, pipelines)]
    by_change = any(p.on_change for p in watching)
    if pipelines.unparsed and not by_change:
        return Unknown(
            Why.UNPARSABLE,
            f"{counted(len(pipelines.unparsed), 'pipeline file')} could not be read",
            "repair the pipeline files named in the gaps",
        )
    bots = [b for b in automation.update_bots if not b.ecosystems or set(b.ecosystems) - NO_PACKAGES]
    by_date = bool(bots) or any(p.on_schedule for p in watching)
    value = 100.0 if by_change and by_date else 70.0 if by_date else 40.0 if by_change else 0.0
    said = [
        text
        for text, holds in (("on every change", by_change), ("on a schedule or by an update bot", by_date))
        if holds
    ]
    return Measured(
        value, f"advisories are looked for {' and '.join(said)}" if said else "nothing here looks for advisories"
    )


def _looks_for_advisories(path: str, pipelines: Pipelines) -> bool:
    """Whether the scan of a pipeline may read packages: one of its actions does, or none of them explains the scan."""
    used = [use.name.lower() for use in pipelines.uses if use.path == path]
    return any(n.startswith(PACKAGE_SCANNERS) for n in used) or not any(n.startswith(CODE_SCANNERS) for n in used)
