"""How many of the regular people leave within a year."""

from __future__ import annotations

from analyzers.quarters import regulars_by_quarter
from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Across
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.knowledge import Presence

YEAR = 4
FEWEST_PEOPLE = 4
FOUCAULT = Source(
    Rank.PRIMARY,
    "Foucault, Palyart, Blanc, Murphy, Falleri, Impact of Developer Turnover on Quality in Open-Source Software, ESEC/FSE 2015: modules with more turnover hold more defects (no limit given)",
    "https://doi.org/10.1145/2786805.2786870",
)


@check(
    CheckSpec(
        id="TEA-021",
        stage=Stage.TEAM,
        practice="continuity",
        question="Do the people who carry the work stay from year to year?",
        rationale="Each regular who leaves takes knowledge along and costs the others months of introduction for the next.",
        scale=Scale(
            "% a year",
            ((10, 100), (20, 80), (35, 50), (60, 15), (100, 0)),
            (FOUCAULT, ours("one in ten leaves any healthy team; at one in three, half of it is new within two years")),
            sample=8,
        ),
        remedy="Ask those who left why, and agree what would keep those who would be missed most.",
        effort=Effort(5.0),
    )
)
def turnover(presence: Across[Presence]) -> Outcome:
    """Regular people last seen in four quarters in a row ÷ mean number of regulars active in them (0 to over 100 %).

    A regular committed in three quarters or more of three years, anywhere; the four are the last ones that two complete
    quarters followed. Asked from a mean of four regulars on.
    """
    year = regulars_by_quarter(presence)[-YEAR:]
    mean = sum(quarter.active for quarter in year) / YEAR
    if len(year) < YEAR or mean < FEWEST_PEOPLE:
        return NotApplicable(f"on average {mean:.1f} people were regularly active in a quarter: too few for a rate")
    left, joined = sum(quarter.left for quarter in year), sum(quarter.joined for quarter in year)
    course = ", ".join(f"{q.quarter} +{q.joined} −{q.left}" for q in year)
    return Measured(
        percent(left, mean),
        f"{left} regular people were last seen and {joined} first seen in four quarters, of {mean:.1f} active on average ({course})",
        sample=round(mean),
        window_days=365,
        basis=Basis.INFERRED,
        certainty=0.6,
    )
