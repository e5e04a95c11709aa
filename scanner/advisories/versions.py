"""The order of versions in each ecosystem."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from univers.versions import MavenVersion, NugetVersion, PypiVersion, RubygemsVersion, SemverVersion

MAX_CHARACTERS = 120
"""Longest version text that is compared."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """A version with its place in the order of its ecosystem."""

    version: str
    compare: Callable[[str, str], int]

    def __lt__(self, other: Ordered) -> bool:
        return self.compare(self.version, other.version) < 0


def version_key(ecosystem: str) -> Callable[[str], Ordered]:
    """The function that makes versions of ``ecosystem`` comparable; it raises ValueError for what is no version there."""
    compare = _COMPARE.get(ecosystem, _semver)

    def key(version: str) -> Ordered:
        if not version or len(version) > MAX_CHARACTERS:
            raise ValueError("not a version")
        try:
            compare(version, version)
        except (ValueError, TypeError, AttributeError, IndexError, KeyError) as error:
            raise ValueError(f"not a version of {ecosystem}") from error
        return Ordered(version, compare)

    return key


def _order(*, less: object, greater: object) -> int:
    return int(bool(greater)) - int(bool(less))


@lru_cache(8192)
def _semver_version(version: str) -> SemverVersion:
    plain = version.removeprefix("v").partition("+")[0]
    if not plain[:1].isdigit():
        raise ValueError("not a semantic version")
    return SemverVersion(plain)


@lru_cache(8192)
def _gem_version(version: str) -> RubygemsVersion:
    # A platform suffix ("1.15.4-x86_64-linux") is not part of the order.
    number, _, platform = version.partition("-")
    return RubygemsVersion(number if platform and not platform[0].isdigit() else version)


_pypi_version = lru_cache(8192)(PypiVersion)
_maven_version = lru_cache(8192)(MavenVersion)
_nuget_version = lru_cache(8192)(NugetVersion)


def _semver(a: str, b: str) -> int:
    x, y = _semver_version(a), _semver_version(b)
    return _order(less=x < y, greater=x > y)


def _pypi(a: str, b: str) -> int:
    x, y = _pypi_version(a), _pypi_version(b)
    return _order(less=x < y, greater=x > y)


def _maven(a: str, b: str) -> int:
    x, y = _maven_version(a), _maven_version(b)
    return _order(less=x < y, greater=x > y)


def _rubygems(a: str, b: str) -> int:
    x, y = _gem_version(a), _gem_version(b)
    return _order(less=x < y, greater=x > y)


def _nuget(a: str, b: str) -> int:
    x, y = _nuget_version(a), _nuget_version(b)
    return _order(less=x < y, greater=x > y)


_PARTS = re.compile(r"\d+|[a-z]+|#")
_STABILITY = re.compile(
    r"[._-]?(stable|beta|b|rc|alpha|a|patch|pl|p)[.-]?(\d{0,10})((?:[.-]?\d{1,10}){0,3})", re.IGNORECASE
)
_NUMBERS = re.compile(r"\d{1,10}(?:\.(?:\d{1,10}|x|\*)){0,3}")
_SPELLED = {"a": "alpha", "b": "beta", "rc": "RC", "p": "patch", "pl": "patch"}
_RANKS = {"dev": 0, "alpha": 1, "a": 1, "beta": 2, "b": 2, "RC": 3, "rc": 3, "#": 4, "pl": 5, "p": 5}


def packagist_normal(version: str) -> str:
    """Composer's normal form: four numbers and an optional stability (``1.2`` → ``1.2.0.0``).

    ValueError for branches such as ``dev-main``. After composer/semver, ``VersionParser::normalize``.
    """
    plain = version.strip().partition("+")[0]
    if plain.lower().startswith("dev-"):
        raise ValueError("a branch has no place in the order")
    plain = plain[1:] if plain[:1] in "vV" else plain
    dev = plain.lower().endswith("dev")
    if dev:
        plain = plain[:-3].rstrip("-._")
    numbers = _NUMBERS.match(plain)
    if not numbers:
        raise ValueError("no number in front")
    stability = ""
    rest = plain[numbers.end() :]
    if rest:
        match = _STABILITY.fullmatch(rest)
        if not match:
            raise ValueError("not a Composer version")
        word = match.group(1).lower()
        word = _SPELLED.get(word, word)
        stability = "" if word == "stable" else f"-{word}{match.group(2)}{match.group(3).replace('-', '.')}"
    fields = ["9999999" if f in ("x", "*") else f for f in numbers.group().split(".")]
    filler = "9999999" if "9999999" in fields else "0"
    return ".".join((fields + [filler] * 4)[:4]) + stability + ("-dev" if dev else "")


def php_version_compare(a: str, b: str) -> int:
    """PHP's ``version_compare``: -1, 0 or 1 (https://www.php.net/manual/en/function.version-compare.php)."""
    left, right = _php_parts(a), _php_parts(b)
    for x, y in zip(left, right, strict=False):
        if order := _php_compare_part(x, y):
            return order
    if len(left) == len(right):
        return 0
    longer, sign = (left[len(right) :], 1) if len(left) > len(right) else (right[len(left) :], -1)
    return sign if longer[0].isdigit() else sign * _php_compare_part(longer[0], "#")


def _php_parts(version: str) -> list[str]:
    return _PARTS.findall(re.sub(r"RC|rc", "rc", version).replace("patch", "p").replace("#N#", "#"))


def _php_compare_part(a: str, b: str) -> int:
    if a.isdigit() and b.isdigit():
        return (int(a) > int(b)) - (int(a) < int(b))
    x, y = (_RANKS.get("#" if p.isdigit() else p, -1) for p in (a, b))
    return (x > y) - (x < y)


def _packagist(a: str, b: str) -> int:
    return php_version_compare(packagist_normal(a), packagist_normal(b))


_COMPARE: dict[str, Callable[[str, str], int]] = {
    "PyPI": _pypi, "Maven": _maven, "RubyGems": _rubygems, "NuGet": _nuget, "Packagist": _packagist,
}  # fmt: skip
