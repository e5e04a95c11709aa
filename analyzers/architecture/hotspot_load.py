"""How much of the year's work lands in code that is both complex and often changed."""

from __future__ import annotations

from collections import Counter

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent, percentile
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.code import Functions
from scanner.facts.history import CommitActivity, FileChanges

FEWEST_FILES = 20
TORNHILL = Source(Rank.SECONDARY, "A. Tornhill, Your Code as a Crime Scene: hotspots as complexity × change frequency")


@check(
    CheckSpec(
        id="ARC-003",
        stage=Stage.ARCHITECTURE,
        practice="maintainable",
        question="How much of the year's work lands in files that are among the most changed and the most complex?",
        rationale="Complex code that nobody touches costs nothing; complex code that everyone touches costs every week.",
        scale=Scale(
            "% of file revisions",
            ((0, 100), (10, 85), (20, 65), (35, 40), (60, 10), (80, 0)),
            (
                TORNHILL,
                ours("evenly spread work puts under a tenth into the top decile; a third means work queues there"),
            ),
            sample=50,
        ),
        remedy="Refactor the listed hotspots in small steps behind tests before adding features to them.",
        effort=Effort(1, each=3, per="finding"),
        weight=2.0,
    )
)
def hotspot_load(changes: FileChanges, activity: CommitActivity, functions: Functions) -> Outcome:
    """Share (0 to 100 %) of 365 days' revisions of code files in files above the 90th percentile of both measures."""
    if not functions.code_lines:
        return NotApplicable("there is no product code")
    if not activity.commits_365_days:
        return NotApplicable("nobody committed in a year")
    if 2 * functions.code_lines_measured < functions.code_lines:
        return Unknown(Why.UNSUPPORTED, "complexity is known for under half of the code", "a reader for the rest")
    complexity: Counter[str] = Counter()
    for f in functions.functions:
        complexity[f.path] += f.complexity
    files = [c for c in changes.files if c.path in complexity]
    total = sum(c.revisions_365_days for c in files)
    if len(files) < FEWEST_FILES or not total:
        return NotApplicable(
            f"{counted(len(files), 'code file')} with {counted(total, 'revision')} in the year: too few to tell hotspots"
        )
    busy = percentile((c.revisions_365_days for c in files), 0.9)
    knotty = percentile((complexity[c.path] for c in files), 0.9)
    hot = [c for c in files if c.revisions_365_days > busy and complexity[c.path] > knotty]
    hot.sort(key=lambda c: (-c.revisions_365_days * complexity[c.path], c.path))
    landed = sum(c.revisions_365_days for c in hot)
    places = tuple(
        Place(
            f"{counted(c.revisions_365_days, 'revision')} at complexity {complexity[c.path]}",
            Severity.MEDIUM,
            path=c.path,
        )
        for c in hot[:200]
    )
    because = f"{landed} of {total} revisions landed in {counted(len(hot), 'hotspot')} among {len(files)} code files"
    return Measured(percent(landed, total), because, sample=total, window_days=365, places=places)
