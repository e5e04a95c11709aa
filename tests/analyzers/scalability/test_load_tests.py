import pytest

from analyzers.scalability.load_tests import load_tests
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.ci import Step
from tests.builders_checks_c import measured, pipeline, pipelines, toolkit, traits, unreadable


@pytest.mark.parametrize(
    ("paths", "tools", "steps", "value"),
    [
        ((), (), ("test",), 0),
        (("load/k6.js",), (), ("test",), 60),
        ((), ("locust",), (), 60),
        ((), (), ("performance",), 60),
        (("load/k6.js",), ("locust",), ("performance",), 100),
    ],
)
def test_kept_and_run(paths: tuple[str, ...], tools: tuple[str, ...], steps: tuple[Step, ...], value: float) -> None:
    found = load_tests(traits(load_tests=paths), toolkit(load_test=tools), pipelines(pipeline(*steps)))
    assert measured(found) == value


def test_an_unreadable_pipeline_may_run_them() -> None:
    assert isinstance(load_tests(traits(), toolkit(), unreadable()), Unknown)


def test_a_library_carries_no_load_of_its_own() -> None:
    assert isinstance(load_tests(traits(deployable=False), toolkit(), pipelines()), NotApplicable)
