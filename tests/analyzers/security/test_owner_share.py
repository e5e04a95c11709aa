import pytest

from analyzers.security.owner_share import owner_share
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import Organisation
from tests.builders_checks_b import measured, plain


@pytest.mark.parametrize(("owners", "members", "expected"), [(2, 2, 0), (3, 40, 0), (13, 40, 25)])
def test_three_are_always_allowed(owners: int, members: int, expected: float) -> None:
    assert measured(owner_share(plain(Organisation, admins=owners, members=members))).value == expected


def test_unseen_members_and_personal_accounts() -> None:
    assert isinstance(owner_share(plain(Organisation, members=5)), Unknown)
    assert isinstance(owner_share(plain(Organisation, members=0, admins=0)), NotApplicable)
