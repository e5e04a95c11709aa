"""How many of the vendors seen in the code the company knows of."""

from __future__ import annotations

from collections import defaultdict

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.subjects import Subject
from scanner.facts.dependencies import Vendors, VendorUse
from scanner.facts.engagement import Engagement


@check(
    CheckSpec(
        id="VEN-001",
        stage=Stage.VENDORS,
        practice="known",
        question="How many of the vendors seen in the code does the company have on its list?",
        rationale="A vendor that nobody listed has no owner, no contract review and no plan for its end.",
        scale=Scale(
            "% of vendors seen",
            ((0, 5), (40, 40), (70, 70), (95, 100)),
            (ours("lists lag behind, so a few missing are ordinary; most missing means there is no list"),),
            sample=3,
        ),
        remedy="Add the listed vendors to the register, each with purpose, owner, spend and renewal.",
        effort=Effort(0.5, each=0.1, per="finding"),
        weight=2.0,
        controls=("ISO 27001:2022 A.5.19",),
    )
)
def declared_vendors(engagement: Engagement, vendors: Across[Vendors]) -> Outcome:
    """Share (0 to 100 %) of distinct vendors seen through SDK, image, infrastructure or action that are declared."""
    seen: dict[str, list[tuple[Subject, VendorUse]]] = defaultdict(list)
    for subject, known in vendors:
        for use in known.uses:
            seen[_plain(use.vendor)].append((subject, use))
    if not seen:
        return NotApplicable("no vendor was seen in the code")
    declared = {_plain(v.name) for v in engagement.vendors}
    missing = [seen[name][0] for name in sorted(seen) if name not in declared]
    places = tuple(
        Place(
            f"{use.vendor} ({use.purpose}) is used but not declared",
            Severity.LOW,
            path=use.path,
            line=use.line,
            anchor=use.vendor,
            subject=subject,
        )
        for subject, use in missing[:200]
    )
    because = f"{len(seen) - len(missing)} of {len(seen)} vendors seen in the code are declared"
    return Measured(percent(len(seen) - len(missing), len(seen)), because, sample=len(seen), places=places)


def _plain(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())
