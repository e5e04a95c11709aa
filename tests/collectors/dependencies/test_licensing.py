import pytest

from collectors.dependencies.licensing import claims, declared, is_licence_file, recognise

MIT = b"""MIT License

Copyright (c) 2026 Acme

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def test_texts() -> None:
    assert recognise(MIT) == ("MIT",)
    assert recognise(b"All rights reserved. Ask us.") == ()
    assert recognise(b"\xff\xfe\x00") == ()
    assert recognise(MIT * 300) == (), "a long collection of other people's licences is not the outbound licence"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("LICENSE", True),
        ("License.md", True),
        ("LICENCE.txt", True),
        ("COPYING.LESSER", True),
        ("LICENSE-APACHE", True),
        ("LICENSES/MIT.txt", True),
        ("packages/a/LICENSE", True),
        ("src/license.py", False),
        ("docs/license.rst", False),
        ("licensecheck.txt", False),
        ("a/b/c/d/LICENSE", False),
    ],
)
def test_which_files_are_licences(path: str, expected: bool) -> None:
    assert is_licence_file(path) is expected


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        ("pyproject.toml", b'[project]\nlicense = "Apache-2.0"\n', "Apache-2.0"),
        ("pyproject.toml", b'[project]\nlicense = {text = "MIT"}\n', "MIT"),
        ("pyproject.toml", b'[tool.poetry]\nlicense = "BSD-3-Clause"\n', "BSD-3-Clause"),
        ("package.json", b'{"license": "(MIT OR Apache-2.0)"}', "(MIT OR Apache-2.0)"),
        ("composer.json", b'{"license": ["MIT", "GPL-3.0-only"]}', "MIT OR GPL-3.0-only"),
        ("Cargo.toml", b'[package]\nlicense = "MIT"\n', "MIT"),
        (
            "pom.xml",
            b"<project><licenses><license><name>Apache-2.0</name></license></licenses></project>",
            "Apache-2.0",
        ),
        ("package.json", b"{}", ""),
    ],
)
def test_declarations(path: str, content: bytes, expected: str) -> None:
    assert declared(path, content) == expected


def test_a_broken_manifest_declares_nothing_knowable() -> None:
    with pytest.raises(ValueError, match="not JSON"):
        declared("package.json", b"{")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Cargo.toml", True), ("tokio-util/Cargo.toml", True), ("packages/core/package.json", True), ("tests-build/Cargo.toml", False),
        ("examples/a/package.json", False), ("benches/Cargo.toml", False), ("a/b/c/package.json", False), ("testing.toml", False),
    ],
)  # fmt: skip
def test_which_manifests_are_asked(path: str, expected: bool) -> None:
    assert claims(path) is expected
