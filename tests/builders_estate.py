"""Estates for tests of the stack, the service map and the departure test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scanner.core.assessment import Assessment
from scanner.core.departures import AreaDeparture, Departures, DepartureSet
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Certainty
from scanner.core.service_drawing import Outside, RepositoryServices, ServiceDrawing, ServiceNode, Tie, TieKind
from scanner.core.stack import StackInventory, StackItem, Standing, Support
from scanner.core.subjects import Kind, Subject
from tests.builders_drawings import HOSTILE, drawn_assessment
from tests.builders_reports import API, HOSTILE_REPO

WEB = Subject(Kind.REPO, "acme/web")
HOLE = Unknown(Why.FORBIDDEN, "the files may not be read <b>", "a token <i>")


def repo(number: int) -> Subject:
    return Subject(Kind.REPO, f"acme/r{number:03}")


def node(name: str) -> ServiceNode:
    return ServiceNode(name, "service", "Deployment", "k8s/all.yaml", 3)


def holding(subject: Subject, *names: str) -> RepositoryServices:
    return RepositoryServices(subject, tuple(node(n) for n in names), len(names))


def tie(
    source: Subject, asker: str, target: Subject | None, asked: str, kind: TieKind = "call", sure: Certainty = Certainty.HIGH
) -> Tie:  # fmt: skip
    return Tie(source, asker, target, asked, kind, f"{asked}.svc", sure, "k8s/all.yaml", 17)


def services(
    repositories: tuple[RepositoryServices, ...], ties: tuple[Tie, ...] = (), outside: tuple[Outside, ...] = ()
) -> ServiceDrawing:
    return ServiceDrawing(repositories, outside, len(outside), ties, len(ties), (("package", 3), ("service", 1)), (), 9, 0)  # fmt: skip


def shop() -> ServiceDrawing:
    """web calls orders of api, which keeps its orders in a database of unknown owner; web may use an image of api."""
    ties = (
        tie(WEB, "front", API, "orders"),
        tie(WEB, "front", API, "", "image", Certainty.LOW),
        tie(API, "orders", API, "ledger", "database"),
        tie(API, "orders", None, "db.acme.internal", "database"),
        tie(WEB, "", None, "nginx", "image"),
    )
    outside = (Outside("db.acme.internal", "database", "database:postgresql"), Outside("nginx", "image", ""))
    return services((holding(API, "ledger", "orders"), holding(WEB, "front")), ties, outside)


def hostile_services() -> ServiceDrawing:
    """Every name in it was chosen by an attacker."""
    ties = tuple(tie(HOSTILE_REPO, a, API, b, "queue") for a in HOSTILE for b in HOSTILE[:2])
    unmet = tuple(Outside(name, "call", name, (HOSTILE_REPO,)) for name in HOSTILE)
    lost = tuple(tie(API, HOSTILE[0], None, name) for name in HOSTILE)
    return services((holding(API, *HOSTILE), holding(HOSTILE_REPO, *HOSTILE)), ties + lost, unmet)


def item(name: str, version: str = "1", support: Support = "ended", **given: object) -> StackItem:
    plain = StackItem(
        "runtime", name, version, version, support, date(2024, 10, 7), "3.14", date(2025, 10, 7), "", (Standing(API, "Dockerfile", 1),), 1
    )  # fmt: skip
    return replace(plain, **given)


def stack(*items: StackItem) -> StackInventory:
    return StackInventory(items, date(2026, 8, 22), ((HOSTILE_REPO, HOLE),))


def departures() -> Departures:
    """Ann alone knows billing; with Bob she knows all of it."""
    return Departures(
        present=6, known=10, forgotten=1,
        sets=(
            DepartureSet(1, ("P1",), 4, 0.4, ((API, "billing"),)),
            DepartureSet(2, ("P1", "P2"), 9, 0.9, ((API, "."), (API, "billing")), certain=False),
        ),
        areas=(
            AreaDeparture("shop <b>", None, "", ("P2",), 6, 10),
            AreaDeparture("", API, ".", ("P1", "P2"), 5, 6),
            AreaDeparture("", API, "billing", ("P1",), 4, 5),
        ),
        areas_judged=2,
    )  # fmt: skip


def whole() -> Assessment:
    """The golden assessment with hostile services, a hostile stack and the departure test."""
    items = tuple(item(name, name, reason=name, latest=name, places=(Standing(HOSTILE_REPO, name, 3),)) for name in HOSTILE)  # fmt: skip
    return replace(drawn_assessment(), services=hostile_services(), stack=stack(*items), departures=departures())
