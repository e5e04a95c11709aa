import pytest

from analyzers.process.checked_changes import checked_changes
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.ci import Pipeline, Pipelines
from scanner.facts.tree import CodeSize
from tests.builders_checks_b import measured, plain

CODE = plain(CodeSize, product_code=100)


def pipelines(*made: Pipeline, unparsed: tuple[tuple[str, str], ...] = ()) -> Pipelines:
    return plain(Pipelines, pipelines=made, unparsed=unparsed)


NIGHTLY = plain(Pipeline, on_schedule=True, steps=("test",))
LINT = plain(Pipeline, on_change=True, steps=("lint",))
TEST = plain(Pipeline, on_change=True, steps=("test",))


@pytest.mark.parametrize(
    ("made", "expected"), [((), 0), ((NIGHTLY,), 100 / 3), ((NIGHTLY, LINT), 200 / 3), ((TEST,), 100)]
)
def test_nightly_tests_do_not_make_up_for_untested_changes(made: tuple[Pipeline, ...], expected: float) -> None:
    assert measured(checked_changes(pipelines(*made), CODE)).value == pytest.approx(expected)


def test_an_unread_pipeline_may_be_the_one_that_tests() -> None:
    broken = ((".gitlab-ci.yml", "too deep"),)
    assert isinstance(checked_changes(pipelines(LINT, unparsed=broken), CODE), Unknown)
    assert measured(checked_changes(pipelines(TEST, unparsed=broken), CODE)).value == 100


def test_documents_need_no_pipeline() -> None:
    assert isinstance(checked_changes(pipelines(), plain(CodeSize)), NotApplicable)
