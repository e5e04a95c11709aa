"""Whether tests load the code where the next fixes are likely."""

from __future__ import annotations

from analyzers.file_risk import file_risk
from analyzers.reach_of_tests import loaded_by_tests
from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Certainty, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.code import ImportGraph
from scanner.facts.history import FileChanges
from scanner.facts.tree import CodeSize

_BUSY = 5
"""Files with fewer revisions in the year are no finding, whatever no test loads."""


@check(
    CheckSpec(
        id="ARC-017",
        stage=Stage.ARCHITECTURE,
        practice="maintainable",
        question="Is the code that is likeliest to need a fix loaded by some test?",
        rationale="Most fixes land in few files, those large and lately changed; a test there is worth more than anywhere else.",
        scale=Scale(
            "% of risk",
            ((0, 0), (50, 30), (80, 60), (95, 90), (100, 100)),
            (
                ours(
                    "stricter than for all modules: the files that change most are the ones that tests are written for"
                ),
            ),
            sample=5,
        ),
        remedy="Add a first test for each listed file, from the top.",
        effort=Effort(1, each=1, per="finding"),
        weight=0.5,
    )
)
def risk_under_test(graph: ImportGraph, changes: FileChanges, size: CodeSize) -> Outcome:
    """Share (0 to 100 %) of all modules' risk (`file_risk`, see docs/validity.md) in modules that a test loads, directly or not."""
    if not size.product_code:
        return NotApplicable("there is no product code")
    loaded = loaded_by_tests(graph, size)
    if isinstance(loaded, Unknown):
        return loaded
    lines = {f.path: f.code for f in size.files if f.role == "product"}
    changed = {c.path: c for c in changes.files}
    modules = set(graph.modules)
    risks = {
        path: file_risk(changed[path].recent_changes, code)
        for path, code in lines.items()
        if path in changed and _module(path, modules)
    }
    if not (total := sum(risks.values())):
        return NotApplicable("no module changed lately")
    bare = sorted((p for p in risks if _module(p, modules) not in loaded), key=lambda p: (-risks[p], p))
    places = tuple(
        Place(
            f"{changed[p].revisions_365_days} revisions in the year, {lines[p]} lines, and no test loads it",
            Severity.LOW, path=p, certainty=Certainty.MEDIUM,
        )
        for p in bare[:20]
        if changed[p].revisions_365_days >= _BUSY
    )  # fmt: skip
    share = percent(total - sum(risks[p] for p in bare), total)
    because = (
        f"tests load the modules that hold {share:.0f} % of the risk of {len(risks)} changed files (an upper bound)"
    )
    return Measured(share, because, len(risks), basis=Basis.INFERRED, places=places, certainty=0.6)


def _module(path: str, modules: set[str]) -> str:
    """The module that a file is or belongs to; empty when it is in none."""
    folder = path.rpartition("/")[0]
    return path if path in modules else folder if folder in modules else ""
