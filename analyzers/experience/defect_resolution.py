"""How many reported defects are closed within a month."""

from __future__ import annotations

import re

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import age_days, percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.forge import Issues

WORDS = frozenset({"bug", "bugs", "defect", "defects", "regression", "crash"})
GRACE_DAYS = 30


@check(
    CheckSpec(
        id="EXP-006",
        stage=Stage.EXPERIENCE,
        practice="acted",
        question="Are reported defects closed within a month?",
        rationale="Who reports a defect and hears nothing does not report the next one.",
        scale=Scale(
            "% of defects",
            ((0, 0), (30, 40), (50, 65), (75, 90), (90, 100)),
            (ours("half within a month is decent; some defects need a redesign"),),
            sample=15,
        ),
        remedy="Triage defects each week: fix, date or decline every one.",
        effort=Effort(2),
        weight=1.5,
    )
)
def defect_resolution(issues: Issues) -> Outcome:
    """Share (0 to 100 %) of defects, by label, that were closed within 30 days of their opening; younger ones left out."""
    if not issues.enabled:
        return NotApplicable("issues are switched off here")
    people = [i for i in issues.issues if not i.bot]
    if not people:
        return NotApplicable(f"no issue was touched in {issues.window_days} days")
    defects = [
        i
        for i in people
        if any(WORDS & set(re.findall(r"[a-z]+", label.lower())) for label in i.labels)
        and GRACE_DAYS <= age_days(i.created_at, issues.as_of) <= issues.window_days
    ]
    if not defects:
        return Unknown(
            Why.SAMPLE_TOO_SMALL,
            f"none of {len(people)} issues is labelled as a defect and old enough to judge",
            "label defects",
        )
    closed = [i for i in defects if i.closed_at is not None and age_days(i.created_at, i.closed_at) <= GRACE_DAYS]
    return Measured(
        percent(len(closed), len(defects)),
        f"{len(closed)} of {len(defects)} labelled defects were closed within {GRACE_DAYS} days",
        sample=len(defects),
        window_days=issues.window_days,
    )
