"""The same commits and date give the same bytes, whatever the machine, its user, its clock and its luck."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.builders_hostile import WHEN, Target, assay

pytestmark = pytest.mark.xdist_group("same_bytes")  # what they all read is made once, by one worker

PEOPLE = [b"Ann Lee <ann@acme.io>", b"Bo Ray <bo@acme.io>", b"Cy Dee <cy@acme.io>", b"Di Moe <di@acme.io>"]
SECRET = "AKIA" + "QX4ZT7WMLKP3NR6Y"


def _build(folder: Path, seed: int) -> None:
    """A history in which several people tie in every count, so that an order by pseudonym would show."""
    made, chance = Target(folder), random.Random(seed)
    files = {b"f%d.py" % n: b"def f():\n    return %d\n" % n for n in range(6)} | {
        b"key.sh": f"export KEY={SECRET}\n".encode()
    }
    tips: list[str] = []
    for number in range(24):
        files[b"f%d.py" % (number % 6)] += b"x%d = %d\n" % (number, chance.randrange(9))
        files[b"g%d.py" % (number % 6)] = files[b"f%d.py" % (number % 6)]
        tips = [
            made.commit(
                made.files(files), tips, b"fix: change %d" % number, WHEN - (24 - number) * 86_400, PEOPLE[number % 4]
            )
        ]
    made.ref(tips[0])


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    top = tmp_path_factory.mktemp("same")
    for seed, name in enumerate(("alpha", "beta", "gamma")):
        _build(top / "repos" / name, seed)
    out = []
    for number, (workers, extra) in enumerate(
        (("1", {}), ("4", {"TZ": "Asia/Kathmandu", "LANG": "tr_TR.UTF-8", "LC_ALL": "C", "PYTHONHASHSEED": "7"}))
    ):
        home = top / f"home{number}"
        names = sorted((str(top / "repos" / n) for n in ("alpha", "beta", "gamma")), reverse=bool(number))
        ended = assay(
            home,
            "scan",
            *names,
            "--offline",
            "--as-of",
            "2026-06-30",
            "--format",
            "json",
            "--out",
            str(home / "out"),
            "--workers",
            workers,
            **extra,
        )
        assert ended.code == 0, ended.stderr
        out.append((home / "out" / "assessment.json").read_bytes())
    return out[0], out[1]


def _differences(one: Any, two: Any, where: str = "") -> list[str]:
    if isinstance(one, dict) and isinstance(two, dict):
        return [d for k in sorted({*one, *two}) for d in _differences(one.get(k), two.get(k), f"{where}.{k}")]
    if isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        return [d for n, (a, b) in enumerate(zip(one, two, strict=True)) for d in _differences(a, b, f"{where}[{n}]")]
    return [] if one == two else [f"{where}: {one!r} / {two!r}"]


def test_two_scans_publish_the_same_bytes(published: tuple[bytes, bytes]) -> None:
    one, two = published
    assert _differences(json.loads(one), json.loads(two)) == []
    assert one == two


def test_the_scans_measured_people_and_secrets(published: tuple[bytes, bytes]) -> None:
    assessment = json.loads(published[0])
    measured = {i["check"] for i in assessment["indicators"] if i["outcome"] == "measured"}
    assert {"TEA-001", "TEA-002"} & measured
    assert any(f["path"] == "key.sh" for f in assessment["findings"])
