import pytest

from analyzers.security.release_provenance import release_provenance
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.ci import Pipeline, Pipelines
from tests.builders_checks_b import measured, plain


def pipelines(*steps: str) -> Pipelines:
    return plain(Pipelines, pipelines=tuple(plain(Pipeline, steps=(s,)) for s in steps))


@pytest.mark.parametrize(
    ("steps", "expected"), [(("release",), 0), (("package", "sbom"), 50), (("deploy", "sign", "sbom"), 100)]
)
def test_share_of_signature_and_list(steps: tuple[str, ...], expected: float) -> None:
    assert measured(release_provenance(pipelines(*steps))).value == expected


def test_who_publishes_nothing_signs_nothing() -> None:
    assert isinstance(release_provenance(pipelines("test")), NotApplicable)


def test_an_unread_pipeline_may_be_the_one_that_signs() -> None:
    publishing = plain(Pipeline, steps=("release",))
    assert isinstance(release_provenance(plain(Pipelines, pipelines=(publishing,), unparsed=(("a", "b"),))), Unknown)
