from dataclasses import replace

from scanner.core.departures import Departures
from scanner.core.evidence import Evidence, Fact, Ledger, Unknown
from scanner.core.service_drawing import ServiceDrawing
from scanner.core.subjects import Subject
from scanner.facts.engagement import Engagement, System
from scanner.pipeline.drawings.estate import people_by_number, with_estate
from tests.builders_checks_a import contributors, person, tree
from tests.builders_people import knowledge, knows
from tests.builders_reports import API, EMPTY, ORG, bare, profiles
from tests.builders_services import plain_surface


def told(subject: Subject, fact: Fact) -> Evidence:
    return Evidence(subject, type(fact), fact, "x", "x", "1")


def test_only_repositories_that_count_are_looked_at() -> None:
    paths = [f"src/{n}.py" for n in range(6)]
    engagement = Engagement("acme", systems=(System("shop", ("api",)),))
    ledger = Ledger([
        told(ORG, engagement),
        told(API, plain_surface(offers={"workload": ("api",)})),
        told(EMPTY, plain_surface(offers={"workload": ("ghost",)})),
        told(API, knowledge(*(knows(p, "p-ann") for p in paths))),
        told(API, contributors(person("p-ann", 9, 1), person("p-bob", 9, 1))),
        told(API, tree(*paths)),
    ])  # fmt: skip
    made = with_estate(replace(bare(), profiles=profiles()), ledger)
    assert isinstance(made.services, ServiceDrawing)
    assert [r.subject for r in made.services.repositories] == [API]
    assert len(made.services.unread) == 1
    assert isinstance(made.departures, Departures)
    assert [(a.system, a.people) for a in made.departures.areas] == [("shop", ("P1",)), ("", ("P1",))]
    assert people_by_number(made, ledger) == (("P1", "p-ann"),)
    assert made.stack is not None
    assert API in {s for s, _ in made.stack.holes}


def test_an_empty_scan_is_unknown_and_not_zero() -> None:
    made = with_estate(bare(), Ledger())
    assert isinstance(made.services, Unknown)
    assert isinstance(made.departures, Unknown)
