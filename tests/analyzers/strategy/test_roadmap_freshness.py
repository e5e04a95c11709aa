import pytest

from analyzers.strategy.roadmap_freshness import roadmap_freshness
from scanner.core.evidence import Unknown
from scanner.facts.engagement import Moment
from tests.builders import AS_OF
from tests.builders_checks_a import across, ago, document, documents, measured


@pytest.mark.parametrize(("age", "grade"), [(0, 3), (182, 3), (183, 2), (365, 2), (366, 1)])
def test_grade_by_age(age: int, grade: int) -> None:
    texts = across(
        a=documents(document("ROADMAP.md", "roadmap", last_changed_at=ago(age))),
        b=documents(document("ROADMAP.md", "roadmap", last_changed_at=ago(2000))),
    )
    assert measured(roadmap_freshness(texts, Moment(AS_OF))).value == grade


def test_none_is_a_weak_zero_and_undated_is_unknown() -> None:
    none = measured(roadmap_freshness(across(a=documents(document("VISION.md", "vision"))), Moment(AS_OF)))
    assert (none.value, none.certainty) == (0, 0.4)
    undated = across(a=documents(document("ROADMAP.md", "roadmap", last_changed_at=None)))
    assert isinstance(roadmap_freshness(undated, Moment(AS_OF)), Unknown)
