"""How much of the estate hangs on few vendors."""

from __future__ import annotations

from collections import Counter

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Across
from scanner.core.figures import herfindahl
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.dependencies import Vendors

FEWEST_VENDORS = 3
MERGER_GUIDELINES = Source(
    Rank.PRIMARY,
    "US Department of Justice and FTC, Merger Guidelines 2023: a market over 1800 of 10000 (0.18) is highly concentrated",
    "https://www.justice.gov/atr/2023-merger-guidelines",
)


@check(
    CheckSpec(
        id="VEN-006",
        stage=Stage.VENDORS,
        practice="concentration",
        question="How concentrated is the use of vendors?",
        rationale="One vendor behind everything sets the price and takes everything down with it.",
        scale=Scale(
            "Herfindahl index (0 to 1)",
            ((0.1, 100), (0.18, 88), (0.3, 65), (0.5, 40), (1, 10)),
            (MERGER_GUIDELINES, ours("made for markets; a company's vendors are fewer, so bands reach further")),
            sample=10,
        ),
        remedy="Put an interface of your own before the vendor that most repositories use.",
        effort=Effort(10, spread=3),
        weight=0.5,
    )
)
def vendor_concentration(vendors: Across[Vendors]) -> Outcome:
    """Herfindahl index (0 to 1) over pairs of repository and vendor; uses stand for dependence, as a proxy."""
    uses: Counter[str] = Counter()
    for _, known in vendors:
        uses.update({use.vendor for use in known.uses})
    if len(uses) < FEWEST_VENDORS:
        return NotApplicable(f"too few vendors were seen to speak of concentration: {len(uses)}")
    name, most = min(uses.items(), key=lambda pair: (-pair[1], pair[0]))
    because = f"{counted(len(uses), 'vendor')} in {counted(uses.total(), 'use')} by repository; {name} in {most} (a proxy of dependence)"
    return Measured(herfindahl(sorted(uses.values())), because, uses.total(), basis=Basis.INFERRED, certainty=0.7)
