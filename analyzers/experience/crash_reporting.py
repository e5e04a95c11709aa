"""Whether failures at the users' end reach the team by themselves."""

from __future__ import annotations

from analyzers.experience import no_interface
from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Basis, Measured, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.dependencies import Toolkit, Vendors
from scanner.facts.tree import Tree


@check(
    CheckSpec(
        id="EXP-002",
        stage=Stage.EXPERIENCE,
        practice="gathered",
        question="Do errors in the user interface reach the team without the user writing?",
        rationale="Most users who meet an error leave instead of reporting it.",
        scale=Scale(
            "% in place", ((0, 25), (100, 100)), (ours("without it the team sees a fraction of the failures"),)
        ),
        remedy="Add an error-reporting client to the user interface, with personal data filtered.",
        effort=Effort(0, each=1.5, per="repository"),
    )
)
def crash_reporting(tree: Tree, toolkit: Toolkit, vendors: Vendors) -> Outcome:
    """100 % when a repository with a user interface uses a crash or error reporting library or vendor, else 0 %."""
    if absent := no_interface(tree):
        return absent
    seen = sorted({*toolkit.of("crash-reporting"), *(v.vendor for v in vendors.uses if v.purpose == "crash-reporting")})
    if seen:
        return Measured(100.0, f"errors are reported through {', '.join(seen[:3])}")
    return Measured(
        0.0, "no known error-reporting library is seen (a home-made one is not)", basis=Basis.INFERRED, certainty=0.8
    )
