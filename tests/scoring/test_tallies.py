import pytest

from scanner.core.evidence import Unknown
from scanner.core.subjects import Subject
from scoring.tallies import Tally, counted, judge, tally
from tests.builders_scoring import API, HOLE, NOT_APPLICABLE, WEB, answer, measured, profile, spec

WEIGHTS = {API: 3.0, WEB: 1.0}


def tallied(*outcomes: object, weights: dict[Subject, float] = WEIGHTS, sample: int = 1) -> Tally:
    one = spec("PRO-900", sample=sample)
    indicators = [answer("PRO-900", s, o) for s, o in zip((API, WEB), outcomes, strict=False)]
    judged = judge(indicators, {"PRO-900": one})
    return tally(one, weights, {(j.indicator.check, j.indicator.subject): j for j in judged})


def test_repositories_count_by_weight() -> None:
    got = tallied(80, 20)  # (3 × 80 + 1 × 20) ÷ 4 = 65
    assert (got.state, got.points, got.low, got.high, got.known) == ("measured", 65, 65, 65, 1)
    assert [(p.subject, p.points, p.share) for p in got.parts] == [(API, 80, 0.75), (WEB, 20, 0.25)]


def test_an_unknown_repository_widens_the_interval_and_moves_nothing() -> None:
    got = tallied(HOLE, 20)  # a quarter known: low 0.25 × 20, high 5 + 75
    assert (got.points, got.low, got.high, got.known) == (20, 5, 80, 0.25)


def test_a_missing_answer_is_unknown_not_absent() -> None:
    assert tallied(80).known == 0.75


def test_a_repository_to_which_it_does_not_apply_leaves() -> None:
    got = tallied(NOT_APPLICABLE, 20)
    assert (got.points, got.low, got.high, got.known) == (20, 20, 20, 1)


def test_applicable_nowhere_is_not_applicable_and_unknown_everywhere_is_unknown() -> None:
    assert tallied(NOT_APPLICABLE, NOT_APPLICABLE).state == "not_applicable"
    for outcomes in ((HOLE, HOLE), (HOLE, NOT_APPLICABLE), ()):
        got = tallied(*outcomes)
        assert (got.state, got.points, got.low, got.high, got.known) == ("unknown", None, 0, 100, 0)
    assert tallied(HOLE, HOLE).because == f"{HOLE.detail} (2 of 2 repositories)"


def test_a_small_sample_counts_in_part() -> None:
    # api: 5 of 10 observations, so half of its 3 is known; web has no sample: wholly known.
    got = tallied(measured(80, sample=5), 20, sample=10)
    assert got.known == pytest.approx((1.5 + 1) / 4)
    assert got.points == pytest.approx((1.5 * 80 + 1 * 20) / 2.5)


def test_no_observations_are_unknown_however_good_the_value() -> None:
    got = tallied(measured(100, sample=0), HOLE)
    assert (got.state, got.points, got.known) == ("unknown", None, 0)


def test_certainty_lowers_certainty_and_not_what_is_known() -> None:
    got = tallied(measured(80, certainty=0.5), 80)
    assert got.known == 1
    assert got.certainty == pytest.approx((3 * 0.5 + 1) / 4)


def test_no_number_is_unknown() -> None:
    (judged,) = judge([answer("PRO-900", API, measured(float("nan")))], {"PRO-900": spec("PRO-900")})
    assert isinstance(judged.indicator.outcome, Unknown)
    assert (judged.points, judged.sufficiency) == (None, 0)


def test_part_of_an_estate_answer_is_unknown_where_repositories_were() -> None:
    (judged,) = judge(
        [answer("PRO-900", API, measured(50, sample=5), known=0.8)], {"PRO-900": spec("PRO-900", sample=10)}
    )
    assert judged.sufficiency == pytest.approx(0.4)


def test_two_answers_to_one_question_are_refused() -> None:
    with pytest.raises(ValueError, match="answered twice"):
        judge([answer("PRO-900", API, 1), answer("PRO-900", API, 2)], {"PRO-900": spec("PRO-900")})


def test_raising_lifts_only_the_named_and_never_lowers() -> None:
    got = tallied(90, 20).raised(frozenset({API, WEB}), 60)  # (3 × 90 + 60) ÷ 4
    assert (got.points, got.known) == (82.5, 1)
    assert tallied(40, 20).raised(frozenset({WEB}), 60).points == 45


def test_repositories_without_weight_are_out_unless_all_are() -> None:
    assert counted([profile(API, 0), profile(WEB, 2)]) == {WEB: 2}
    assert counted([profile(API, 0), profile(WEB, 0)]) == {API: 1, WEB: 1}
