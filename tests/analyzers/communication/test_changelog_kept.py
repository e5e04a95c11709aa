import pytest

from analyzers.communication.changelog_kept import changelog_kept
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.history import Tag, Tags
from tests.builders import AS_OF
from tests.builders_checks_a import ago, document, documents, measured


def tags(*ages: int, semantic: bool = True) -> Tags:
    return Tags(AS_OF, tuple(Tag(f"v{a}", ago(a), semantic) for a in sorted(ages, reverse=True)))


@pytest.mark.parametrize(("age", "grade"), [(5, 2), (70, 2), (71, 1)])
def test_grade_against_the_newest_version(age: int, grade: int) -> None:
    log = documents(document("CHANGELOG.md", "changelog", last_changed_at=ago(age)))
    assert measured(changelog_kept(tags(40, 200), log)).value == grade


def test_none_undated_and_unversioned() -> None:
    assert measured(changelog_kept(tags(40, 200), documents())).value == 0
    undated = documents(document("CHANGELOG.md", "changelog", last_changed_at=None))
    assert isinstance(changelog_kept(tags(40, 200), undated), Unknown)
    assert isinstance(changelog_kept(tags(40, 400), documents()), NotApplicable)
    assert isinstance(changelog_kept(tags(40, 200, semantic=False), documents()), NotApplicable)
