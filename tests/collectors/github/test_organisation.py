from dataclasses import replace

from collectors.github.organisation import COLLECTOR, parse
from scanner.demo.forge import ForgeData, OrganisationRecord
from scanner.facts.forge import Organisation
from tests.builders_github import ACME, asking_organisation, node


def test_an_owner_sees_settings_and_sizes_in_five_requests() -> None:
    with asking_organisation() as (ask, standin):
        (found,) = COLLECTOR.collect(ask)
        assert found.content == Organisation("acme", True, "read", 3, 1, 1, 2, False, 2)
        assert found.caveat == ""
        assert len(standin.seen) == 5


def test_what_only_owners_see_is_unknown_to_others() -> None:
    with asking_organisation(ForgeData(OrganisationRecord("acme"))) as (ask, _):
        (found,) = COLLECTOR.collect(ask)
    assert isinstance(found.content, Organisation)
    assert found.content.two_factor_required is None
    assert found.content.default_permission is None
    assert found.content.verified is None


def test_many_members_are_counted_not_fetched() -> None:
    members = tuple((f"m{n}", False) for n in range(1234))
    with asking_organisation(ForgeData(replace(ACME, members=members))) as (ask, standin):
        (found,) = COLLECTOR.collect(ask)
        assert isinstance(found.content, Organisation)
        assert (found.content.members, found.content.admins) == (1234, 0)
        assert len(standin.seen) == 5


def test_the_number_of_repositories_is_the_listings() -> None:
    counts = dict.fromkeys(("members", "admins", "outside_collaborators", "teams"))
    assert parse(node(login="acme", public_repos=1), counts, 17) == Organisation(
        "acme", None, None, None, None, None, None, None, 17
    )
