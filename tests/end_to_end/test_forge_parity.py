"""The same records served as GitHub and as GitLab give the same values, but where a forge lacks the notion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from benchmarks.estate import from_histories
from benchmarks.truth import TRUTH
from scanner.demo.forge import ForgeData
from scanner.demo.gitlab_routes import dialect
from scanner.demo.history import build
from scanner.demo.records import forge_data
from scanner.demo.repositories import REPOSITORIES
from scanner.demo.standin import GITHUB, StandIn
from tests.builders_gitlab_estate import history
from tests.builders_hostile import assay

pytestmark = pytest.mark.xdist_group("forge_parity")  # what they all read is made once, by one worker

AS_OF = date(2026, 6, 30)
NOW = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)
TOKEN = "token-of-the-parity"
NONE = "not_applicable"
DIFFERS: Mapping[str, tuple[str, str]] = {
    "COM-014": (NONE, "GitLab has no discussions beside issues"),
    "PRO-017": ("measured", "GitLab never lets a default branch be deleted"),
    "SEC-020": ("measured", "GitLab does not tell whether a webhook has a secret, only whether it is encrypted"),
    "SEC-026": ("measured", "private reports are confidential issues on GitLab: there is no switch to count"),
    "SEC-029": ("unknown", "GitLab's API does not tell who has no second factor"),
    "SEC-030": (NONE, "the rights of GitHub's job token, where only GitHub's workflows stand"),
    "SEC-031": (NONE, "GitLab runs no actions"),
    "SEC-032": (NONE, "the rights of GitHub's job token, where only GitHub's workflows stand"),
    "SEC-034": (NONE, "GitLab keeps no dates of variables"),
    "SEC-035": ("measured", "as SEC-020, of the organisation"),
    "SEC-036": (NONE, "nothing is installed in a GitLab group"),
    "SEC-041": ("measured", "GitHub has no deploy tokens"),
    "SEC-043": ("measured", "GitHub's registry has no rules on what it keeps"),
    "STA-002": ("measured", "facts that a forge has no notion of are not asked for"),
    "STR-006": ("measured", "a milestone of GitLab ends with a day, not at an hour"),
}
"""By check: the outcome on GitLab where it is another than on GitHub, and why."""
Indicators = Mapping[tuple[str, str], Mapping[str, Any]]


def _estate(top: Path) -> ForgeData:
    """Six repositories with change requests, issues, runs, deployments and alerts; who works there is a member."""
    data = from_histories({f"r{n}": history(top / f"r{n}.git", n, NOW) for n in range(1, 7)}, NOW)
    working = sorted({p.login for r in data.repositories for p in r.people if not p.outside})
    members = (*data.organisation.members, *((login, False) for login in working))
    return replace(data, organisation=replace(data.organisation, members=members))


def _sample(top: Path) -> ForgeData:
    """The sample organisation of the demo."""
    return forge_data({made.name: build(made, top / f"{made.name}.git", AS_OF) for made in REPOSITORIES}, top, AS_OF)


def _scanned(data: ForgeData, key: str, home: Path) -> Indicators:
    with StandIn(data, TOKEN, dialect=GITHUB if key == "github" else dialect()) as standin:
        done = assay(
            home, "scan", f"{key}:{data.organisation.login}", "--as-of", str(AS_OF), "--format", "json", "--out", str(home / "out"),
            **{f"ASSAY_{key.upper()}_URL": standin.url, f"ASSAY_{key.upper()}_TOKEN": TOKEN},
        )  # fmt: skip
    assert done.code == 0, done.stderr
    return {(i["check"], i["subject"]): i for i in done.assessment["indicators"]}


Pairs = tuple[tuple[str, Mapping[str, Any], Mapping[str, Any]], ...]


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Pairs:
    """Check, its indicator on GitHub and its indicator on GitLab, for each subject of both organisations."""
    out: list[tuple[str, Mapping[str, Any], Mapping[str, Any]]] = []
    for make in (_estate, _sample):
        top = tmp_path_factory.mktemp("parity")
        data = make(top / "forge")
        github, gitlab = (_scanned(data, key, top / key) for key in ("github", "gitlab"))
        assert github.keys() == gitlab.keys()
        out += [(check, one, gitlab[check, subject]) for (check, subject), one in github.items()]
    return tuple(out)


def _value(indicator: Mapping[str, Any]) -> tuple[object, object]:
    return indicator["outcome"], indicator["value"]


def test_both_forges_give_the_same_values(pairs: Pairs) -> None:
    shared = [(check, one, other) for check, one, other in pairs if check not in DIFFERS]
    assert [(check, *_value(one)) for check, one, _ in shared] == [
        (check, *_value(other)) for check, _, other in shared
    ]
    measured = {check for check, one, _ in shared if one["outcome"] == "measured"}
    assert measured >= TRUTH.keys() - DIFFERS.keys(), "the forges were hardly asked"


@pytest.mark.parametrize("check", DIFFERS)
def test_what_differs_does_so_as_the_list_says(pairs: Pairs, check: str) -> None:
    outcomes = {other["outcome"] for name, one, other in pairs if name == check and _value(one) != _value(other)}
    assert outcomes == {DIFFERS[check][0]}
