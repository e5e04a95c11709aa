import pytest

from analyzers.team.turnover import turnover
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import across, measured
from tests.builders_people import presence


def test_leavers_of_a_year_over_the_mean_of_those_active() -> None:
    fact = presence(
        ann="xxxxxxxxxxxx", bob="xxxxxxxxxxxx", cleo="xxxxxxxxxxx.", dan="xxxxxxxxxx..",
        eve="xxxxxxxx....", fay="xxxxx.......", guy="......xxxxxx", hal="x...........",
    )  # fmt: skip
    outcome = measured(turnover(across(a=fact)))
    # 2024-Q4 to 2025-Q3: ann, bob, cleo, dan throughout (dan was there two quarters ago), eve in three, guy in three;
    # fay left before, hal was no regular
    assert outcome.value == pytest.approx(100 * 1 / ((5 + 6 + 6 + 5) / 4))
    assert "2024-Q4 +0 −0, 2025-Q1 +1 −0, 2025-Q2 +0 −1, 2025-Q3 +0 −0" in outcome.because


def test_few_regulars_have_no_rate() -> None:
    fact = presence(ann="xxxxxxxxxxxx", bob="xxxxxxxxxxxx", cleo="xxxxxxxxxxxx", dan="x..........x")
    assert isinstance(turnover(across(a=fact)), NotApplicable)
