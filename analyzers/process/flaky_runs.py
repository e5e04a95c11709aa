"""How often the same commit both passes and fails."""

from __future__ import annotations

from collections import defaultdict

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import Run, Runs

GOOGLE = Source(
    Rank.SECONDARY,
    "J. Micco, Flaky Tests at Google and How We Mitigate Them, 2016: about 1.5 % of test runs report a flaky result",
    "https://testing.googleblog.com/2016/05/flaky-tests-at-google-and-how-we.html",
)


@check(
    CheckSpec(
        id="PRO-007",
        stage=Stage.PROCESS,
        practice="integration",
        question="How often does the same commit both fail and pass the same pipeline?",
        rationale="A pipeline that sometimes lies teaches people to press the button again instead of looking.",
        scale=Scale(
            "% of commits run",
            ((0, 100), (1.5, 88), (5, 62), (10, 35), (25, 0)),
            (GOOGLE, ours("a re-run that passes is counted as flaky, so the bands are wider than for single tests")),
            sample=30,
        ),
        remedy="Quarantine the tests that pass on a second try, and repair or delete them within a fortnight.",
        effort=Effort(3, each=1, per="repository"),
    )
)
def flaky_runs(runs: Runs) -> Outcome:
    """Share (0 to 100 %) of (workflow, event, commit) that failed and passed, or passed only on a further attempt."""
    seen: dict[tuple[str, str, str], list[Run]] = defaultdict(list)
    for run in runs.runs:
        if run.conclusion in ("success", "failure"):
            seen[run.workflow, run.event, run.commit].append(run)
    if not seen:
        return NotApplicable(f"no pipeline run ended in {runs.window_days} days")
    flaky = sum(
        any(r.conclusion == "success" for r in group) and any(r.conclusion == "failure" or r.attempt > 1 for r in group)
        for group in seen.values()
    )
    because = f"{flaky} of {len(seen)} commits run had both outcomes or passed only when run again"
    return Measured(
        percent(flaky, len(seen)),
        because,
        sample=len(seen),
        window_days=runs.window_days,
        basis=Basis.INFERRED,
        certainty=0.8,
    )
