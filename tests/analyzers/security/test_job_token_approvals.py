from analyzers.security.job_token_approvals import job_token_approvals
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.ci import Pipeline, Pipelines
from scanner.facts.forge import AutomationSettings
from tests.builders_checks_b import measured, plain

ONE = plain(Pipelines, pipelines=(plain(Pipeline, path=".github/workflows/ci.yml", system="github-actions"),))


def test_the_switch() -> None:
    able = measured(job_token_approvals(plain(AutomationSettings, may_approve=True), ONE))
    assert (able.value, len(able.places)) == (0, 1)
    kept = measured(job_token_approvals(plain(AutomationSettings, may_approve=False), ONE))
    assert (kept.value, kept.places) == (100, ())


def test_what_is_not_shown_is_unknown_and_what_does_not_run_does_not_matter() -> None:
    assert isinstance(job_token_approvals(plain(AutomationSettings), ONE), Unknown)
    assert isinstance(job_token_approvals(plain(AutomationSettings, may_approve=True), plain(Pipelines)), NotApplicable)
