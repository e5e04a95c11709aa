import pytest

from analyzers.learning.review_breadth import review_breadth
from scanner.core.outcomes import Measured, NotApplicable
from tests.builders_checks_c import measured, requests, reviewed_change


def test_an_even_pair_among_four_members_is_half() -> None:
    each = requests(
        reviewed_change("a", "b"), reviewed_change("b", "a"),
        *(reviewed_change("c", "c") for _ in range(3)),
        *(reviewed_change("d") for _ in range(3)),
        reviewed_change("guest"),
        reviewed_change("robot", "c", bot=True),
    )  # fmt: skip
    outcome = review_breadth(each)
    assert isinstance(outcome, Measured)
    assert outcome.value == pytest.approx(50), "ln 2 over ln 4"
    assert outcome.because == "2 reviews were given by 2 of 4 regular members"


def test_no_reviews_at_all_is_zero_and_two_people_are_too_few() -> None:
    silent = requests(*(reviewed_change(author) for author in "abcabcabc"))
    assert measured(review_breadth(silent)) == 0
    assert isinstance(review_breadth(requests(reviewed_change("a", "b"))), NotApplicable)
