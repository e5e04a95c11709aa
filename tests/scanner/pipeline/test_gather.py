from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from scanner.core.collecting import Ask, Collector, Found, found, hole
from scanner.core.evidence import Fact, Unknown, Unreadable, Why
from scanner.core.subjects import Kind, Subject
from scanner.facts.engagement import Moment
from scanner.pipeline.gather import all_collectors, gather

API = Subject(Kind.REPO, "api")
MOMENT = Moment(datetime(2026, 6, 30, tzinfo=UTC))
SECRET = "hunter2-the-secret"


@dataclass(frozen=True, slots=True)
class One(Fact):
    value: int


@dataclass(frozen=True, slots=True)
class Two(Fact):
    value: int


class Handle:
    """What the collectors of these tests read."""


def _collector(collect: Callable[[Ask[Handle]], Iterator[Found]], **given: object) -> Collector[Handle]:
    fields: dict[str, object] = {
        "name": "test",
        "version": "1",
        "source": Handle,
        "provides": (One, Two),
        "collect": collect,
    }
    return Collector(**(fields | given))  # type: ignore[arg-type]  # fields by name, of many types


def _gather(
    *asked: Collector[Handle], opened: bool = True, holes: dict[type[object], Unknown] | None = None
) -> dict[type[Fact], Fact | Unknown]:
    evidence = gather(API, asked, {Handle: Handle()} if opened else {}, MOMENT, holes or {}, lambda _: None)
    assert len({e.fact_type for e in evidence}) == len(evidence)
    return {e.fact_type: e.content for e in evidence}


class Unprintable(Exception):
    def __str__(self) -> str:
        raise RuntimeError(SECRET)


FAULTS: list[tuple[BaseException, Why]] = [
    (Unreadable(Why.FORBIDDEN, "no right", "a right"), Why.FORBIDDEN),
    (ValueError(SECRET), Why.CRASHED),
    (KeyError(SECRET), Why.CRASHED),
    (RecursionError(SECRET), Why.CRASHED),
    (MemoryError(SECRET), Why.CRASHED),
    (OSError(5, SECRET), Why.CRASHED),
    (StopIteration(SECRET), Why.CRASHED),
    (AssertionError(SECRET), Why.CRASHED),
    (SystemExit(SECRET), Why.CRASHED),
    (Unprintable(), Why.CRASHED),
]


@pytest.mark.parametrize(("fault", "why"), FAULTS, ids=lambda v: type(v).__name__)
@pytest.mark.parametrize("after_one", [False, True])
def test_every_fault_is_a_hole_for_what_was_not_yet_yielded(
    fault: BaseException, why: Why, after_one: bool, caplog: pytest.LogCaptureFixture
) -> None:
    def collect(ask: Ask[Handle]) -> Iterator[Found]:
        if after_one:
            yield found(One(1), "here")
        raise fault

    with caplog.at_level(logging.DEBUG):
        got = _gather(_collector(collect))
    assert got[One] == One(1) if after_one else isinstance(got[One], Unknown)
    assert isinstance(got[Two], Unknown)
    assert got[Two].why is why
    assert SECRET not in f"{got}{caplog.text}"


def test_what_is_never_yielded_is_unknown() -> None:
    got = _gather(_collector(lambda ask: iter((found(One(1), "here"),))))
    assert got[Two] == Unknown(Why.UNPARSABLE, "the collector found nothing to say")


def test_a_missing_handle_is_a_hole_with_its_reason() -> None:
    never = _collector(lambda ask: pytest.fail("must not be asked"), absent="give github:ORG")
    assert set(_gather(never, opened=False).values()) == {Unknown(Why.NOT_REQUESTED, "give github:ORG")}
    refused = Unknown(Why.CORRUPT, "broken")
    assert set(_gather(never, opened=False, holes={Handle: refused}).values()) == {refused}


def test_an_unknown_need_passes_its_reason_on() -> None:
    refused = Unknown(Why.FORBIDDEN, "no", "a right")
    first = _collector(lambda ask: iter((hole(One, refused, "here"),)), provides=(One,))
    second = _collector(lambda ask: pytest.fail("must not be asked"), name="second", provides=(Two,), needs=(One,))
    assert _gather(first, second)[Two] == refused
    assert _gather(second)[Two] == Unknown(Why.NOT_REQUESTED, "One was not collected")


def test_a_user_who_stops_the_scan_is_obeyed() -> None:
    def collect(ask: Ask[Handle]) -> Iterator[Found]:
        raise KeyboardInterrupt
        yield

    with pytest.raises(KeyboardInterrupt):
        _gather(_collector(collect))


def test_collectors_come_after_what_they_need() -> None:
    seen: set[type[Fact]] = set()
    for collector in all_collectors():
        assert seen.issuperset(collector.needs), collector.name
        seen.update(collector.provides)
        assert {f.about for f in collector.provides} == {collector.about}
