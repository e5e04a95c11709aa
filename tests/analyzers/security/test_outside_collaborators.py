from analyzers.security.outside_collaborators import outside_collaborators
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import ForgeRepository, RepositoryAccess
from tests.builders_checks_b import measured, plain

PRIVATE = plain(ForgeRepository, visibility="private")


def test_share_outside() -> None:
    assert measured(outside_collaborators(plain(RepositoryAccess, collaborators=8, outside=2), PRIVATE)).value == 25


def test_open_source_and_empty_repositories() -> None:
    crowd = plain(RepositoryAccess, collaborators=8, outside=8)
    assert isinstance(outside_collaborators(crowd, plain(ForgeRepository, visibility="public")), NotApplicable)
    assert isinstance(outside_collaborators(plain(RepositoryAccess), PRIVATE), NotApplicable)
