"""One request in twenty goes wrong: every hole has its name, and every fact that was not hit is right."""

from __future__ import annotations

import hashlib
import itertools
import json
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from benchmarks.estate import made
from scanner.demo.standin import Fault, StandIn
from scanner.http.conversation import OnLimit
from scanner.http.github.client import GithubSettings
from scanner.http.secret import Secret
from scanner.pipeline.choice import Choice
from scanner.pipeline.events import Silent
from scanner.pipeline.scan import Request, run_scan
from scanner.pipeline.terms import Terms
from scanner.places import Places
from tests.builders_wire import Clock

AS_OF = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)
TOKEN = "token-of-the-unlucky"
DATA = made(12, AS_OF, changes=30)
NOT_HERE = {Fault.DENIED, Fault.LIMITED, Fault.BUSY, Fault.SLOW, Fault.SLOW_HEADERS, Fault.HUGE}
"""Faults that end the whole conversation, as they should, or only cost time: each has a test of its own."""
FAULTS = sorted(set(Fault) - NOT_HERE)


class Unlucky(StandIn):
    """A stand-in that answers one request in twenty badly, always the same ones, however often they are tried."""

    def __init__(self, salt: int) -> None:
        super().__init__(DATA, token=TOKEN)
        self.salt = salt
        self.kinds = itertools.cycle(FAULTS)
        self.chosen: dict[str, Fault] = {}
        self.spoilt: Counter[str] = Counter()

    def fault(self, name: str) -> Fault | None:
        if "acme/" not in name:
            return None  # without a listing there is nothing to compare
        digest = hashlib.sha256(f"{self.salt}/{name}".encode()).digest()
        if digest[0] % 20:
            return None
        with self.lock:
            self.chosen.setdefault(name, FAULTS[digest[1] % len(FAULTS)])
            self.spoilt[name] += 1
        return self.chosen[name]


def _scan(home: Path, standin: StandIn) -> tuple[Any, list[float]]:
    """The published assessment, and the seconds that the scan itself waited between tries, on a clock that waiting moves."""
    clock = Clock(time.time())
    request = Request(
        ("github:acme",), AS_OF.date(), Places(home / "data", home / "cache"), f"sqlite:///{home / 'assay.db'}",
        github=GithubSettings(standin.url, Secret(TOKEN)), terms=Terms(OnLimit.WAIT), choice=Choice(forge_only=True),
        sleep=clock.sleep, now=clock.time,
    )  # fmt: skip
    outcome = run_scan(request, Silent(), lambda: AS_OF)
    return json.loads(outcome.published), clock.waits


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Any]:
    with StandIn(DATA, token=TOKEN) as standin:
        told, waits = _scan(tmp_path_factory.mktemp("healthy"), standin)
    assert waits == []
    return {(i["check"], i["subject"]): i for i in told["indicators"]}


@pytest.mark.parametrize("salt", [1, 3])
def test_what_was_not_hit_is_right_and_what_was_has_a_name(
    healthy: dict[tuple[str, str], Any], tmp_path: Path, salt: int
) -> None:
    with Unlucky(salt) as standin:
        told, _ = _scan(tmp_path, standin)
    assert len(standin.chosen) >= 3, "nothing went wrong"
    found = {(i["check"], i["subject"]): i for i in told["indicators"]}
    assert set(found) == set(healthy)
    hit = {name.split("acme/", 1)[1].split("/")[0].split(")")[0] for name in standin.chosen}
    gaps = [g for g in told["gaps"] if g["why"] != "not-requested"]
    partly = {subject for g in gaps if g["why"] == "partial" for subject in g["subjects"]}
    wrong = [
        (key, given["outcome"], given["value"], healthy[key]["value"])
        for key, given in found.items()
        if key[1].startswith("repo:")
        and (given["outcome"], given["value"]) != (healthy[key]["outcome"], healthy[key]["value"])
        and given["outcome"] != "unknown"
        and not (given["outcome"] == "measured" and key[1] in partly)
    ]
    assert not wrong, "\n".join(map(str, wrong))
    for key, given in found.items():
        if key[1].removeprefix("repo:acme/") not in hit and key[1].startswith("repo:"):
            assert given == healthy[key], f"{key} was not hit"
    spoken = {subject.partition(":")[2].removeprefix("acme/") for g in gaps for subject in g["subjects"]}
    silent = {name for name in standin.chosen if _subject(name) not in spoken}
    assert silent == set(), "a fault that no gap speaks of"


def _subject(name: str) -> str:
    """The repository that a request is about, else the organisation."""
    parts = name.split("acme/", 1)[1]
    return "acme" if name.startswith("GET /orgs/") else parts.split("/")[0].split(")")[0]
