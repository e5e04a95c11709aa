"""How long the code lives before it is replaced."""

from __future__ import annotations

from math import log

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import LineChanges
from scanner.facts.tree import CodeSize

ENOUGH_LINES = 1000
ENOUGH_COMMITS = 20
LONGEST = 50.0
"""Years: what a deletion rate of 1.4 % comes to; beyond it the code hardly changes."""
THESEUS = Source(
    Rank.SECONDARY,
    "E. Bernhardsson, The half-life of code & the ship of Theseus, 2016: half-lives of well-known projects lie between 0.3 and 6.6 years",
    "https://erikbern.com/2016/12/05/the-half-life-of-code.html",
)


@check(
    CheckSpec(
        id="ADA-011",
        stage=Stage.ADAPTATION,
        practice="quick",
        question="Is the code renewed at a pace that is neither frantic nor frozen?",
        rationale="Code that is replaced within months was built wrongly; code that is never replaced only grows.",
        scale=Scale(
            "years",
            ((0.25, 15), (1, 70), (2, 100), (7, 100), (15, 75), (50, 35)),
            (THESEUS, ours("a band: within the observed range from two years on; finished code may live longer")),
            sample=100,
        ),
        remedy="Where it is frantic, settle design before building; where it is frozen, plan time to replace the oldest parts.",
        effort=Effort(5.0),
        weight=0.5,
    )
)
def code_half_life(lines: LineChanges, size: CodeSize) -> Outcome:
    """Years (0 to 50) in which half of the code's lines would be gone, at the year's rate of deletion among files still there.

    ln 2 ÷ −ln(1 − deleted ÷ lines a year ago), the latter taken as lines now − added + deleted; a proxy, for lines young
    and old are deleted alike here, blank ones and comments counted only among the changes.
    """
    present = {f.path: f.code + f.comment for f in size.files if f.role == "product"}
    now = sum(present.values())
    changed = [f for f in lines.files if f.path in present]
    added, deleted = sum(f.added for f in changed), sum(f.deleted for f in changed)
    before = now - added + deleted
    if lines.commits < ENOUGH_COMMITS:
        return NotApplicable(f"fewer than {ENOUGH_COMMITS} human commits in a year")
    if before < ENOUGH_LINES:
        return NotApplicable(f"a year ago there were fewer than {ENOUGH_LINES} lines of product code")
    share = min(deleted / before, 0.999)
    years = min(LONGEST, log(2) / -log(1 - share)) if share else LONGEST
    return Measured(
        years,
        f"{deleted} of about {before} product lines of a year ago were deleted or changed, a half-life of {years:.1f} years",
        sample=lines.commits,
        window_days=lines.window_days,
        basis=Basis.INFERRED,
        certainty=0.5,
    )
