from scanner.core.assessment import Days, Gain, Recommendation, Risk, SwotLine
from scanner.core.stages import Stage
from scoring.assess import assess
from scoring.swot import swot
from tests.builders_scoring import API, HOLE, ORG, WEB, answer, inputs, spec


def lines(*points: object, risks: tuple[Risk, ...] = (), steps: tuple[Recommendation, ...] = ()) -> list[SwotLine]:
    specs = [spec(f"PRO-90{n}", weight=float(n + 1)) for n in range(len(points))]
    answers = [answer(s.id, ORG, p) for s, p in zip(specs, points, strict=True)]
    stages = assess(inputs(specs, answers)).stages
    return list(swot(stages, steps, risks, frozenset({"RSK-1"})))


def risk(name: str, likelihood: int, *checks: str) -> Risk:
    return Risk(name, "Old", Stage.STRATEGY, likelihood, 3, 3 * likelihood, "why", "so", checks, (), (), "lead")


def recommendation(name: str, overall: float, likely: float) -> Recommendation:
    return Recommendation(
        id=name, title=name, stage=Stage.PROCESS, why="", where=(), addresses=("PRO-900",),
        effort_days=Days(1, likely, 9), effort_formula="", gain=Gain(4, overall), findings_closed=0, prerequisites=(),
        owner_role="", kpi="", horizon="now", rank=1,
    )  # fmt: skip


def test_good_and_poor_checks_the_weightiest_first() -> None:
    got = lines(85, 39.9, 84.9, 40, 100, 0)
    assert [(x.kind, x.checks) for x in got] == [
        ("strength", ("PRO-904",)), ("strength", ("PRO-900",)),
        ("weakness", ("PRO-905",)), ("weakness", ("PRO-901",)),
    ]  # fmt: skip
    assert got[0].text == "Is PRO-904 well? 100 of 100: 100 seen"


def test_thin_evidence_is_no_strength() -> None:
    one = spec("PRO-901")
    stages = assess(inputs((one,), (answer(one.id, API, 100), answer(one.id, WEB, HOLE)))).stages
    assert swot(stages, (), (), frozenset()) == ()


def test_at_most_six_of_a_kind() -> None:
    assert len(lines(*[90.0] * 9)) == 6


def test_a_likely_outside_risk_is_a_threat_and_not_a_weakness_too() -> None:
    got = lines(10, risks=(risk("RSK-1", 3, "PRO-900"), risk("RSK-2", 5)))
    assert [(x.kind, x.text) for x in got] == [("threat", "Old: why")]
    assert [x.kind for x in lines(10, risks=(risk("RSK-1", 2, "PRO-900"),))] == ["weakness"]


def test_opportunities_pay_most_per_day() -> None:
    steps = (recommendation("dear", 5, 50), recommendation("cheap", 1, 1), recommendation("useless", 0, 1))
    got = lines(50, steps=steps)
    assert [x.text for x in got] == [
        "cheap: +4.0 points in its stage, +1.00 overall, for about 1 person-days",
        "dear: +4.0 points in its stage, +5.00 overall, for about 50 person-days",
    ]
