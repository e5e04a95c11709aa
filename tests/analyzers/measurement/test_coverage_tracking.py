from analyzers.measurement.coverage_tracking import coverage_tracking
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_c import automation, measured, pipeline, pipelines, size, unreadable


def test_measured_beats_configured() -> None:
    configured = automation(coverage=("codecov.yml",))
    assert measured(coverage_tracking(size(200), pipelines(pipeline("test", "coverage")), configured)) == 100
    assert measured(coverage_tracking(size(200), pipelines(pipeline("test")), configured)) == 50
    assert measured(coverage_tracking(size(200), pipelines(pipeline("test")), automation())) == 0


def test_an_unreadable_pipeline_may_measure() -> None:
    assert isinstance(coverage_tracking(size(), unreadable(), automation()), Unknown)


def test_a_few_lines_need_no_figure() -> None:
    assert isinstance(coverage_tracking(size(199), pipelines(), automation()), NotApplicable)
