"""Whether a change can be tried on some users first."""

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
        id="EXP-009",
        stage=Stage.EXPERIENCE,
        practice="acted",
        question="Can a change be shown to some users first, and taken back without a release?",
        rationale="What users really do with a change is only learnt by showing it; a switch makes that cheap.",
        scale=Scale(
            "% in place",
            ((0, 35), (100, 100)),
            (ours("a weak signal: switches can be home-made, and small products live without"),),
        ),
        remedy="Put the next risky change behind a feature flag and widen it step by step.",
        effort=Effort(3),
        weight=0.5,
    )
)
def gradual_release(tree: Tree, toolkit: Toolkit, vendors: Vendors) -> Outcome:
    """100 % when a repository with a user interface uses a feature-flag or experiment library or vendor, else 0 %."""
    if absent := no_interface(tree):
        return absent
    bought = (v.vendor for v in vendors.uses if v.purpose == "feature-flags")
    seen = sorted({*toolkit.of("feature-flags"), *toolkit.of("experiments"), *bought})
    if seen:
        return Measured(100.0, f"changes can be switched through {', '.join(seen[:3])}")
    return Measured(
        0.0, "no known flag or experiment library is seen (a home-made one is not)", basis=Basis.INFERRED, certainty=0.6
    )
