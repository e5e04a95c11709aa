from analyzers.learning.newcomer_review import newcomer_review
from scanner.core.outcomes import Measured, NotApplicable
from tests.builders_checks_c import requests, reviewed_change


def test_only_the_first_change_of_people_new_to_the_window_counts() -> None:
    each = requests(
        reviewed_change("new", "old", created=100),
        reviewed_change("new", created=50),
        reviewed_change("lone", "lone", created=100),
        reviewed_change("lone", "old", created=20),
        reviewed_change("old", created=300),
        reviewed_change("fresh", created=6),
        reviewed_change("robot", created=60, bot=True),
    )
    outcome = newcomer_review(each)
    assert isinstance(outcome, Measured)
    assert (outcome.value, outcome.sample) == (50, 2)


def test_nobody_new_is_not_judged() -> None:
    assert isinstance(newcomer_review(requests(reviewed_change("old", created=300))), NotApplicable)
