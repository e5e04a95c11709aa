"""The scoring model: every constant that turns figures into judgements, each with its argument."""

from __future__ import annotations

from math import log10

from scanner.core.outcomes import Severity

MODEL_VERSION = "1.0.0"
"""Changes whenever the same evidence could earn another score; trends compare equal versions only."""

LEVEL_BOUNDS = (30.0, 50.0, 70.0, 85.0)
"""Points where levels 2, 3, 4 and 5 begin: curves are calibrated so that an ordinary team earns 60 to 75, level 3 to 4."""

ASSESSABLE_COVERAGE = 0.5
"""Known weight below which a stage has no level: with less, what was not seen could outvote what was."""

ASSESSABLE_CHECKS = 3
"""Measured checks that a stage needs (all, when fewer apply): one or two figures are an anecdote, not a stage."""

OVERALL_ABOVE_CAP = 1
"""Levels that the whole may stand above its most held-down stage: one decisive fault spoils, but does not define, the whole."""

CRITICALITY_WEIGHTS = {1: 8.0, 2: 4.0, 3: 2.0, 4: 1.0}
"""Each step of criticality doubles the weight: a system the business stops without outweighs several nobody would miss."""

ACTIVITY_FLOOR = 0.25
"""Weight of a repository without commits in the year: finished code still runs, so it counts, but little."""

ACTIVITY_CAP = 3.0
"""Reached at about 560 commits a year: beyond that, more commits say more about commit habits than about importance."""

FINDING_BELOW = 40.0
"""Points below which a figure without places becomes a finding itself: the middle of level 2, where neglect is plain."""

HIGH_BELOW, MEDIUM_BELOW, HIGH_WEIGHT = 10.0, 20.0, 2.0
"""A figure alone is a high finding only near zero and on a check that weighs double; it is never critical."""

STRENGTH_POINTS, STRENGTH_KNOWN, STRENGTH_WEAKEST = 85.0, 0.8, 70.0
"""A strength is at level 5, seen in at least four fifths, and nowhere below level 4: praise on thin evidence misleads a buyer most."""

WEAK_POINTS = 50.0
"""Points below which a repository counts as affected by a risk: below level 3, where practice is not yet defined."""

LIKELIHOOD_BOUNDS = (20.0, 40.0, 60.0, 80.0)
"""Mean points of a risk's drivers where its likelihood falls from 5 to 4, 3, 2 and 1: five equal bands."""

CRITICAL_LIKELIHOOD = 4
"""Likelihood of a risk while a critical finding of a driver is open: one open door is enough, whatever the mean says."""

GATE_BONUS = 2.0
"""Overall points added to the value of a step for each gate it lifts: about what one stage level is worth in the whole."""

MINOR_GAIN = 0.05
"""Overall gain below which a step may wait one horizon longer: it would not show in a printed score."""

HORIZON_DAYS = (2.0, 10.0, 25.0, 60.0)
"""Likely person-days up to which a step fits now, 30, 60 and 100 days for a part-time team of about one person; else a year."""

SMALLEST_STEP = 0.1
"""Person-days that any step takes at least: what is quicker to do still has to be found, agreed and checked."""

STAGE_NOISE, CHECK_NOISE = 2.0, 5.0
"""Smallest change (points) worth a line in a trend: a stage averages some eight checks, so its noise is smaller."""

PLACES_LIMIT = 200
"""Places a check reports at most: from a full list, absence of a place does not prove that it was fixed."""

EVIDENCE_LIMIT, SWOT_LIMIT = 5, 6
"""References per finding and lines per SWOT field: enough to follow up, few enough to read."""


def level_of(points: float) -> int:
    """Level 1 to 5 of ``points`` (0 to 100). A billionth below a bound counts as on it: floats do not decide a level."""
    return 1 + sum(points >= bound - 1e-9 for bound in LEVEL_BOUNDS)


def likelihood_of(points: float) -> int:
    """Likelihood 1 to 5 of a risk whose drivers average ``points``: 5 below 20, 1 from 80."""
    return 5 - sum(points >= bound - 1e-9 for bound in LIKELIHOOD_BOUNDS)


def severity_of(points: float, weight: float) -> Severity:
    """How bad a figure of ``points`` (below the finding threshold) is on a check of ``weight``."""
    if points < HIGH_BELOW and weight >= HIGH_WEIGHT:
        return Severity.HIGH
    return Severity.MEDIUM if points < MEDIUM_BELOW else Severity.LOW


def subject_weight(criticality: int, commits_365_days: int | None) -> float:
    """Weight of a repository: criticality weight × min(3, 0.25 + log10(1 + commits in 365 days)).

    ``criticality`` runs from 1 (business stops) to 4 (nobody notices); outside that range it is clamped.
    Commits that are not known (None) weigh as much as any could: an interval holds only when what was not seen
    may count in full. The logarithm makes ten times the commits count one more, not ten times as much.
    """
    activity = ACTIVITY_CAP if commits_365_days is None else ACTIVITY_FLOOR + log10(1 + max(0, commits_365_days))
    return CRITICALITY_WEIGHTS[min(4, max(1, criticality))] * min(ACTIVITY_CAP, activity)
