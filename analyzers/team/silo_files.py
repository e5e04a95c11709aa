"""How many of the files in work are known to one person only."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import CommitActivity, FileChanges
from scanner.facts.tree import Tree


@check(
    CheckSpec(
        id="TEA-003",
        stage=Stage.TEAM,
        practice="knowledge",
        question="Are the files in work changed by more than one person?",
        rationale="A file that one person alone changes is understood by one person alone.",
        scale=Scale(
            "% of files in work",
            ((15, 100), (35, 75), (60, 45), (90, 10)),
            (
                ours(
                    "authors finish what they begin, so some solo files are normal; three in five is knowledge in silos"
                ),
            ),
            sample=20,
        ),
        remedy="Give the next changes of the files listed here to a second person, reviewed by the first.",
        effort=Effort(1.0, each=0.1, per="finding"),
    )
)
def silo_files(changes: FileChanges, activity: CommitActivity, tree: Tree) -> Outcome:
    """Share (0 to 100 %) of product files with 3 or more revisions in the year of which one person made over 80 %."""
    if not activity.commits_365_days:
        return NotApplicable("nobody committed in a year")
    product = {e.path for e in tree.entries if e.role == "product"}
    worked = [f for f in changes.files if f.revisions_365_days >= 3 and f.path in product]
    if not worked:
        return NotApplicable("no product file was changed three times in a year")
    silos = sorted((f for f in worked if f.main_person_share > 0.8), key=lambda f: (-f.revisions_365_days, f.path))
    return Measured(
        percent(len(silos), len(worked)),
        f"one person made over 80 % of the changes of {len(silos)} of {len(worked)} product files in work",
        sample=len(worked),
        window_days=changes.window_days,
        places=tuple(
            Place("one person makes over 80 % of its changes", Severity.LOW, path=f.path, anchor=f.path)
            for f in silos[:20]
        ),
    )
