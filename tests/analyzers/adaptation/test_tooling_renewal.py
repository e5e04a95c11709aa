from analyzers.adaptation.tooling_renewal import tooling_renewal
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_c import activity, file_change, file_changes, measured, pipeline, pipelines

TWO = pipelines(pipeline("test", path="ci.yml"), pipeline("deploy", path="cd.yml"))


def test_share_of_pipeline_files_touched() -> None:
    history = file_changes(
        file_change("ci.yml", 10), file_change("cd.yml", 500, revisions=0), file_change("src/a.py", 1)
    )
    assert measured(tooling_renewal(TWO, history, activity(commits_365_days=20))) == 50


def test_resting_code_and_no_pipeline_are_not_judged() -> None:
    assert isinstance(tooling_renewal(TWO, file_changes(), activity(commits_365_days=19)), NotApplicable)
    assert isinstance(tooling_renewal(pipelines(), file_changes(), activity()), NotApplicable)
