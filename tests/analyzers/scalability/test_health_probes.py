from analyzers.scalability.health_probes import health_probes
from scanner.core.outcomes import Measured, NotApplicable
from tests.builders_checks_c import infrastructure, resource


def test_jobs_and_silent_resources_are_left_out() -> None:
    outcome = health_probes(
        infrastructure(
            *(resource("compute", probes=True) for _ in range(3)),
            resource("compute", probes=False, name="blind"),
            resource("compute"),
            resource("job", probes=False),
        )
    )
    assert isinstance(outcome, Measured)
    assert (outcome.value, outcome.sample) == (75, 4)
    assert [p.anchor for p in outcome.places] == ["aws_compute.blind"]


def test_nothing_to_probe() -> None:
    assert isinstance(health_probes(infrastructure(resource("compute"), resource("job", probes=False))), NotApplicable)
