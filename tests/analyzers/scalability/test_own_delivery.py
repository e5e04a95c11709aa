import pytest

from analyzers.scalability.own_delivery import own_delivery
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.ci import Step
from tests.builders_checks_c import measured, pipeline, pipelines, traits, unreadable


@pytest.mark.parametrize(
    ("steps", "value"),
    [((), 0), (("build", "test"), 0), (("package",), 60), (("package", "deploy"), 100), (("release",), 100)],
)
def test_the_furthest_step_counts(steps: tuple[Step, ...], value: float) -> None:
    assert measured(own_delivery(traits(), pipelines(pipeline(*steps)))) == value


def test_an_unreadable_pipeline_may_deploy() -> None:
    assert isinstance(own_delivery(traits(), unreadable()), Unknown)


def test_a_library_is_not_deployed() -> None:
    assert isinstance(own_delivery(traits(deployable=False), pipelines()), NotApplicable)
