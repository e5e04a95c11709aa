"""Whether it is seen what users do."""

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
        id="EXP-003",
        stage=Stage.EXPERIENCE,
        practice="gathered",
        question="Does the user interface show the team which features are used?",
        rationale="Without figures of use the loudest wish wins.",
        scale=Scale(
            "% in place",
            ((0, 35), (100, 100)),
            (ours("a weak signal: use can be read from the server's logs too, and privacy may forbid more"),),
        ),
        remedy="Count the use of the main features, with consent and without personal data.",
        effort=Effort(0, each=2, per="repository"),
        weight=0.5,
    )
)
def usage_analytics(tree: Tree, toolkit: Toolkit, vendors: Vendors) -> Outcome:
    """100 % when a repository with a user interface uses an analytics or feedback library or vendor, else 0 %."""
    if absent := no_interface(tree):
        return absent
    bought = (v.vendor for v in vendors.uses if v.purpose in {"analytics", "feedback"})
    seen = sorted({*toolkit.of("analytics"), *toolkit.of("feedback"), *bought})
    if seen:
        return Measured(100.0, f"use or feedback is gathered through {', '.join(seen[:3])}")
    return Measured(
        0.0,
        "no known analytics or feedback library is seen (server-side counting is not)",
        basis=Basis.INFERRED,
        certainty=0.6,
    )
