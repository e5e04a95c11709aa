import pytest

from analyzers.risk.scheduled_watch import scheduled_watch
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.ci import ActionUse, Automation, Pipelines
from tests.builders_checks_c import automation, bot, dependencies, measured, pipeline, pipelines, unreadable

NPM = dependencies(("package.json", "npm", "manifest"))
ON_CHANGE = pipeline("scan")
NIGHTLY = pipeline("scan", on_change=False, on_schedule=True)
NIGHTLY_TESTS = pipeline("test", on_change=False, on_schedule=True)


@pytest.mark.parametrize(
    ("found", "tools", "value"),
    [
        (pipelines(), automation(), 0),
        (pipelines(NIGHTLY_TESTS), automation(), 0),
        (pipelines(ON_CHANGE), automation(), 40),
        (pipelines(NIGHTLY), automation(), 70),
        (pipelines(), automation(bot()), 70),
        (pipelines(ON_CHANGE), automation(bot()), 100),
        (pipelines(ON_CHANGE, NIGHTLY), automation(), 100),
    ],
)
def test_schedule_and_change_add_up(found: Pipelines, tools: Automation, value: float) -> None:
    assert measured(scheduled_watch(NPM, found, tools)) == value


def test_an_unreadable_pipeline_may_scan() -> None:
    assert isinstance(scheduled_watch(NPM, unreadable(), automation(bot())), Unknown)


def test_code_without_dependencies_is_not_asked() -> None:
    assert isinstance(scheduled_watch(dependencies(), pipelines(), automation()), NotApplicable)


def test_a_scan_of_code_or_pipelines_and_a_bot_for_actions_look_for_no_advisories() -> None:
    def used(name: str) -> Pipelines:
        return Pipelines((ON_CHANGE,), (ActionUse(name, name.partition("/")[0], "v1", "tag", "ci.yml", 1),), (), ())

    assert measured(scheduled_watch(NPM, used("zizmorcore/zizmor-action"), automation(bot("github-actions")))) == 0
    assert measured(scheduled_watch(NPM, used("github/codeql-action/init"), automation(bot("npm")))) == 70
    assert measured(scheduled_watch(NPM, used("actions/dependency-review-action"), automation())) == 40
