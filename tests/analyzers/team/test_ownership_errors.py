from analyzers.team.ownership_errors import ownership_errors
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import OwnershipRules
from tests.builders_checks_b import measured


def test_errors_of_all_kinds_add_up() -> None:
    outcome = measured(ownership_errors(OwnershipRules(True, (("Invalid pattern", 1), ("Unknown owner", 3)))))
    assert outcome.value == 4
    assert outcome.because == "the forge finds 4 errors in the ownership file: 1 × Invalid pattern, 3 × Unknown owner"
    assert measured(ownership_errors(OwnershipRules(True, ()))).value == 0


def test_without_a_file_there_is_no_question() -> None:
    assert isinstance(ownership_errors(OwnershipRules(False, ())), NotApplicable)
