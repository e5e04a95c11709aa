"""A scan of an organisation finds exactly what the stand-in's own tables say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from benchmarks.estate import from_histories
from benchmarks.truth import TRUTH
from scanner.demo.forge import ForgeData
from scanner.demo.standin import StandIn
from tests.builders_hostile import Target, assay

pytestmark = pytest.mark.xdist_group("forge_truth")  # what they all read is made once, by one worker

AS_OF = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)
TOKEN = "token-of-the-truth"
CHANGES = 90


def _history(folder: Path, shift: int) -> Path:
    """A bare repository whose first-parent line has 90 changes over 180 days by five people and a machine."""
    made = Target(folder)
    tips: list[str] = []
    for number in range(CHANGES):
        who = (
            b"renovate[bot] <bot@x[bot].io>"
            if (number + shift) % 11 == 0
            else b"Dev <dev%d@acme.io>" % ((number * shift) % 5)
        )
        at = int((AS_OF - timedelta(days=2 * (CHANGES - number), hours=shift)).timestamp())
        subject = b"change %d" % number + (b" (#%d)" % (number + 1) if number % 4 else b"") + b"\n"
        tree = made.files({b"app.py": b"x = %d\n" % number, b"Dockerfile": b"FROM scratch\n"})
        tips = [made.commit(tree, tips, subject, at=at, author=who)]
    made.ref(tips[0])
    return folder


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> tuple[ForgeData, Any]:
    top = tmp_path_factory.mktemp("truth")
    histories = {f"r{n}": _history(top / f"r{n}.git", n) for n in range(1, 5)}
    data = from_histories(histories, AS_OF)
    with StandIn(data, token=TOKEN) as standin:
        done = assay(
            top / "home", "scan", "github:acme", "--as-of", "2026-06-30", "--format", "json", "--out", str(top / "home" / "out"),
            ASSAY_GITHUB_URL=standin.url, ASSAY_GITHUB_TOKEN=TOKEN,
        )  # fmt: skip
        assert done.code == 0, done.stderr
        assert {name.split()[0] for name in standin.seen} == {"GET", "POST"}
        assert all(name.startswith("POST /graphql ") for name in standin.seen if name.startswith("POST"))
    return data, done.assessment


@pytest.mark.parametrize("check", sorted(TRUTH))
def test_a_check_gives_the_value_of_the_tables(scanned: tuple[ForgeData, Any], check: str) -> None:
    data, assessment = scanned
    found = {i["subject"]: i for i in assessment["indicators"] if i["check"] == check}
    given = {r.name: found[f"repo:acme/{r.name}"] for r in data.repositories}
    values = {name: i["value"] if i["outcome"] == "measured" else None for name, i in given.items()}
    expected = {r.name: TRUTH[check](r, AS_OF) for r in data.repositories}
    assert values == {name: None if value is None else round(value, 4) for name, value in expected.items()}
    assert any(value is not None for value in values.values()), "nothing was compared"


def test_second_factors_are_told_as_the_organisation_has_them(scanned: tuple[ForgeData, Any]) -> None:
    _, assessment = scanned
    (told,) = [i for i in assessment["indicators"] if i["check"] == "SEC-016"]
    assert (told["outcome"], told["value"]) == ("measured", 0)
