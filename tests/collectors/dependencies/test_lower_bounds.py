import pytest

from collectors.dependencies.lower_bounds import claims, lower_bounds


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        ("go.mod", b"module x\n\ngo 1.20\n", [("go", "≥ 1.20", 3)]),
        ("pyproject.toml", b'[project]\nname = "x"\nrequires-python = ">=3.10"\n', [("python", ">=3.10", 3)]),
        ("pyproject.toml", b"[tool.x]\na = 1\n", []),
        ("sub/Cargo.toml", b'[package]\nrust-version = "1.70"\n', [("rust", "≥ 1.70", 2)]),
        ("package.json", b'{\n "engines": {\n  "node": ">=14"\n }\n}', [("nodejs", ">=14", 3)]),
        ("package.json", b'{"engines": {"node": "18"}}', []),
        ("composer.json", b'{"require": {\n"php": "^8.1"}}', [("php", "^8.1", 2)]),
        ("composer.json", b'{"require": ["php"]}', []),
    ],
)
def test_what_manifests_name_as_the_oldest_that_will_do(
    path: str, content: bytes, expected: list[tuple[str, str, int]]
) -> None:
    assert claims(path)
    assert [(b.product, b.version, b.line) for b in lower_bounds(path, content)] == expected


@pytest.mark.parametrize(
    ("path", "content"), [("package.json", b"{"), ("pyproject.toml", b"[" * 9_000), ("Cargo.toml", b"a = ")]
)
def test_what_cannot_be_read_is_an_error(path: str, content: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        lower_bounds(path, content)


def test_a_version_of_a_stranger_is_bounded() -> None:
    (bound,) = lower_bounds("composer.json", b'{"require": {"php": "' + b"8" * 5_000 + b'"}}')
    assert len(bound.version) == 60
    assert not claims("setup.py")
