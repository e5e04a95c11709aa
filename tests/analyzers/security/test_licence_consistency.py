import pytest

from analyzers.security.licence_consistency import licence_consistency
from scanner.core.outcomes import NotApplicable
from scanner.facts.dependencies import LicenceFile, Licensing
from tests.builders_checks_b import measured


def value(declared: str, *texts: str) -> float:
    licensing = Licensing((LicenceFile("LICENSE", texts),), (("pyproject.toml", declared),))
    return measured(licence_consistency(licensing)).value


@pytest.mark.parametrize(
    ("declared", "texts", "expected"),
    [
        ("MIT", ("MIT",), 100),
        ("Apache License 2.0", ("Apache-2.0",), 100),
        ("GPLv3", ("GPL-3.0-only", "GPL-3.0-or-later"), 100),
        ("LGPL-3.0", ("GPL-3.0-only",), 0),
        ("MIT OR Apache-2.0", ("Apache-2.0",), 100),
        ("UNLICENSED", ("MIT",), 0),
    ],
)
def test_families_are_compared_however_they_are_written(declared: str, texts: tuple[str, ...], expected: float) -> None:
    assert value(declared, *texts) == expected


@pytest.mark.parametrize(("declared", "texts"), [("SEE LICENSE IN LICENSE", ("MIT",)), ("MIT", ()), (" ", ("MIT",))])
def test_nothing_to_compare(declared: str, texts: tuple[str, ...]) -> None:
    licensing = Licensing((LicenceFile("LICENSE", texts),), (("package.json", declared),))
    assert isinstance(licence_consistency(licensing), NotApplicable)
