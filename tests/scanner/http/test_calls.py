"""While a limit holds nothing is sent, by nobody; and no wait is without end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scanner.core.evidence import Unreadable, Why
from scanner.demo.standin import Budget, Fault, StandIn
from scanner.http.conversation import OnLimit
from scanner.http.limits import Limits
from scanner.http.pacing import LONGEST_BLOCK
from scanner.http.refused import LimitReached
from tests.builders_github import DATA, TOKEN
from tests.builders_wire import Clock, talking, terms

API = "/repos/acme/api"


def _limited(standin: StandIn) -> int:
    return sum(status in (403, 429) for _, status in standin.answered)


def test_a_limit_met_by_one_stops_the_others_before_they_ask(tmp_path: Path) -> None:
    clock = Clock()
    with (
        StandIn(DATA, TOKEN, ((".", Fault.LIMITED),)) as standin,
        talking(standin, terms(tmp_path), clock=clock) as one,
        talking(standin, terms(tmp_path), clock=clock) as other,
    ):
        for talk in (one, other, one, other):
            with pytest.raises(Unreadable) as caught:
                talk.get(API)
            assert caught.value.hole.why is Why.RATE_LIMITED
        assert len(standin.seen) == 1
        standin.faults = ()
        assert other.query().status == 200, "the limit of REST is not that of GraphQL"
        clock.now += LONGEST_BLOCK
        assert other.get(API).status == 200


def test_a_secondary_limit_stops_both_kinds_and_halves_the_pace(tmp_path: Path) -> None:
    clock = Clock()
    with (
        StandIn(DATA, TOKEN, (("keys", Fault.BUSY),)) as standin,
        talking(standin, terms(tmp_path), Limits(wait_seconds=1), clock) as one,
        talking(standin, terms(tmp_path), clock=clock) as other,
    ):
        with pytest.raises(Unreadable):
            one.get(f"{API}/keys")
        assert one.calls.traffic.secondary_limits == 1
        assert other.wire.pacing.at_a_time == 4
        assert other.query().status == 200
        assert clock.waits == [7.0], "the other worker waited the 7 seconds before it asked"
        assert other.get(API).status == 200
        assert (len(standin.seen), _limited(standin)) == (3, 1)


@pytest.mark.parametrize(("concurrency", "sent"), [(1, 5), (2, 4), (4, 2)])
def test_the_last_requests_of_a_budget_are_left_to_those_who_have_sent_theirs(
    tmp_path: Path, concurrency: int, sent: int
) -> None:
    conversation = terms(tmp_path, concurrency=concurrency)
    with StandIn(DATA, TOKEN) as standin, talking(standin, conversation) as talk:
        standin.budget = Budget(core=5)
        for number in range(7):
            if number < sent:
                assert talk.get(f"{API}?n={number}").status == 200
                continue
            with pytest.raises(Unreadable, match="used up"):
                talk.get(f"{API}?n={number}")
        assert (len(standin.seen), _limited(standin)) == (sent, 0)


def test_a_limit_that_comes_again_is_waited_for_longer_each_time(tmp_path: Path) -> None:
    clock = Clock()
    limits = Limits(wait_seconds=1000, call_seconds=5000, tries=4)
    with StandIn(DATA, TOKEN, ((".", Fault.BUSY),)) as standin, talking(standin, terms(), limits, clock) as talk:
        with pytest.raises(Unreadable):
            talk.get(API)
        assert clock.waits == [7.0, 120.0, 240.0]
        assert len(standin.seen) == 4


@pytest.mark.parametrize("on_limit", [OnLimit.WAIT, OnLimit.STOP])
@pytest.mark.parametrize("fault", [Fault.LIMITED, Fault.BUSY])
def test_on_terms_to_wait_or_stop_a_limit_ends_what_is_being_read(
    tmp_path: Path, on_limit: OnLimit, fault: Fault
) -> None:
    clock = Clock()
    started = clock.now
    with (
        StandIn(DATA, TOKEN, ((".", fault),)) as standin,
        talking(standin, terms(tmp_path, on_limit=on_limit), Limits(wait_seconds=100), clock) as talk,
    ):
        for _ in range(2):
            with pytest.raises(LimitReached) as caught:
                talk.get(API)
            assert not isinstance(caught.value, Exception), "a collector that catches exceptions would go on"
            assert started < caught.value.until <= started + LONGEST_BLOCK + 200
            assert caught.value.hole.why is Why.RATE_LIMITED
            assert TOKEN not in f"{caught.value!r}{caught.value.hole}"
        assert len(standin.seen) == (1 if fault is Fault.LIMITED else 2)


def test_other_refusals_stay_holes_on_every_terms(tmp_path: Path) -> None:
    for fault in (Fault.FORBIDDEN, Fault.SIGN_ON, Fault.HIDDEN, Fault.BROKEN, Fault.LEGAL):
        conversation = terms(tmp_path, on_limit=OnLimit.STOP)
        with StandIn(DATA, TOKEN, ((".", fault),)) as standin, talking(standin, conversation) as talk:
            with pytest.raises(Unreadable) as caught:
                talk.get(API)
            assert caught.value.hole.why is not Why.RATE_LIMITED


def test_a_burst_of_server_errors_is_sat_out(tmp_path: Path) -> None:
    clock = Clock()
    with StandIn(DATA, TOKEN, ((".", Fault.GATEWAY),)) as standin, talking(standin, terms(tmp_path)) as talk:
        wait = clock.sleep

        def until_it_works(seconds: float) -> None:
            wait(seconds)
            if len(clock.waits) == 3:
                standin.faults = ((re.compile("never"), Fault.BROKEN),)

        talk.calls._sleep = until_it_works
        assert talk.get(API).status == 200
        assert (clock.waits, talk.calls.traffic.retries) == ([1.0, 2.0, 4.0], 3)
