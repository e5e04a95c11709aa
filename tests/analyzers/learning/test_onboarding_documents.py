import pytest

from analyzers.learning.onboarding_documents import onboarding_documents
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_c import document, documents, measured, size

README = document("readme", code_blocks=2, headings=("Usage",))


def test_a_small_repository_needs_no_map() -> None:
    assert measured(onboarding_documents(documents(README), size(4999))) == 50
    assert measured(onboarding_documents(documents(README, document("contributing")), size(4999))) == 100
    assert measured(onboarding_documents(documents(README, document("contributing")), size(5000))) == pytest.approx(
        200 / 3
    )


def test_a_section_of_the_readme_is_a_guide() -> None:
    readme = document("readme", headings=("Install", "Contributing"))
    assert measured(onboarding_documents(documents(readme), size(100))) == 50
    assert measured(onboarding_documents(documents(), size(100))) == 0


def test_no_code_no_question() -> None:
    assert isinstance(onboarding_documents(documents(), size(0)), NotApplicable)
