import pytest

from analyzers.state.self_examination import self_examination
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.ci import Pipeline, Pipelines, Step
from scanner.facts.tree import CodeSize
from tests.builders_checks_a import measured


def pipelines(*steps: Step, unparsed: tuple[tuple[str, str], ...] = ()) -> Pipelines:
    one = Pipeline("ci.yml", "github", "ci", True, False, steps, 1, 0, (), False, False)
    return Pipelines((one,) if steps else (), (), (), unparsed)


def size(product_code: int) -> CodeSize:
    return CodeSize((), (), product_code, 0, 0, 0)


@pytest.mark.parametrize(
    ("steps", "value"),
    [((), 0), (("build", "deploy"), 0), (("test", "end-to-end"), 1), (("type-check", "lint", "scan", "coverage"), 3)],
)
def test_each_kind_counts_once(steps: tuple[Step, ...], value: int) -> None:
    assert measured(self_examination(pipelines(*steps), size(100))).value == value


def test_unparsed_pipelines_are_not_absent_ones() -> None:
    assert isinstance(self_examination(pipelines(unparsed=(("ci.yml", "syntax"),)), size(100)), Unknown)
    assert isinstance(self_examination(pipelines("test"), size(0)), NotApplicable)
