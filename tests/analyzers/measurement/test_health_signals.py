from analyzers.measurement.health_signals import health_signals
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_c import container_file, containers, infrastructure, measured, resource, size, traits


def test_any_one_signal_is_enough() -> None:
    none = (containers(container_file()), infrastructure(resource("compute", probes=False)))
    assert measured(health_signals(traits(), size(), *none)) == 0
    assert measured(health_signals(traits(health_endpoints=("app.py",)), size(), *none)) == 100
    assert (
        measured(health_signals(traits(), size(), containers(container_file(healthcheck=True)), infrastructure()))
        == 100
    )
    assert (
        measured(health_signals(traits(), size(), containers(), infrastructure(resource("compute", probes=True))))
        == 100
    )


def test_code_that_does_not_run_by_itself_is_not_asked() -> None:
    assert isinstance(health_signals(traits(deployable=False), size(), containers(), infrastructure()), NotApplicable)
    assert isinstance(health_signals(traits(), size(0), containers(), infrastructure()), NotApplicable)
