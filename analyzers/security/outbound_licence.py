"""Whether a repository says under which terms it may be used."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import SCORECARD, ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.dependencies import Licensing
from scanner.facts.tree import CodeSize


@check(
    CheckSpec(
        id="SEC-022",
        stage=Stage.SECURITY,
        practice="licence",
        question="Does the repository say under which terms its code may be used?",
        rationale="A buyer must know what is owned, what is given away and on which terms; silence must be cleared up.",
        scale=Scale(
            "% (0 nothing, 50 unclear, 100 stated)",
            ((0, 25), (50, 60), (100, 100)),
            (SCORECARD, ours("a proprietary notice answers too; silence in private code is untidy, not fatal")),
        ),
        remedy="Add a licence file: the chosen open-source licence, or a notice that the code is proprietary.",
        effort=Effort(0.25, each=0.05, per="repository"),
        controls=("OSPS-LE-03.01", "ISO 27001:2022 A.5.32"),
    )
)
def outbound_licence(licensing: Licensing, size: CodeSize) -> Outcome:
    """100 % with a recognised licence text or a manifest's declaration, 50 % with an unrecognised text, 0 % with none."""
    if not (size.product_code or licensing.files or licensing.declared):
        return NotApplicable("there is no product code to license")
    recognised = sorted({spdx for file in licensing.files for spdx in file.spdx})
    if recognised:
        return Measured(100, f"licence texts name {', '.join(recognised[:5])}")
    if any(expression.strip() for _, expression in licensing.declared):
        return Measured(
            100, f"terms declared by {counted(len(licensing.declared), 'manifest')}, without a recognised licence text"
        )
    if licensing.files:
        return Measured(50, f"{counted(len(licensing.files), 'licence text')} not recognised")
    return Measured(0, "neither a licence file nor a manifest states the terms")
