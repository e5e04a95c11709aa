from analyzers.communication.readme_sections import readme_sections
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import document, documents, measured, profile


def test_the_best_top_readme_counts() -> None:
    texts = documents(
        document("README.md", "readme", headings=("Acme", "Getting Started", "Running it", "The latest news")),
        document("README.de.md", "readme", headings=()),
        document("lib/README.md", "readme", headings=("Install", "Usage", "Tests", "Licence")),
    )
    outcome = measured(readme_sections(profile(), texts))
    assert outcome.value == 3
    assert "purpose, start, use" in outcome.because


def test_all_topics() -> None:
    headings = ("Set up", "Examples", "Contributing", "Security")
    assert (
        measured(readme_sections(profile(), documents(document("README", "readme", words=40, headings=headings)))).value
        == 5
    )


def test_missing_is_zero_but_empty_does_not_apply() -> None:
    assert measured(readme_sections(profile(), documents())).value == 0
    short = documents(document("README.md", "readme", words=39))
    assert measured(readme_sections(profile(), short)).value == 0
    assert isinstance(readme_sections(profile(head=""), documents()), NotApplicable)
