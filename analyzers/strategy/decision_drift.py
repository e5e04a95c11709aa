"""How many decision records still speak of what is there."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.tree import Documents


@check(
    CheckSpec(
        id="STR-003",
        stage=Stage.STRATEGY,
        practice="decisions",
        question="Do the decision records still match the code they govern?",
        rationale="A record that points at files long gone was overtaken without anybody deciding so.",
        scale=Scale(
            "% of records with references",
            ((0, 100), (10, 80), (30, 45), (60, 10)),
            (ours("a reference breaks by ordinary renames now and then; a third broken means nobody reads them"),),
            sample=3,
        ),
        remedy="Mark the records listed here as superseded, or mend their references.",
        effort=Effort(0.25, each=0.1, per="finding"),
    )
)
def decision_drift(documents: Documents) -> Outcome:
    """Share (0 to 100 %) of the decision records with references of which at least one leads nowhere."""
    checked = [d for d in documents.of("decision-record") if d.links_checked]
    if not checked:
        return NotApplicable("no decision record refers to a file")
    broken = sorted((d for d in checked if d.links_missing), key=lambda d: (-len(d.links_missing), d.path))
    return Measured(
        percent(len(broken), len(checked)),
        f"{len(broken)} of {len(checked)} decision records refer to files that are not there",
        sample=len(checked),
        places=tuple(
            Place(f"refers to missing {d.links_missing[0]}", Severity.LOW, path=d.path, anchor=d.path)
            for d in broken[:200]
        ),
    )
