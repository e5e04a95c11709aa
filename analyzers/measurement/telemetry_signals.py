"""How many kinds of signal a service sends about itself."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.dependencies import Toolkit, Vendors
from scanner.facts.infrastructure import RuntimeTraits
from scanner.facts.tree import CodeSize


@check(
    CheckSpec(
        id="MEA-001",
        stage=Stage.MEASUREMENT,
        practice="observed",
        question="Does the service send metrics, traces, structured logs and error reports?",
        rationale="A service without signals is observed by its users.",
        scale=Scale(
            "kinds of signal (of 4)",
            ((0, 10), (1, 50), (2, 78), (3, 100)),
            (ours("two kinds find most faults; the third tells why"),),
        ),
        remedy="Add metrics and structured logs first, then traces over the calls between services.",
        effort=Effort(0, each=2, per="repository"),
        weight=1.5,
        controls=("ISO 27001:2022 A.8.15", "ISO 27001:2022 A.8.16", "SOC 2 CC7.2"),
    )
)
def telemetry_signals(traits: RuntimeTraits, size: CodeSize, toolkit: Toolkit, vendors: Vendors) -> Outcome:
    """Kinds of signal (0 to 4), by library or vendor, that a deployable with code sends; a platform's own are not seen."""
    if not traits.deployable or not size.product_code:
        return NotApplicable("no code here is deployed")
    bought = {v.purpose for v in vendors.uses}
    seen = [
        name
        for name, there in (
            ("metrics", toolkit.of("metrics") or "monitoring" in bought),
            ("traces", toolkit.of("tracing")),
            ("structured logs", toolkit.of("structured-logging")),
            ("error reports", toolkit.of("crash-reporting") or "crash-reporting" in bought),
        )
        if there
    ]
    because = f"libraries for {', '.join(seen)} are used" if seen else "no known telemetry library is used"
    return Measured(len(seen), f"{because} (what the platform adds is not seen)", basis=Basis.INFERRED, certainty=0.8)
