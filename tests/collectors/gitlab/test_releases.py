from collectors.gitlab.releases import COLLECTOR, parse
from scanner.facts.forge import Release, Releases
from tests.builders import AS_OF
from tests.builders_gitlab import ago, asking, iso, node


def test_releases_of_the_year_and_the_number_of_all() -> None:
    with asking() as (ask, _):
        (item,) = COLLECTOR.collect(ask)
    release = Release(
        "v1.1.0", ago(days=30), prerelease=False, notes_words=3, assets=2, signed_assets=0, provenance_assets=0
    )
    assert item.content == Releases(AS_OF, (release,), 2)
    assert item.caveat == ""


def test_an_upcoming_release_is_none_yet() -> None:
    assert parse([node(tag_name="v2", released_at=iso(days=-3), description="x")], 1, AS_OF) == Releases(AS_OF, (), 0)


def test_links_that_sign_are_told_by_name_or_address() -> None:
    links = [
        {"name": "Signature", "url": "https://x.example/app.tar.gz.asc"}, {"name": "app.intoto.jsonl", "url": "https://x.example"},
        {"name": "app", "url": "https://x.example/app.tar.gz"},
    ]  # fmt: skip
    told = parse([node(tag_name="v2", released_at=iso(days=3), description="x", assets={"links": links})], 1, AS_OF)
    assert [(r.assets, r.signed_assets, r.provenance_assets) for r in told.releases] == [(3, 1, 1)]
