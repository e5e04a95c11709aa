"""How much test code stands beside the product code."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.tree import CodeSize

FEWEST_LINES = 200


@check(
    CheckSpec(
        id="ARC-007",
        stage=Stage.ARCHITECTURE,
        practice="maintainable",
        question="How much test code stands beside the product code?",
        rationale="Code without tests is changed slowly and with fear, or quickly and with damage.",
        scale=Scale(
            "test lines per product line",
            ((0, 0), (0.1, 30), (0.3, 60), (0.6, 80), (1, 100)),
            (ours("well-tested projects hold about as much test code as product code; under a tenth is a token"),),
        ),
        remedy="Write tests for the most changed untested code first, and ask for a test with every change.",
        effort=Effort(5, each=5, per="repository", spread=3),
        weight=1.5,
    )
)
def ratio_of_tests(size: CodeSize) -> Outcome:
    """Test code lines ÷ product code lines (0 and up); a proxy of how much behaviour tests pin down."""
    if size.product_code < FEWEST_LINES:
        return NotApplicable(f"{size.product_code} lines of product code are too few to ask for tests")
    return Measured(
        size.test_code / size.product_code,
        f"{counted(size.test_code, 'line')} of test code for {counted(size.product_code, 'line')} of product code (a proxy of coverage)",
        basis=Basis.INFERRED,
        certainty=0.8,
    )
