from analyzers.measurement.performance_tracking import performance_tracking
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_c import measured, pipeline, pipelines, size, tree, unreadable


def test_a_step_beats_files() -> None:
    kept = tree("src/a.py", "benchmarks/hot.py")
    assert measured(performance_tracking(size(1000), kept, pipelines(pipeline("performance")))) == 100
    assert measured(performance_tracking(size(1000), kept, pipelines(pipeline("test")))) == 50
    assert measured(performance_tracking(size(1000), tree("benches/fs.rs"), pipelines())) == 50
    assert measured(performance_tracking(size(1000), tree("src/workbench.py"), pipelines())) == 0


def test_an_unreadable_pipeline_may_measure() -> None:
    assert isinstance(performance_tracking(size(), tree(), unreadable()), Unknown)


def test_small_code_is_not_asked() -> None:
    assert isinstance(performance_tracking(size(999), tree(), pipelines()), NotApplicable)
