from analyzers.state.stated_purpose import stated_purpose
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import document, documents, measured, profile


def test_only_a_readme_at_the_top_speaks_for_the_repository() -> None:
    texts = documents(
        document("README.md", "readme", words=30),
        document("lib/deep/README.md", "readme", words=900),
        document("GUIDE.md", words=900),
    )
    assert measured(stated_purpose(profile(), texts)).value == 30
    assert measured(stated_purpose(profile(), documents(document("docs/README.md", "readme", words=50)))).value == 50


def test_missing_is_zero_but_empty_does_not_apply() -> None:
    assert measured(stated_purpose(profile(), documents())).value == 0
    assert isinstance(stated_purpose(profile(head=""), documents()), NotApplicable)
