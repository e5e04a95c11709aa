from datetime import timedelta

import pytest

from collectors.github.automation import COLLECTOR, allowed, default_permission, parse_secrets
from scanner.core.evidence import Unreadable, Why
from scanner.demo.forge import AutomationRecord, SecretRecord
from scanner.facts.forge import AutomationSettings, StoredSecret
from tests.builders import AS_OF
from tests.builders_github import API, ago, asking, collected, data, node


def test_rules_token_and_secrets_are_read() -> None:
    assert collected(COLLECTOR)["AutomationSettings"].content == AutomationSettings(
        as_of=AS_OF, enabled=True, allowed="selected", requires_pinning=True, default_permission="write",
        may_approve=True, self_hosted_runners=None,
        secrets=(
            StoredSecret("DEPLOY_KEY", ago(days=500), ago(days=20), "actions"),
            StoredSecret("NPM_TOKEN", ago(days=90), ago(days=90), "dependabot"),
        ),
    )  # fmt: skip


def test_runners_are_asked_for_where_strangers_can_reach_them() -> None:
    content = collected(COLLECTOR, data(private=False))["AutomationSettings"].content
    assert isinstance(content, AutomationSettings)
    assert content.self_hosted_runners == 2


def test_without_dependabot_its_secrets_are_not_asked_for() -> None:
    with asking(data(secrets=API.secrets[:1])) as (ask, standin):
        list(COLLECTOR.collect(ask))
        assert [name.rpartition("/api")[2] for name in standin.seen] == [
            "", "/actions/permissions", "/actions/permissions/workflow", "/actions/secrets",
        ]  # fmt: skip


def test_switched_off_answers_everything_in_one_request() -> None:
    with asking(data(automation=AutomationRecord(enabled=False))) as (ask, standin):
        (found,) = COLLECTOR.collect(ask)
        assert len(standin.seen) == 2, "the record and the switch"
    assert found.content == AutomationSettings(AS_OF, False, None, None, None, None, None, None)
    assert found.caveat == ""


def test_a_reader_without_rights_gets_a_hole_that_says_what_closes_it() -> None:
    with asking(data(admin=False)) as (ask, _), pytest.raises(Unreadable) as caught:
        list(COLLECTOR.collect(ask))
    assert caught.value.hole.why is Why.AMBIGUOUS_404
    assert "Administration: read" in caught.value.hole.closes


def test_an_unknown_word_is_unknown() -> None:
    assert allowed(node(allowed_actions="friends")) is None
    assert default_permission(node(default_workflow_permissions="admin")) is None
    assert allowed(None) is None


def test_secrets_stand_as_they_were() -> None:
    later = (AS_OF + timedelta(days=1)).isoformat()
    old = ago(days=9).isoformat()
    rows = [
        node(name="B", created_at=old, updated_at=later), node(name="A", created_at=old, updated_at=old),
        node(name="C", created_at=later, updated_at=later),
    ]  # fmt: skip
    assert parse_secrets(rows, "actions", AS_OF) == (
        StoredSecret("A", ago(days=9), ago(days=9), "actions"),
        StoredSecret("B", ago(days=9), None, "actions"),
    )


def test_over_a_hundred_secrets_are_all_seen() -> None:
    many = tuple(SecretRecord(f"S{n:03}") for n in range(130))
    content = collected(COLLECTOR, data(secrets=many))["AutomationSettings"].content
    assert isinstance(content, AutomationSettings)
    assert len(content.secrets or ()) == 130
