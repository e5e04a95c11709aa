import pytest

from analyzers.security.signed_releases import signed_releases
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import Release, Releases
from tests.builders_checks_b import measured, plain


def release(signed: int | None = 0, proven: int | None = 0, assets: int = 3) -> Release:
    return plain(Release, assets=assets, signed_assets=signed, provenance_assets=proven)


@pytest.mark.parametrize(
    ("releases", "value"),
    [
        ((release(), release()), 0),
        ((release(1), release(1)), 8),
        ((release(1, 1), release(None, 1)), 10),
        ((release(1), release(), release(assets=0)), 4),
        ((release(1),) * 5 + (release(),), 8),
    ],
)
def test_points_as_scorecard_gives_them_to_the_latest_five(releases: tuple[Release, ...], value: float) -> None:
    assert measured(signed_releases(plain(Releases, releases=releases))).value == value


def test_releases_without_files_and_files_without_names() -> None:
    assert isinstance(signed_releases(plain(Releases, releases=(release(assets=0),))), NotApplicable)
    assert isinstance(signed_releases(plain(Releases, releases=(release(1), release(None, None)))), Unknown)
