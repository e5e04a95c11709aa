import pytest

from collectors.gitlab.automation import COLLECTOR
from scanner.facts.forge import AutomationSettings, StoredSecret
from tests.builders import AS_OF
from tests.builders_gitlab import PROJECT, PROJECT_RECORD, asking


def test_settings_variables_and_runners() -> None:
    with asking() as (ask, _):
        (item,) = COLLECTOR.collect(ask)
    assert item.content == AutomationSettings(
        as_of=AS_OF,
        enabled=True,
        allowed=None,
        requires_pinning=None,
        default_permission="write",
        may_approve=False,
        self_hosted_runners=2,
        secrets=(
            StoredSecret("API_KEY", None, None, "actions", guarded=False),
            StoredSecret("NPM_TOKEN", None, None, "actions", guarded=True),
        ),
        system="gitlab-ci",
    )


@pytest.mark.parametrize("off", [{"builds_access_level": "disabled"}, {"jobs_enabled": False}])
def test_where_pipelines_are_off_nothing_else_is_asked(off: dict[str, object]) -> None:
    with asking(routes={PROJECT: PROJECT_RECORD | off}) as (ask, standin):
        (item,) = COLLECTOR.collect(ask)
        assert standin.seen == [f"GET {PROJECT}"]
    assert isinstance(item.content, AutomationSettings)
    assert item.content.enabled is False
    assert item.content.secrets is None


def test_an_older_gitlab_does_not_tell_what_the_job_token_may_do() -> None:
    old = {key: value for key, value in PROJECT_RECORD.items() if "job_token" not in key}
    with asking(routes={PROJECT: old}) as (ask, _):
        (item,) = COLLECTOR.collect(ask)
    assert isinstance(item.content, AutomationSettings)
    assert item.content.default_permission is None
