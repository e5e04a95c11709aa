import pytest

from analyzers.goals.direction_documents import direction_documents
from scanner.core.evidence import Unknown
from tests.builders_checks_a import across, ago, document, documents, measured


@pytest.mark.parametrize(("age", "grade"), [(10, 2), (365, 2), (366, 1)])
def test_the_newest_document_decides(age: int, grade: int) -> None:
    facts = across(
        web=documents(document("VISION.md", "vision", last_changed_at=ago(900))),
        api=documents(document("ROADMAP.md", "roadmap", last_changed_at=ago(age)), document("README.md", "readme")),
    )
    assert measured(direction_documents(facts)).value == grade


def test_none_is_a_weak_zero_and_an_undated_one_is_unknown() -> None:
    none = measured(direction_documents(across(web=documents(document("README.md", "readme")))))
    assert (none.value, none.certainty) == (0, 0.5)
    undated = documents(document("VISION.md", "vision", last_changed_at=None))
    assert isinstance(direction_documents(across(web=undated)), Unknown)
