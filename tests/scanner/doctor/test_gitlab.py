"""What a token may read of a GitLab group, from the roles that GitLab says it has."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest

from scanner.demo.gitlab_routes import dialect
from scanner.demo.standin import Fault, StandIn
from scanner.doctor.gitlab import ROLES, holder, preflight
from scanner.doctor.preflight import Preflight
from scanner.facts import forge
from scanner.http.gitlab import Gitlab, GitlabSettings
from scanner.http.secret import Secret
from tests.builders_github import DATA, TIGHT
from tests.builders_gitlab_estate import TOKEN


def looked(*faults: tuple[str, Fault], target: str = "acme") -> Preflight:
    with StandIn(DATA, TOKEN, faults, dialect(licensed=True)) as standin:
        return preflight(GitlabSettings(standin.url, Secret(TOKEN), TIGHT), target)


NO_CLONES = "read_repository is missing: private projects cannot be cloned without it"


class Told(Gitlab):
    """A client that was told what the token is."""

    def __init__(self, scopes: list[str], expires: str | None) -> None:
        self.address = "https://gitlab.example.com"
        self._said: dict[str, Any] = {
            "/user": {"username": "ann"}, "/personal_access_tokens/self": {"scopes": scopes, "expires_at": expires},
        }  # fmt: skip

    def get(self, path: str, *_: object, **__: object) -> object:
        return self._said[path]


def test_every_fact_is_one() -> None:
    assert all(hasattr(forge, fact) for fact, _ in ROLES)


def test_a_maintainer_and_owner_reads_everything() -> None:
    found = looked()
    assert (found.missing, found.samples) == ((), ("acme/api",))
    assert {right.state for right in found.rights} == {"readable"}


def test_a_member_who_is_no_owner_lacks_what_owners_see() -> None:
    found = looked(("GET /groups/acme/hooks", Fault.FORBIDDEN))
    owners = "read_api, as an Owner of the group"
    assert [(r.fact, r.name) for r in found.missing] == [("Organisation", owners), ("SharedCredentials", owners)]
    nobody = looked(("GET /groups/acme/(hooks|members)", Fault.FORBIDDEN))
    assert [r.fact for r in nobody.missing] == ["Teams", "Organisation", "Organisation", "SharedCredentials"]
    unsure = looked(("GET /groups/acme/hooks", Fault.BROKEN))
    assert unsure.missing == ()
    assert {r.state for r in unsure.rights if r.fact == "Organisation"} == {"not told"}


@pytest.mark.parametrize(
    ("scopes", "flags"),
    [
        (["read_api", "read_repository"], []),
        (["read_api", "read_repository", "read_user"], []),
        (["read_api"], [NO_CLONES]),
        (["api"], ["api is not needed: read_api is enough"]),
        (["read_api", "read_repository", "sudo"], ["sudo is not needed: read_api is enough"]),
        (["read_user"], ["read_api is missing: little can be read without it", NO_CLONES]),
    ],
)
def test_scopes_beyond_reading_are_flagged(scopes: list[str], flags: list[str]) -> None:
    found = holder(Told(scopes, "2027-01-01"), GitlabSettings(token=Secret(TOKEN)))
    assert (found.login, found.expires, list(found.flags)) == ("ann", "2027-01-01", flags)


def test_without_a_token_nobody_is_asked_who_it_is() -> None:
    with closing(Gitlab(GitlabSettings("http://127.0.0.1:9", None, TIGHT))) as client:
        assert holder(client, GitlabSettings("http://127.0.0.1:9")).kind == "no token"
