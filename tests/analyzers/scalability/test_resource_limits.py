from analyzers.scalability.resource_limits import resource_limits
from scanner.core.outcomes import Measured, NotApplicable
from tests.builders_checks_c import infrastructure, resource


def test_only_compute_that_says_is_counted() -> None:
    outcome = resource_limits(
        infrastructure(
            resource("compute", limits=True),
            resource("compute", limits=False, name="greedy"),
            resource("compute"),
            resource("cache", limits=False),
        )
    )
    assert isinstance(outcome, Measured)
    assert (outcome.value, outcome.sample) == (50, 2)
    assert [p.anchor for p in outcome.places] == ["aws_compute.greedy"]


def test_virtual_machines_have_no_limits_to_state() -> None:
    assert isinstance(resource_limits(infrastructure(resource("compute"))), NotApplicable)
    assert isinstance(resource_limits(infrastructure()), NotApplicable)
