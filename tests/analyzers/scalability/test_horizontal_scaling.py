from analyzers.scalability.horizontal_scaling import horizontal_scaling
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Measured, NotApplicable
from tests.builders_checks_c import infrastructure, resource


def test_an_autoscaler_or_a_second_replica_is_enough() -> None:
    outcome = horizontal_scaling(
        infrastructure(
            resource("compute", replicas=1, name="lone"),
            resource("compute", replicas=2),
            resource("compute", replicas=1, autoscaled=True),
            resource("compute", autoscaled=False, name="fixed"),
            resource("compute"),
            resource("database", replicas=1),
        )
    )
    assert isinstance(outcome, Measured)
    assert (outcome.value, outcome.sample) == (50, 4)
    assert [p.anchor for p in outcome.places] == ["aws_compute.lone", "aws_compute.fixed"]


def test_silence_and_absence_differ() -> None:
    assert isinstance(horizontal_scaling(infrastructure(resource("compute"))), Unknown)
    assert isinstance(horizontal_scaling(infrastructure(resource("storage"))), NotApplicable)
