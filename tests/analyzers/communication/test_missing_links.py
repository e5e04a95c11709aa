from analyzers.communication.missing_links import missing_links
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import document, documents, measured


def test_share_of_references() -> None:
    texts = documents(
        document("b.md", links_checked=30, links_missing=("x", "y")),
        document("a.md", links_checked=10, links_missing=("z",)),
    )
    outcome = measured(missing_links(texts))
    assert (outcome.value, outcome.sample) == (7.5, 40)
    assert [p.anchor for p in outcome.places] == ["a.md z", "b.md x", "b.md y"]


def test_no_references() -> None:
    assert isinstance(missing_links(documents(document("a.md"))), NotApplicable)


def test_a_changelog_may_speak_of_what_is_gone() -> None:
    old = document("CHANGELOG.md", "changelog", links_checked=5, links_missing=("old.py",))
    assert isinstance(missing_links(documents(old)), NotApplicable)
    assert measured(missing_links(documents(old, document("a.md", links_checked=2)))).value == 0
