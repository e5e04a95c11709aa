from analyzers.experience.internationalisation import internationalisation
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_c import interface, measured, toolkit, tree


def test_files_or_library_count() -> None:
    views = [f"src/view{n}.vue" for n in range(5)]
    assert measured(internationalisation(tree(*views, "src/locales/de.json"), toolkit())) == 100
    assert measured(internationalisation(interface(), toolkit(internationalisation=("i18next",)))) == 100
    assert measured(internationalisation(interface(), toolkit())) == 0
    assert measured(internationalisation(tree(*views, "src/main/resources/messages_de.properties"), toolkit())) == 100


def test_no_interface_no_question() -> None:
    assert isinstance(internationalisation(tree("locale/de.po"), toolkit()), NotApplicable)
