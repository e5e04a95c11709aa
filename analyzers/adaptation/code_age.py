"""How much of the code nobody has touched for years."""

from __future__ import annotations

from collections import defaultdict

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import age_days, percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import CommitActivity, FileChanges
from scanner.facts.tree import CodeSize

OLD_DAYS = 3 * 365
ENOUGH_LINES = 1000
OLD_AREA_LINES = 500
THESEUS = Source(
    Rank.SECONDARY,
    "E. Bernhardsson, The half-life of code & the ship of Theseus, 2016: half-lives of well-known projects lie between 0.3 and 6.6 years",
    "https://erikbern.com/2016/12/05/the-half-life-of-code.html",
)


@check(
    CheckSpec(
        id="ADA-010",
        stage=Stage.ADAPTATION,
        practice="quick",
        question="Has somebody touched most of the code within the last three years?",
        rationale="Code that nobody touched for years is code that nobody dares to touch, or knows to be there; the first change is the dearest.",
        scale=Scale(
            "% of product code lines",
            ((25, 100), (50, 80), (75, 50), (95, 20)),
            (THESEUS, ours("finished code may rest, so a quarter costs nothing and the weight is small")),
        ),
        remedy="Look through the directories listed here: delete what is unused, and let someone change and test the rest once.",
        effort=Effort(1.0, each=1.0, per="finding"),
        weight=0.5,
    )
)
def code_age(changes: FileChanges, size: CodeSize, activity: CommitActivity) -> Outcome:
    """Share (0 to 100 %) of product code lines in files that no commit touched for 1,095 days, where people still work.

    A file's age is that of its last change: newer than most of its lines, so true ages are higher.
    """
    if not activity.commits_365_days:
        return NotApplicable("nobody committed in a year")
    touched = {f.path: age_days(f.last_at, changes.as_of) for f in changes.files}
    files = [f for f in size.files if f.role == "product" and f.code]
    dated = [f for f in files if f.path in touched]
    total = sum(f.code for f in dated)
    if sum(f.code for f in files) < ENOUGH_LINES:
        return NotApplicable(f"there are fewer than {ENOUGH_LINES} lines of product code")
    if 2 * total < sum(f.code for f in files):
        return Unknown(Why.SAMPLE_TOO_SMALL, "the last change of most files is not known", "a clone with full history")
    old: defaultdict[str, int] = defaultdict(int)
    for file in dated:
        old[file.path.rpartition("/")[0] or "."] += file.code if touched[file.path] > OLD_DAYS else 0
    folders = sorted((f for f in old if old[f] >= OLD_AREA_LINES), key=lambda f: (-old[f], f))
    return Measured(
        percent(sum(old.values()), total),
        f"{sum(old.values())} of {total} product code lines are in files last changed over three years ago",
        sample=total,
        basis=Basis.INFERRED,
        certainty=0.8,
        places=tuple(
            Place(f"{old[f]} lines of code last changed over three years ago", Severity.INFO, path=f, anchor=f)
            for f in folders[:10]
        ),
    )
