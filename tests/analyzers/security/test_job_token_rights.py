import pytest

from analyzers.security.job_token_rights import job_token_rights
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.ci import Pipeline, Pipelines, Weakness
from scanner.facts.forge import AutomationSettings
from tests.builders_checks_b import measured, plain

WORKFLOW = plain(Pipeline, path=".github/workflows/ci.yml", system="github-actions")
SILENT = plain(Weakness, rule="no-permissions", path=WORKFLOW.path)
BROAD = plain(Weakness, rule="broad-permissions", path=WORKFLOW.path)


@pytest.mark.parametrize(
    ("default", "weaknesses", "value"),
    [("read", (SILENT,), 100), ("write", (BROAD,), 60), ("write", (SILENT,), 0)],
)
def test_a_loose_default_counts_where_a_workflow_relies_on_it(
    default: str, weaknesses: tuple[Weakness, ...], value: float
) -> None:
    settings = plain(AutomationSettings, default_permission=default)
    pipelines = plain(Pipelines, pipelines=(WORKFLOW,), weaknesses=weaknesses)
    assert measured(job_token_rights(settings, pipelines)).value == value


def test_a_workflow_that_cannot_be_read_may_rely_on_the_default() -> None:
    pipelines = plain(Pipelines, unparsed=((".github/workflows/ci.yml", "not YAML"),))
    assert measured(job_token_rights(plain(AutomationSettings, default_permission="write"), pipelines)).value == 0


def test_without_workflows_or_with_actions_off_it_does_not_matter() -> None:
    write = plain(AutomationSettings, default_permission="write")
    gitlab = plain(Pipelines, pipelines=(plain(Pipeline, path=".gitlab-ci.yml", system="gitlab"),))
    assert isinstance(job_token_rights(write, gitlab), NotApplicable)
    off = plain(AutomationSettings, enabled=False)
    assert isinstance(job_token_rights(off, plain(Pipelines, pipelines=(WORKFLOW,))), NotApplicable)


@pytest.mark.parametrize(("default", "value"), [("read", 100), ("write", 0)])
def test_gitlabs_job_token_has_one_switch(default: str, value: float) -> None:
    settings = plain(AutomationSettings, default_permission=default, system="gitlab-ci")
    pipelines = plain(Pipelines, pipelines=(plain(Pipeline, path=".gitlab-ci.yml", system="gitlab-ci"),))
    assert measured(job_token_rights(settings, pipelines)).value == value
    assert isinstance(job_token_rights(settings, plain(Pipelines, pipelines=(WORKFLOW,))), NotApplicable)


def test_a_default_that_is_not_shown_is_unknown() -> None:
    assert isinstance(job_token_rights(plain(AutomationSettings), plain(Pipelines, pipelines=(WORKFLOW,))), Unknown)
