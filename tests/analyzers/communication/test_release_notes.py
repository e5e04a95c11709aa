import pytest

from analyzers.communication.release_notes import release_notes
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import Release, Releases
from tests.builders import AS_OF
from tests.builders_checks_a import ago, document, documents, measured


def releases(*words: int, prerelease: bool = False) -> Releases:
    return Releases(AS_OF, tuple(Release("v1", ago(100), prerelease, n, 0) for n in words), len(words))


@pytest.mark.parametrize(("age", "value"), [(129, 100), (130, 100), (131, 50)])
def test_notes_or_a_changelog_kept_up_to_the_release(age: int, value: int) -> None:
    log = documents(document("CHANGELOG.md", "changelog", last_changed_at=ago(age)))
    assert measured(release_notes(releases(10, 9), log)).value == value


def test_without_a_changelog_only_notes_count() -> None:
    assert measured(release_notes(releases(0, 5, 80, 9), documents())).value == 25
    assert isinstance(release_notes(releases(50, prerelease=True), documents()), NotApplicable)
