from dataclasses import replace

import pytest

from scanner.core.assessment import Assessment, Risk
from scanner.core.outcomes import Indicator, Severity
from scanner.core.stages import Stage
from scoring.assess import Waived, assess
from scoring.risks import RiskTemplate, register_risks
from scoring.tallies import counted, judge, tally_all
from tests.builders_scoring import API, AS_OF, HOLE, ORG, WEB, answer, inputs, measured, place, profile, spec

TEMPLATE = RiskTemplate("RSK-90", "Loss", Stage.PROCESS, ("PRO-901", "PRO-902", "PRO-999"), 3, "It stops.", "lead")
SPECS = (spec("PRO-901", weight=3.0), spec("PRO-902"))


def risks(*answers: Indicator, api_criticality: int = 3, waive: bool = False) -> tuple[Risk, ...]:
    profiles = (profile(API, criticality=api_criticality), profile(WEB, criticality=4))
    made = inputs(SPECS, answers, profiles=profiles)
    judged = judge(answers, made.specs)
    by_answer = {(j.indicator.check, j.indicator.subject): j for j in judged}
    tallies = tally_all(made.specs, made.about, ORG, counted(profiles), by_answer)
    found: Assessment = assess(made)
    if waive:
        waivers = tuple(Waived(f.fingerprint, "accepted", "ann", AS_OF) for f in found.findings)
        found = assess(replace(made, waivers=waivers))
    return register_risks((TEMPLATE,), tallies, profiles, found.findings, ())


@pytest.mark.parametrize(("points", "likelihood"), [(0, 5), (39, 4), (40, 3), (79, 2)])
def test_low_points_of_the_drivers_make_it_likely(points: float, likelihood: int) -> None:
    (risk,) = risks(answer("PRO-901", ORG, points))
    assert (risk.likelihood, risk.impact, risk.exposure) == (likelihood, 3, 3 * likelihood)
    assert risk.checks == ("PRO-901",)
    assert risk.mitigation == ("Mend PRO-901.",)


def test_drivers_count_by_weight() -> None:
    # (3 × 10 + 1 × 50) ÷ 4 = 20: likelihood 4; the worst driver speaks first.
    (risk,) = risks(answer("PRO-901", ORG, 10), answer("PRO-902", ORG, 50))
    assert (risk.likelihood, risk.because) == (4, "10 seen; 50 seen")


def test_no_risk_is_claimed_without_a_measure_or_where_all_is_well() -> None:
    assert risks(answer("PRO-901", API, HOLE)) == ()
    assert risks(answer("PRO-901", ORG, 80)) == ()


def test_a_vital_repository_raises_the_impact() -> None:
    answers = (answer("PRO-901", API, 30), answer("PRO-901", WEB, 60))
    assert [(r.impact, r.subjects) for r in risks(*answers)] == [(3, (API,))]
    assert [r.impact for r in risks(*answers, api_criticality=1)] == [4]


def test_a_severe_open_finding_makes_a_repository_affected() -> None:
    severe = measured(60, places=(place("x", Severity.HIGH),))
    (risk,) = risks(answer("PRO-901", API, severe), answer("PRO-901", WEB, 60))
    assert risk.subjects == (API,)
    severe_answers = (answer("PRO-901", API, severe), answer("PRO-901", WEB, 60))
    assert [r.subjects for r in risks(*severe_answers, waive=True)] == [()]


def test_one_open_door_is_enough() -> None:
    door = measured(95, places=(place("key", Severity.CRITICAL),))
    answers = (answer("PRO-901", API, door), answer("PRO-901", WEB, 95))
    assert [(r.likelihood, r.subjects) for r in risks(*answers)] == [(4, (API,))]
    assert risks(*answers, waive=True) == ()
