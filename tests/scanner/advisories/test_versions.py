import pytest

from scanner.advisories.versions import packagist_normal, php_version_compare, version_key


@pytest.mark.parametrize(
    ("ecosystem", "low", "high"),
    [
        ("PyPI", "1.0rc1", "1.0"), ("PyPI", "1.9", "1.10"), ("PyPI", "1.0", "1.0.post1"), ("PyPI", "2020.1", "1!1.0"),
        ("npm", "1.0.0-alpha.1", "1.0.0"), ("npm", "1.2.10-rc.2", "1.2.10-rc.10"), ("npm", "9.0.0", "10.0.0"),
        ("Go", "v1.9.1", "1.10.0"), ("Go", "v0.0.0-20190101000000-abcdefabcdef", "v0.0.0-20200101000000-abcdefabcdef"),
        ("crates.io", "0.9.0", "0.10.0"), ("Maven", "1.0-SNAPSHOT", "1.0"), ("Maven", "1.0-alpha-1", "1.0-beta-1"), ("Maven", "2.9.10", "2.9.10.1"),
        ("RubyGems", "1.0.0.pre", "1.0.0"), ("RubyGems", "1.15.4-x86_64-linux", "1.15.5"),
        ("NuGet", "1.0.0", "1.0.0.1"), ("NuGet", "2.0.0-beta", "2.0.0"),
        ("Packagist", "1.2.3.4", "1.2.3.5"), ("Packagist", "v2.3.4-beta1", "2.3.4"), ("Packagist", "1.0.0-RC1", "1.0.0"),
        ("Packagist", "1.0.0-beta2", "1.0.0-RC1"), ("Packagist", "1.0.0", "1.0.0-p1"), ("Packagist", "1.0-alpha.3", "1.0-alpha.10"), ("Packagist", "1.0.0-dev", "1.0.0-alpha1"),
    ],
)  # fmt: skip
def test_the_order_of_each_ecosystem(ecosystem: str, low: str, high: str) -> None:
    key = version_key(ecosystem)
    assert key(low) < key(high)
    assert not key(high) < key(low)


@pytest.mark.parametrize(
    ("ecosystem", "one", "same"),
    [
        ("Packagist", "1.0", "v1.0.0.0"),
        ("Go", "v1.2.3+incompatible", "1.2.3"),
        ("npm", "1.2.3+build", "1.2.3"),
        ("PyPI", "1.0", "1.0.0"),
    ],
)
def test_different_spellings_of_one_version(ecosystem: str, one: str, same: str) -> None:
    key = version_key(ecosystem)
    assert not key(one) < key(same)
    assert not key(same) < key(one)


@pytest.mark.parametrize(
    ("ecosystem", "version"),
    [
        ("PyPI", "0.1-bulbasaur"),
        ("Packagist", "dev-main"),
        ("npm", "latest"),
        ("Maven", ""),
        ("NuGet", "9" * 200),
        ("RubyGems", "not a version"),
    ],
)
def test_what_is_no_version_is_a_value_error(ecosystem: str, version: str) -> None:
    with pytest.raises(ValueError, match="not a version"):
        version_key(ecosystem)(version)


def test_composer_normal_form() -> None:
    # Expected values from the documentation of composer/semver.
    assert packagist_normal("1.2") == "1.2.0.0"
    assert packagist_normal("v1.2.3-RC2") == "1.2.3.0-RC2"
    assert packagist_normal("1.0.x-dev") == "1.0.9999999.9999999-dev"
    assert packagist_normal("2.0.0-stable") == "2.0.0.0"


@pytest.mark.parametrize(
    # Results as documented at php.net for version_compare.
    ("a", "b", "expected"),
    [
        ("5.2", "5.10", -1),
        ("1.0-dev", "1.0-alpha", -1),
        ("1.0rc1", "1.0", -1),
        ("1.0pl1", "1.0", 1),
        ("1.0", "1.0.0", -1),
        ("1.0a", "1.0alpha", 0),
        ("1.0x", "1.0dev", -1),
    ],
)
def test_php_version_compare(a: str, b: str, expected: int) -> None:
    assert php_version_compare(a, b) == expected
