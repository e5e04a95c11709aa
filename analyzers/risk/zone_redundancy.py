"""Whether declared data stores survive the loss of one data centre."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.infrastructure import Infrastructure


@check(
    CheckSpec(
        id="RIS-006",
        stage=Stage.RISK,
        practice="continuity",
        question="Do the declared databases and caches run in more than one zone?",
        rationale="One zone fails as a whole, and takes what has no twin with it.",
        scale=Scale(
            "% of data stores",
            ((0, 15), (50, 55), (80, 80), (100, 100)),
            (ours("stores for tests may live in one zone; production ones should not"),),
        ),
        remedy="Switch on multi-zone operation for the production data stores.",
        effort=Effort(0.5, each=0.5, per="finding"),
        controls=("ISO 27001:2022 A.8.14", "SOC 2 A1.2"),
    )
)
def zone_redundancy(infrastructure: Infrastructure) -> Outcome:
    """Share (0 to 100 %) of declared databases and caches that span zones, among those whose files say."""
    stores = infrastructure.of("database", "cache")
    if not stores:
        return NotApplicable("no database or cache is declared here")
    stated = [r for r in stores if r.multi_zone is not None]
    if not stated:
        return Unknown(
            Why.UNSUPPORTED,
            f"none of {len(stores)} declared data stores says whether it spans zones",
            "state the zones in the infrastructure code",
        )
    single = [r for r in stated if not r.multi_zone]
    places = tuple(
        Place(f"{r.type} lives in one zone", Severity.MEDIUM, path=r.path, line=r.line, anchor=f"{r.type}.{r.name}")
        for r in sorted(single, key=lambda r: (r.path, r.line))[:200]
    )
    spread = len(stated) - len(single)
    return Measured(
        percent(spread, len(stated)),
        f"{spread} of {len(stated)} data stores span zones; {len(stores) - len(stated)} do not say",
        sample=len(stated),
        places=places,
    )
