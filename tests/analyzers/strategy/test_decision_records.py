from analyzers.strategy.decision_records import decision_records
from scanner.core.outcomes import NotApplicable
from scanner.facts.tree import CodeSize
from tests.builders_checks_a import across, document, documents, measured


def size(product_code: int) -> CodeSize:
    return CodeSize((), (), product_code, 0, 0, 0)


def test_records_are_counted_over_the_estate() -> None:
    adr = document("docs/adr/1.md", "decision-record")
    texts = across(a=documents(adr, adr, document("README.md", "readme")), b=documents(adr), c=documents())
    outcome = measured(decision_records(texts, across(a=size(10))))
    assert outcome.value == 3
    assert "2 of 3 repositories" in outcome.because


def test_none_is_a_weak_zero_and_without_code_there_is_nothing_to_decide() -> None:
    assert measured(decision_records(across(a=documents()), across(a=size(10)))).certainty == 0.6
    assert isinstance(decision_records(across(a=documents()), across(a=size(0))), NotApplicable)
