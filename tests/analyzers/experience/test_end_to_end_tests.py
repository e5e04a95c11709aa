from analyzers.experience.end_to_end_tests import end_to_end_tests
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_c import interface, measured, pipeline, pipelines, toolkit, tree, unreadable


def test_a_pipeline_beats_a_library() -> None:
    used = toolkit(end_to_end=("playwright",))
    assert measured(end_to_end_tests(interface(), used, pipelines(pipeline("end-to-end")))) == 100
    assert measured(end_to_end_tests(interface(), used, pipelines(pipeline("test")))) == 60
    assert measured(end_to_end_tests(interface(), toolkit(visual=("percy",)), pipelines())) == 60
    assert measured(end_to_end_tests(interface(), toolkit(test=("jest",)), pipelines())) == 0


def test_an_unreadable_pipeline_may_run_them() -> None:
    assert isinstance(end_to_end_tests(interface(), toolkit(), unreadable()), Unknown)


def test_no_interface_no_question() -> None:
    assert isinstance(end_to_end_tests(tree("main.py"), toolkit(), pipelines()), NotApplicable)
