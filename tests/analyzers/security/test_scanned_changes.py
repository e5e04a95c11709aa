import pytest

from analyzers.security.scanned_changes import scanned_changes
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.ci import Pipeline, Pipelines
from scanner.facts.tree import CodeSize
from tests.builders_checks_b import measured, plain

CODE = plain(CodeSize, product_code=1)
WEEKLY = plain(Pipeline, on_schedule=True, steps=("scan",))
ALWAYS = plain(Pipeline, on_change=True, steps=("scan",))
TEST = plain(Pipeline, on_change=True, steps=("test",))


@pytest.mark.parametrize(("made", "expected"), [((), 0), ((TEST,), 0), ((WEEKLY, TEST), 50), ((WEEKLY, ALWAYS), 100)])
def test_when_it_scans(made: tuple[Pipeline, ...], expected: float) -> None:
    assert measured(scanned_changes(plain(Pipelines, pipelines=made), CODE)).value == expected


def test_unread_pipelines_may_scan() -> None:
    assert isinstance(scanned_changes(plain(Pipelines, pipelines=(WEEKLY,), unparsed=(("a", "b"),)), CODE), Unknown)
    assert isinstance(scanned_changes(plain(Pipelines), plain(CodeSize)), NotApplicable)
