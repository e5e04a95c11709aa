"""How many security faults static analysis finds in the code."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Certainty, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.code import CodeFindings
from scanner.facts.tree import CodeSize

WEIGHT = {Severity.CRITICAL: 10, Severity.HIGH: 5, Severity.MEDIUM: 1}


@check(
    CheckSpec(
        id="SEC-001",
        stage=Stage.SECURITY,
        practice="code",
        question="How many security faults does static analysis find in a thousand lines of code?",
        rationale="Injection, unsafe loading and weak cryptography are found by machines in minutes, by attackers too.",
        scale=Scale(
            "weighted hits per 1000 lines",
            ((0, 100), (0.3, 85), (1, 65), (3, 35), (10, 0)),
            (
                ours(
                    "critical weighs 10, high 5, medium 1, low and unsure nothing: one high hit in 5000 lines is ordinary"
                ),
            ),
        ),
        remedy="Fix the listed hits, the high ones first, and run the analyser on every change.",
        effort=Effort(0.5, each=0.25, per="finding"),
        weight=2.0,
        controls=("SSDF PW.7", "ISO 27001:2022 A.8.28"),
    )
)
def static_findings(findings: CodeFindings, size: CodeSize) -> Outcome:
    """Weighted hits ÷ analysed code lines × 1000 (0 and up); low severity and low certainty weigh nothing.

    Unknown when under half of the product code was read: nothing speaks for the rest.
    """
    if not size.product_code:
        return NotApplicable("there is no product code")
    if not findings.code_lines and not findings.unparsed:
        return Unknown(
            Why.UNSUPPORTED, f"{findings.tool} reads none of the languages here", "an analyser for these languages"
        )
    if 2 * findings.code_lines < size.product_code:
        detail = f"{findings.tool} read {findings.code_lines} of {counted(size.product_code, 'line')} of product code"
        return Unknown(Why.SAMPLE_TOO_SMALL, detail, "an analyser for the other languages")
    serious = [f for f in findings.findings if f.severity in WEIGHT and f.certainty is not Certainty.LOW]
    serious.sort(key=lambda f: (-f.severity.rank, -list(Certainty).index(f.certainty), f.path, f.line, f.rule))
    places = tuple(
        Place(f.message, f.severity, f"{f.tool}:{f.rule}", f.path, f.line, anchor=f.anchor, certainty=f.certainty)
        for f in serious[:200]
    )
    because = (
        f"{counted(len(serious), 'hit')} of medium severity or worse in "
        f"{counted(findings.code_lines, 'line')} read by {findings.tool}"
    )
    if findings.suppressed:
        because += f", {counted(findings.suppressed, 'mark')} to silence it overridden"
    return Measured(
        1000 * sum(WEIGHT[f.severity] for f in serious) / findings.code_lines,
        because,
        places=places,
        certainty=min(1.0, findings.code_lines / size.product_code),
    )
