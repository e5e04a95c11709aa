from analyzers.experience.performance_budget import performance_budget
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_c import interface, measured, pipeline, pipelines, tree, unreadable


def test_file_or_step_count() -> None:
    views = [f"src/view{n}.svelte" for n in range(5)]
    assert measured(performance_budget(tree(*views, "web/lighthouserc.json"), pipelines())) == 100
    assert measured(performance_budget(interface(), pipelines(pipeline("performance")))) == 100
    assert measured(performance_budget(interface(), pipelines(pipeline("test")))) == 0


def test_an_unreadable_pipeline_may_measure() -> None:
    assert isinstance(performance_budget(interface(), unreadable()), Unknown)


def test_no_interface_no_question() -> None:
    assert isinstance(performance_budget(tree("budget.json"), pipelines()), NotApplicable)
