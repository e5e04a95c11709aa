from analyzers.state.architecture_described import architecture_described
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.tree import CodeSize
from tests.builders_checks_a import across, document, documents, measured, named


def size(product_code: int) -> CodeSize:
    return CodeSize((), (), product_code, 0, 0, 0)


def test_only_substantial_repositories_are_asked() -> None:
    sizes = across(a=size(5000), b=size(90000), c=size(4999))
    texts = across(a=documents(document("ARCHITECTURE.md", "architecture")), b=documents(), c=documents())
    outcome = measured(architecture_described(sizes, texts))
    assert (outcome.value, outcome.sample) == (50, 2)
    assert [p.subject for p in outcome.places] == [named("b")]


def test_small_estates_are_not_punished_and_disjoint_facts_are_unknown() -> None:
    assert isinstance(architecture_described(across(a=size(10)), across(a=documents())), NotApplicable)
    assert isinstance(architecture_described(across(a=size(9000)), across(b=documents())), Unknown)
