from analyzers.security.members_without_two_factor import members_without_two_factor
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Basis, NotApplicable, Severity
from scanner.facts.forge import Organisation
from tests.builders_checks_b import measured, plain


def test_members_without_a_second_factor_are_a_share_of_all() -> None:
    seen = measured(members_without_two_factor(plain(Organisation, members=40, members_without_two_factor=3)))
    assert (seen.value, seen.sample, [p.severity for p in seen.places]) == (7.5, 40, [Severity.HIGH])
    none = measured(members_without_two_factor(plain(Organisation, members=40, members_without_two_factor=0)))
    assert (none.value, none.places) == (0, ())


def test_a_list_that_is_not_shown_is_unknown_unless_the_rule_makes_it_empty() -> None:
    assert isinstance(members_without_two_factor(plain(Organisation, members=40)), Unknown)
    assert isinstance(members_without_two_factor(plain(Organisation, members=40, two_factor_required=False)), Unknown)
    inferred = measured(members_without_two_factor(plain(Organisation, two_factor_required=True)))
    assert (inferred.value, inferred.basis) == (0, Basis.INFERRED)


def test_a_personal_account_has_no_members() -> None:
    outcome = members_without_two_factor(plain(Organisation, members=0, members_without_two_factor=0))
    assert isinstance(outcome, NotApplicable)
