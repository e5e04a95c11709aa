"""What a token may read of an account, by asking for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.core.evidence import Unreadable, Why
from scanner.demo.forge import ForgeData
from scanner.demo.standin import Fault, StandIn
from scanner.doctor.github import chosen, holder, preflight
from scanner.doctor.preflight import Preflight
from scanner.doctor.probes import PROBES
from scanner.http.github.client import GithubSettings, kind_of
from scanner.http.github.client import Preflight as Told
from scanner.http.github.permissions import PERMISSIONS
from scanner.http.secret import Secret
from tests.builders_app import APP, app_server, pem
from tests.builders_github import ACME, API, DATA, TIGHT, TOKEN

PLAIN = replace(API, name="aa", alerts=(), settings=replace(API.settings, code_scanning=False, secret_scanning=False))
ACCOUNT = ForgeData(ACME, (PLAIN,))


def looked(given: ForgeData = ACCOUNT, *faults: tuple[str, Fault], target: str = "acme") -> tuple[Preflight, list[str]]:
    with StandIn(given, TOKEN, faults) as standin:
        return preflight(GithubSettings(standin.url, Secret(TOKEN), TIGHT), target), standin.seen


def states(found: Preflight) -> dict[tuple[str, str], str]:
    return {(r.fact, r.name.removesuffix(": read")): r.state for r in found.rights}


def test_every_fact_and_right_has_a_way_to_try_it() -> None:
    assert set(PROBES) == set(PERMISSIONS)
    assert len(PERMISSIONS) == len(set(PERMISSIONS))


def test_a_token_with_all_rights_reads_everything_and_what_is_off_proves_nothing() -> None:
    found, asked = looked()
    off = {right for right, state in states(found).items() if state == "off"}
    assert off == {("SecurityAlerts", "Code scanning alerts"), ("SecurityAlerts", "Secret scanning alerts")}
    assert {state for right, state in states(found).items() if right not in off} == {"readable"}
    assert found.missing == ()
    assert len(asked) <= 25
    assert len(asked) == len(set(asked))
    assert all(name.startswith("GET ") or name == "POST /graphql Listing" for name in asked)


@pytest.mark.parametrize(
    ("pattern", "fault", "right", "state"),
    [
        ("GET /repos/.*/hooks", Fault.FORBIDDEN, ("RepositoryAccess", "Webhooks"), "refused"),
        ("GET /repos/.*/hooks", Fault.HIDDEN, ("RepositoryAccess", "Webhooks"), "hidden"),
        ("GET /repos/.*/hooks", Fault.SIGN_ON, ("RepositoryAccess", "Webhooks"), "refused"),
        ("GET /repos/.*/hooks", Fault.BROKEN, ("RepositoryAccess", "Webhooks"), "not told"),
        ("GET /repos/.*/dependabot/secrets", Fault.FORBIDDEN, ("AutomationSettings", "Dependabot secrets"), "refused"),
        ("/dependabot/alerts", Fault.FORBIDDEN, ("SecurityAlerts", "Dependabot alerts"), "refused"),
        ("/protection", Fault.HIDDEN, ("BranchProtection", "Administration"), "hidden"),
        ("/actions/runs", Fault.EMPTY, ("Runs", "Actions"), "off"),
        ("/orgs/acme/members", Fault.FORBIDDEN, ("Organisation", "Organization members"), "refused"),
    ],
)
def test_each_refusal_is_the_state_of_one_right(pattern: str, fault: Fault, right: tuple[str, str], state: str) -> None:
    whole = states(looked()[0])
    found, _ = looked(ACCOUNT, (pattern, fault))
    assert states(found)[right] == state
    assert {r for r, s in states(found).items() if s != whole[r]} == {right}
    assert [(r.fact, r.name.removesuffix(": read")) for r in found.missing] == (
        [right] if state in ("refused", "hidden") else []
    )


def test_what_is_missing_names_the_checks_that_wait_for_it_and_what_to_ask() -> None:
    found, _ = looked(ACCOUNT, ("GET /orgs/acme/hooks", Fault.FORBIDDEN))
    (missing,) = found.missing
    assert "SEC-035" in missing.checks
    assert "“Organization webhooks: read”" in missing.needs
    assert missing.tried == "GET /orgs/acme/hooks"


def test_another_sample_is_tried_where_the_first_does_not_tell() -> None:
    given = ForgeData(ACME, (PLAIN, API))
    found, asked = looked(given)
    assert states(found)["SecurityAlerts", "Code scanning alerts"] == "readable"
    assert {"GET /repos/acme/aa/code-scanning/alerts", "GET /repos/acme/api/code-scanning/alerts"} <= set(asked)


def test_the_samples_are_what_is_judged_and_private_first() -> None:
    with StandIn(
        ForgeData(
            ACME,
            tuple(
                replace(API, name=n, archived=a, private=p)
                for n, a, p in (("old", True, True), ("open", False, False), ("a", False, True), ("b", False, True))
            ),
        ),
        TOKEN,
    ) as standin:
        found = preflight(GithubSettings(standin.url, Secret(TOKEN), TIGHT), "acme")
    assert found.samples == ("acme/a", "acme/b", "acme/open")
    assert chosen(()) == ()


def test_a_person_has_no_organisation_to_read() -> None:
    found, _ = looked(ACCOUNT, ("GET /orgs/acme", Fault.HIDDEN))
    assert {r.state for r in found.rights if r.fact in ("Organisation", "Teams")} == {"off"}
    assert found.cost.rest == 17


def test_a_refused_token_and_an_empty_account_end_it() -> None:
    with pytest.raises(Unreadable) as refused:
        looked(DATA, ("GET /rate_limit", Fault.DENIED))
    assert refused.value.hole.why is Why.FORBIDDEN
    with pytest.raises(Unreadable, match="lists no repository of acme"):
        looked(ForgeData(ACME, ()))


def test_an_app_is_told_with_its_rights_and_what_it_may_write() -> None:
    from scanner.http.github.app import AppInstallation

    with app_server() as server:
        app = AppInstallation(server.url, APP, pem(), "acme")
        told = Told(server.url, "", None, None, None, None, None, kind="x")
        found = holder(told, GithubSettings(server.url, app))
    assert found.kind == "the GitHub App assay-reader on acme"
    assert found.scopes is not None
    assert "administration: read" in found.scopes
    assert found.flags == (
        "the App may write: contents, workflows; Assay's token leaves that out, a read-only App is enough",
    )


@pytest.mark.parametrize(
    ("scopes", "flagged"),
    [
        (("read:org", "read:repo_hook", "security_events"), []),
        (("repo", "read:org"), ["repo"]),
        (
            ("delete_repo", "workflow", "admin:enterprise", "gist"),
            ["delete_repo", "workflow", "admin:enterprise", "gist"],
        ),
        (("admin:org_hook",), ["admin:org_hook"]),
    ],
)
def test_scopes_beyond_reading_are_flagged(scopes: tuple[str, ...], flagged: list[str]) -> None:
    told = Told("https://api.github.com", "ann", scopes, None, None, None, None, kind="a classic token")
    flags = holder(told, GithubSettings(token=Secret(TOKEN))).flags
    assert [flag.split(" ")[0] for flag in flags] == flagged


@pytest.mark.parametrize(
    ("token", "scopes", "kind"),
    [
        ("ghp_x", ("repo",), "a classic token"),
        ("github_pat_x", None, "a fine-grained token"),
        ("ghs_x", None, "a token of a GitHub App's installation, or of a workflow's run"),
        ("gho_x", ("repo",), "a token of the gh program or another OAuth app"),
        ("0123456789abcdef", ("repo",), "a classic token"),
        ("0123456789abcdef", None, "a token of unknown form"),
    ],
)
def test_the_kind_is_told_by_the_form(token: str, scopes: tuple[str, ...] | None, kind: str) -> None:
    assert kind_of(token, scopes) == kind
