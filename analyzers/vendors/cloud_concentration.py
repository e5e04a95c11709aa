"""How much of the estate runs on one cloud."""

from __future__ import annotations

from collections import Counter

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.figures import herfindahl
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.dependencies import Vendors

CLOUD = ("cloud", "storage", "cdn")


@check(
    CheckSpec(
        id="VEN-007",
        stage=Stage.VENDORS,
        practice="concentration",
        question="How much of the estate hangs on a single cloud?",
        rationale="One cloud is cheap to run and dear to leave: its outage, price and terms are the company's.",
        scale=Scale(
            "Herfindahl index (0 to 1)",
            ((0.4, 100), (0.6, 85), (0.8, 65), (1, 38)),
            (ours("one cloud is the common choice of small companies: it costs points, but carries little weight"),),
            sample=2,
        ),
        remedy="Keep data and builds portable: standard databases, containers, and a tested export to elsewhere.",
        effort=Effort(10, spread=4),
        weight=0.5,
    )
)
def cloud_concentration(vendors: Across[Vendors]) -> Outcome:
    """Herfindahl index (0 to 1) of cloud, storage and delivery vendors over the repositories that use them; a proxy."""
    uses: Counter[str] = Counter()
    for _, known in vendors:
        uses.update({use.vendor for use in known.uses if use.purpose in CLOUD})
    if not uses:
        return NotApplicable("no use of a cloud was seen")
    shares = ", ".join(f"{name} in {n}" for name, n in sorted(uses.items(), key=lambda p: (-p[1], p[0]))[:5])
    because = f"repositories by cloud vendor: {shares} (a proxy of spend)"
    return Measured(herfindahl(sorted(uses.values())), because, uses.total(), basis=Basis.INFERRED, certainty=0.7)
