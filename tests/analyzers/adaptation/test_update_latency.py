from analyzers.adaptation.update_latency import update_latency
from scanner.core.outcomes import Measured, NotApplicable
from scanner.facts.forge import ChangeRequest
from tests.builders import change_request
from tests.builders_checks_c import ago, requests


def proposal(
    opened: float, merged: float | None = None, closed: float | None = None, *, bot: bool = True
) -> ChangeRequest:
    merged_at = None if merged is None else ago(merged)
    return change_request(
        bot=bot, created_at=ago(opened), merged_at=merged_at, closed_at=merged_at if closed is None else ago(closed)
    )


def test_open_proposals_count_and_replaced_or_fresh_ones_do_not() -> None:
    each = (
        proposal(100, 86), proposal(100, 85), proposal(100), proposal(20, 19),
        proposal(100, closed=99), proposal(13), proposal(366, 365), proposal(100, 99, bot=False),
    )  # fmt: skip
    outcome = update_latency(requests(*each))
    assert isinstance(outcome, Measured)
    assert (outcome.value, outcome.sample) == (50, 4)


def test_without_bots_it_is_not_judged() -> None:
    assert isinstance(update_latency(requests(proposal(100, 99, bot=False))), NotApplicable)
