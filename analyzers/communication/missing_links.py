"""How many links in the documents lead nowhere."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.tree import Documents


@check(
    CheckSpec(
        id="COM-002",
        stage=Stage.COMMUNICATION,
        practice="documented",
        question="Do the documents refer to files that exist?",
        rationale="A document that points at what is gone was not read by its authors for a while either.",
        scale=Scale(
            "% of checked links",
            ((0, 100), (3, 80), (10, 50), (40, 5)),
            (ours("a link in thirty breaks unnoticed; one in ten makes a reader give up"),),
            sample=20,
        ),
        remedy="Mend the links listed here and check relative links in CI.",
        effort=Effort(0.25, each=0.05, per="finding"),
    )
)
def missing_links(documents: Documents) -> Outcome:
    """Share (0 to 100 %) of relative links and code paths in documents that lead to no file of the tree.

    Changelogs are left out: they speak of what was there once.
    """
    present = [d for d in documents.documents if d.kind != "changelog"]
    checked = sum(d.links_checked for d in present)
    if not checked:
        return NotApplicable("no document refers to a file of the repository")
    broken = sorted((d.path, link) for d in present for link in d.links_missing)
    return Measured(
        min(100.0, percent(len(broken), checked)),
        f"{len(broken)} of {checked} references in documents lead to no file",
        sample=checked,
        places=tuple(
            Place(f"refers to missing {link}", Severity.LOW, path=path, anchor=f"{path} {link}")
            for path, link in broken[:200]
        ),
    )
