from datetime import timedelta

from collectors.github.releases import COLLECTOR
from scanner.demo.forge import ReleaseRecord
from scanner.facts.forge import Release, Releases
from tests.builders import AS_OF
from tests.builders_github import ago, collected, data


def test_drafts_are_no_releases_and_old_ones_only_count() -> None:
    found = collected(COLLECTOR)["Releases"].content
    assert found == Releases(AS_OF, (Release("v1.1.0", ago(days=30), False, 3, 2),), 2)


def test_a_release_of_tomorrow_is_none() -> None:
    found = collected(COLLECTOR, data(releases=(ReleaseRecord("v9", AS_OF + timedelta(days=1)),)))["Releases"].content
    assert found == Releases(AS_OF, (), 0)


def test_a_cut_is_told() -> None:
    releases = tuple(ReleaseRecord(f"v{n}", ago(hours=n)) for n in range(1, 521))
    found = collected(COLLECTOR, data(releases=releases))["Releases"]
    assert isinstance(found.content, Releases)
    assert (len(found.content.releases), found.content.total) == (500, 520)
    assert found.caveat == "the newest 500 of 520 only"
