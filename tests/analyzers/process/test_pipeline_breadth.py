from analyzers.process.pipeline_breadth import pipeline_breadth
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.ci import Pipeline, Pipelines
from scanner.facts.tree import CodeSize
from tests.builders_checks_b import measured, plain

CODE = plain(CodeSize, product_code=100)
CHANGE = plain(Pipeline, on_change=True, steps=("test", "end-to-end", "lint", "type-check", "deploy"))
NIGHTLY = plain(Pipeline, on_schedule=True, steps=("scan",))


def test_kinds_count_once_and_only_on_every_change() -> None:
    outcome = measured(pipeline_breadth(plain(Pipelines, pipelines=(CHANGE, NIGHTLY)), CODE))
    assert outcome.value == 2
    assert outcome.because == "missing on every change: build or package, security scan, coverage"
    assert measured(pipeline_breadth(plain(Pipelines), CODE)).value == 0


def test_unread_pipelines_and_documents() -> None:
    torn = plain(Pipelines, pipelines=(CHANGE,), unparsed=(("ci.yml", "not YAML"),))
    assert isinstance(pipeline_breadth(torn, CODE), Unknown)
    assert isinstance(pipeline_breadth(plain(Pipelines), plain(CodeSize)), NotApplicable)
