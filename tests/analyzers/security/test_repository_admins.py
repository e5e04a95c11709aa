import pytest

from analyzers.security.repository_admins import repository_admins
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import RepositoryAccess
from tests.builders_checks_b import measured, plain


@pytest.mark.parametrize(("admins", "people", "expected"), [(1, 1, 0), (3, 3, 0), (5, 20, 10), (0, 4, 0)])
def test_share_beyond_three(admins: int, people: int, expected: float) -> None:
    assert measured(repository_admins(plain(RepositoryAccess, admins=admins, collaborators=people))).value == expected


def test_nobody_there() -> None:
    assert isinstance(repository_admins(plain(RepositoryAccess)), NotApplicable)
