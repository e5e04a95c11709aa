"""The arithmetic by hand, on two repositories and five checks.

api weighs 3, web 1. The stage is process: integration 1, delivery 1.5, review 1, flow 1.

    check  practice     weight  api    web    points              known
    A      review       2       80     20     (240 + 20)/4 = 65   1
    B      review       1       hole   40     40                  1/4
    C      delivery     1       100    100    100                 1
    D      integration  1       n/a    n/a    not applicable
    E      flow         1       hole   hole   unknown             0

Applicable practices: review 1, delivery 1.5, flow 1, together 3.5. Shares: A 1/3.5 × 2/3 = 4/21,
B 2/21, C 9/21, E 6/21. Known: A 4/21, B 0.5/21, C 9/21: coverage 13.5/21.
Low (4 × 65 + 0.5 × 40 + 9 × 100)/21 = 1180/21; score 1180/13.5; high low + 100 × 7.5/21 = 1930/21.
"""

import pytest

from scanner.core.assessment import CheckScore, StageScore
from scanner.core.outcomes import Severity
from scanner.core.stages import Stage
from scoring.assess import Waived, assess
from scoring.stages import Figures, score_overall
from tests.builders_scoring import (
    API,
    AS_OF,
    HOLE,
    NOT_APPLICABLE,
    ORG,
    WEB,
    answer,
    gate,
    inputs,
    measured,
    place,
    spec,
)

SPECS = (
    spec("PRO-901", weight=2.0),
    spec("PRO-902"),
    spec("PRO-903", practice="delivery"),
    spec("PRO-904", practice="integration"),
    spec("PRO-905", practice="flow"),
)
ANSWERS = (
    answer("PRO-901", API, 80), answer("PRO-901", WEB, 20), answer("PRO-902", API, HOLE), answer("PRO-902", WEB, 40),
    answer("PRO-903", API, 100), answer("PRO-903", WEB, 100), answer("PRO-904", API, NOT_APPLICABLE),
    answer("PRO-904", WEB, NOT_APPLICABLE), answer("PRO-905", API, HOLE), answer("PRO-905", WEB, HOLE),
)  # fmt: skip
WEIGHTS = {API: 3.0, WEB: 1.0}


def process(*answers: object, specs: tuple = SPECS) -> StageScore:
    return assess(inputs(specs, answers or ANSWERS, WEIGHTS)).stages[Stage.PROCESS.number - 1]


def checks(stage: StageScore) -> dict[str, CheckScore]:
    return {c.check: c for p in stage.practices for c in p.checks}


def test_the_stage_by_hand() -> None:
    stage = process()
    assert stage.score == pytest.approx(1180 / 13.5)
    assert stage.low == pytest.approx(1180 / 21)
    assert stage.high == pytest.approx(1930 / 21)
    assert stage.coverage == pytest.approx(13.5 / 21)
    assert stage.confidence == pytest.approx(13.5 / 21)
    assert (stage.assessable, stage.level) == (True, 5)


def test_the_waterfall_by_hand() -> None:
    bars = checks(process())
    assert {c: b.share for c, b in bars.items()} == pytest.approx(
        {"PRO-901": 4 / 21, "PRO-902": 2 / 21, "PRO-903": 9 / 21, "PRO-904": 0, "PRO-905": 6 / 21}
    )
    score = 1180 / 13.5
    assert bars["PRO-901"].moves == pytest.approx(4 / 21 * (65 - score))
    assert bars["PRO-902"].moves == pytest.approx(2 / 21 * 0.25 * (40 - score))
    assert sum(b.moves for b in bars.values()) == pytest.approx(0, abs=1e-12)
    assert bars["PRO-901"].worst is not None
    assert (bars["PRO-901"].worst.subject, bars["PRO-901"].worst.points) == (WEB, 20)
    assert [b.state for b in bars.values()] == ["not_applicable", "measured", "measured", "measured", "unknown"]


def test_practices_by_hand() -> None:
    practices = {p.key: p for p in process().practices}
    review = practices["review"]  # weights 2/3 and 1/3 × 1/4: (130/3 + 10/3) ÷ (2/3 + 1/12)
    assert review.score == pytest.approx((2 / 3 * 65 + 1 / 12 * 40) / 0.75)
    assert review.coverage == pytest.approx(0.75)
    assert (practices["flow"].score, practices["flow"].low, practices["flow"].high) == (None, 0, 100)
    assert (practices["integration"].score, practices["integration"].coverage) == (None, 0)


def test_certainty_lowers_confidence_only() -> None:
    sure = [answer(s.id, API, 60) for s in SPECS[:3]] + [answer(s.id, WEB, 60) for s in SPECS[:3]]
    told = [answer(i.check, i.subject, measured(60, certainty=0.5)) for i in sure]
    stage = process(*told, specs=SPECS[:3])
    assert (stage.score, stage.coverage) == (60, 1)
    assert stage.confidence == pytest.approx(0.5)
    assert process(*sure, specs=SPECS[:3]).confidence == pytest.approx(1)


def test_no_applicable_check_leaves_everything_open() -> None:
    stage = assess(inputs((), ())).stages[0]
    assert (stage.score, stage.low, stage.high, stage.coverage) == (None, 0, 100, 0)
    assert (stage.assessable, stage.level) == (False, None)


def test_two_checks_of_many_are_not_a_stage() -> None:
    # 2 of 5 checks measured, but they hold most of the weight: known enough, yet too few figures.
    specs = [
        spec("PRO-901", weight=9.0),
        spec("PRO-902", weight=9.0),
        spec("PRO-903"),
        spec("PRO-904"),
        spec("PRO-905"),
    ]
    answers = [answer("PRO-901", s, 90) for s in (API, WEB)] + [answer("PRO-902", s, 90) for s in (API, WEB)]
    stage = process(*answers, specs=tuple(specs))
    assert stage.coverage == pytest.approx(18 / 21)
    assert (stage.assessable, stage.level) == (False, None)


def test_below_half_known_weight_there_is_no_level() -> None:
    specs = (spec("PRO-901"),)
    assert process(answer("PRO-901", API, HOLE), answer("PRO-901", WEB, 90), specs=specs).assessable is False
    assert process(answer("PRO-901", API, 90), answer("PRO-901", WEB, HOLE), specs=specs).level == 5


@pytest.mark.parametrize(("severity", "level"), [(Severity.CRITICAL, 2), (Severity.HIGH, 5)])
def test_an_open_decisive_finding_holds_the_level_down(severity: Severity, level: int) -> None:
    one = spec("SEC-906", Stage.SECURITY, "secrets", gate=gate())
    outcome = measured(95, places=(place("key", severity, path="a.py", line=1), place("key", severity, path="b.py")))
    result = assess(inputs((one,), (answer(one.id, API, outcome), answer(one.id, WEB, 95))))
    stage = result.stages[Stage.SECURITY.number - 1]
    assert (stage.score, stage.level) == (95, level)
    assert stage.capped_by == (("SEC-906: a live secret is in the history (2 findings)",) if level == 2 else ())


def test_a_waived_finding_holds_nothing_down() -> None:
    one = spec("SEC-906", Stage.SECURITY, "secrets", gate=gate())
    answers = (answer(one.id, API, measured(95, places=(place("key", Severity.CRITICAL),))), answer(one.id, WEB, 95))
    held = assess(inputs((one,), answers))
    waiver = Waived(held.findings[0].fingerprint, "revoked", "ann", AS_OF)
    free = assess(inputs((one,), answers, waivers=(waiver,)))
    at = Stage.SECURITY.number - 1
    assert (held.stages[at].level, free.stages[at].level) == (2, 5)
    assert free.stages[at].capped_by == ()


def test_the_whole_by_hand() -> None:
    # Process (weight 1) 60 in [50, 70]; security (1.5) 90 in [80, 100]; goals (1) too dark: out, spans 0 to 100.
    figures = {
        Stage.PROCESS: Figures(60, 50, 70, 0.8, 0.8, True),
        Stage.SECURITY: Figures(90, 80, 100, 0.8, 0.4, True),
        Stage.GOALS: Figures(10, 2, 82, 0.2, 0.1, False),
    }
    got = score_overall(figures)
    assert got.score == pytest.approx((60 + 135) / 2.5)
    assert got.low == pytest.approx((50 + 120) / 3.5)
    assert got.high == pytest.approx((70 + 150 + 100) / 3.5)
    assert got.coverage == pytest.approx((0.8 + 1.2 + 0.2) / 3.5)
    assert got.confidence == pytest.approx((0.8 + 0.6 + 0.1) / 3.5)
    assert got.level == 4


def test_the_whole_has_no_level_below_half_coverage_and_no_score_when_all_is_dark() -> None:
    dark = Figures(10, 2, 82, 0.2, 0.1, False)
    got = score_overall({Stage.GOALS: dark, Stage.PROCESS: Figures(60, 50, 70, 0.6, 0.6, True)})
    assert (got.score, got.level) == (60, None)
    assert score_overall({}).score is None
    got = score_overall({Stage.GOALS: dark})
    assert (got.score, got.low, got.high, got.level) == (None, 0, 100, None)


def test_a_gate_holds_the_whole_one_above_its_cap() -> None:
    specs = [
        spec(f"{s.value}-1", s, s.spec.practices[0].key, gate=gate() if s is Stage.SECURITY else None) for s in Stage
    ]
    answers = [answer(s.id, ORG, 95) for s in specs]
    assert assess(inputs(specs, answers)).overall.level == 5
    held = measured(95, places=(place("key", Severity.CRITICAL),))
    answers = [answer(s.id, ORG, held if s.gate else 95) for s in specs]
    whole = assess(inputs(specs, answers)).overall
    assert (whole.score, whole.level) == (pytest.approx(95), 3)


def test_only_stable_checks_carry_weight() -> None:
    specs = (spec("PRO-901"), spec("PRO-902", status="preview"))
    answers = [answer("PRO-901", s, 90) for s in (API, WEB)] + [answer("PRO-902", s, 0) for s in (API, WEB)]
    stage = process(*answers, specs=specs)
    assert stage.score == 90


def test_an_estate_answer_counts_once_and_names_no_repository() -> None:
    stage = process(answer("PRO-901", ORG, 70), specs=SPECS[:1])
    bar = checks(stage)["PRO-901"]
    assert (stage.score, bar.subjects, bar.worst, bar.because) == (70, (), None, "70 seen")
