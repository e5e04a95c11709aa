from datetime import timedelta

import pytest

from collectors.github.releases import COLLECTOR
from scanner.demo.forge import ReleaseRecord
from scanner.facts.forge import Release, Releases
from tests.builders import AS_OF
from tests.builders_github import ago, collected, data


def test_drafts_are_no_releases_and_old_ones_only_count() -> None:
    found = collected(COLLECTOR)["Releases"].content
    assert found == Releases(AS_OF, (Release("v1.1.0", ago(days=30), False, 3, 2, 0, 0),), 2)


def test_a_release_of_tomorrow_is_none() -> None:
    found = collected(COLLECTOR, data(releases=(ReleaseRecord("v9", AS_OF + timedelta(days=1)),)))["Releases"].content
    assert found == Releases(AS_OF, (), 0)


def test_a_cut_is_told() -> None:
    releases = tuple(ReleaseRecord(f"v{n}", ago(hours=n)) for n in range(1, 521))
    found = collected(COLLECTOR, data(releases=releases))["Releases"]
    assert isinstance(found.content, Releases)
    assert (len(found.content.releases), found.content.total) == (500, 520)
    assert found.caveat == "the newest 500 of 520 only"


@pytest.mark.parametrize(
    ("names", "assets", "signed", "proven"),
    [
        (("app.tar.gz", "app.tar.gz.ASC", "app.zip.sigstore.json", "app.intoto.jsonl"), 4, 2, 1),
        (("asc", "sig.txt"), 3, 0, 0),
        ((), 51, None, None),
        (("app.sig",), 51, 1, None),
    ],
)
def test_files_that_sign_are_told_by_their_names(
    names: tuple[str, ...], assets: int, signed: int | None, proven: int | None
) -> None:
    given = data(releases=(ReleaseRecord("v1", ago(days=3), assets=assets, asset_names=names),))
    found = collected(COLLECTOR, given)["Releases"].content
    assert isinstance(found, Releases)
    (release,) = found.releases
    assert (release.assets, release.signed_assets, release.provenance_assets) == (assets, signed, proven)
