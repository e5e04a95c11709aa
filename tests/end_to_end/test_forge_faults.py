"""One request in twenty goes wrong: every hole has its name, and every fact that was not hit is right."""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from benchmarks.estate import made
from scanner.demo.standin import Fault, StandIn
from tests.builders_hostile import Scan, assay

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


def _scan(home: Path, standin: StandIn) -> Scan:
    return assay(
        home, "scan", "github:acme", "--forge-only", "--as-of", "2026-06-30", "--format", "json", "--workers", "2", "--out",
        str(home / "out"), ASSAY_GITHUB_URL=standin.url, ASSAY_GITHUB_TOKEN=TOKEN,
    )  # fmt: skip


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Any]:
    with StandIn(DATA, token=TOKEN) as standin:
        done = _scan(tmp_path_factory.mktemp("healthy"), standin)
        assert done.code == 0, done.stderr
    return {(i["check"], i["subject"]): i for i in done.assessment["indicators"]}


@pytest.mark.parametrize("salt", [1, 3])
def test_what_was_not_hit_is_right_and_what_was_has_a_name(
    healthy: dict[tuple[str, str], Any], tmp_path: Path, salt: int
) -> None:
    with Unlucky(salt) as standin:
        done = _scan(tmp_path, standin)
    assert done.code in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    assert len(standin.chosen) >= 3, "nothing went wrong"
    found = {(i["check"], i["subject"]): i for i in done.assessment["indicators"]}
    assert set(found) == set(healthy)
    hit = {name.split("acme/", 1)[1].split("/")[0].split(")")[0] for name in standin.chosen}
    gaps = [g for g in done.assessment["gaps"] if g["why"] != "not-requested"]
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
    told = {subject.partition(":")[2].removeprefix("acme/") for g in gaps for subject in g["subjects"]}
    silent = {name for name in standin.chosen if _subject(name) not in told}
    assert silent == set(), "a fault that no gap speaks of"


def _subject(name: str) -> str:
    """The repository that a request is about, else the organisation."""
    parts = name.split("acme/", 1)[1]
    return "acme" if name.startswith("GET /orgs/") else parts.split("/")[0].split(")")[0]
