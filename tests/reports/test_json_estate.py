import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from reports.json import FORMAT
from scanner.core.assessment import Assessment
from scanner.core.drawings import CoupledRepositories, RepositoryCoupling
from scanner.core.subjects import Kind, Subject
from tests.builders_estate import HOLE, departures, item, shop, stack, whole
from tests.builders_reports import catalogue, golden

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "assessment.schema.json").read_text("utf-8"))
API, WEB = (Subject(Kind.REPO, name) for name in ("acme/api", "acme/web"))
TIED = RepositoryCoupling(365, 24, 6, (CoupledRepositories(API, WEB, 6, 1 / 3),), 1)
FULL = replace(golden(), services=shop(), stack=stack(item("python"), item("x", "", "unknown", ends=None)), departures=departures(), coupling=TIED)  # fmt: skip
UNKNOWN = replace(golden(), services=HOLE, departures=HOLE, coupling=HOLE)


def read(assessment: Assessment) -> dict[str, Any]:
    return json.loads(FORMAT.render(assessment, catalogue()))


@pytest.mark.parametrize("assessment", [FULL, UNKNOWN, whole()], ids=["full", "unknown", "hostile"])
def test_the_whole_estate_keeps_the_schema(assessment: Assessment) -> None:
    assert list(Draft202012Validator(SCHEMA).iter_errors(read(assessment))) == []


def test_ties_name_both_ends_and_where_they_are_written() -> None:
    services = read(FULL)["services"]
    assert services["ties"][0] == {
        "source": "repo:acme/web", "asker": "front", "target": "repo:acme/api", "asked": "orders", "kind": "call", "name": "orders.svc",
        "certainty": "high", "path": "k8s/all.yaml", "line": 17,
    }  # fmt: skip
    assert services["ties"][3]["target"] is None
    assert [r["services_total"] for r in services["repositories"]] == [2, 1]


def test_an_unknown_end_of_support_is_no_date() -> None:
    python, other = read(FULL)["stack"]["items"]
    assert (python["support"], python["ends"]) == ("ended", "2024-10-07")
    assert (other["support"], other["ends"]) == ("unknown", None)
    assert read(FULL)["stack"]["unknown"][0]["subject"].startswith("repo:acme/")


def test_repositories_that_change_together() -> None:
    assert read(FULL)["coupling"]["pairs"] == [
        {"a": "repo:acme/api", "b": "repo:acme/web", "shared_issues": 6, "degree": 0.3333}
    ]


def test_sets_hold_people_by_number() -> None:
    told = read(FULL)["departures"]
    assert [(s["size"], s["people"], s["certain"]) for s in told["sets"]] == [
        (1, ["P1"], True),
        (2, ["P1", "P2"], False),
    ]
    assert told["areas"][0] == {
        "system": "shop <b>",
        "subject": None,
        "area": "",
        "people": ["P2"],
        "files": 6,
        "files_known": 10,
    }


def test_what_is_unknown_has_a_reason_and_what_nobody_looked_at_is_null() -> None:
    assert read(UNKNOWN)["services"] == {
        "unknown_reason": {"why": "forbidden", "detail": HOLE.detail, "closes": HOLE.closes}
    }
    assert read(UNKNOWN)["departures"]["unknown_reason"]["why"] == "forbidden"
    assert (read(golden())["services"], read(golden())["stack"], read(golden())["departures"]) == (None, None, None)
