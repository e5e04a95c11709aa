from __future__ import annotations

from collectors.tree.languages import is_programming, language_of


def test_by_suffix_whatever_its_case() -> None:
    assert language_of("src/A.PY") == "Python"
    assert language_of("a.test.tsx") == "TypeScript"
    assert language_of("x.h") == "C"


def test_markup_styles_data_and_bare_names_are_none() -> None:
    for path in (
        "index.html",
        "a.css",
        "a.json",
        "a.yml",
        "README.md",
        "Makefile",
        ".py",
        "c",
        "main.tf",
        "x.svg",
        "x.xml",
    ):
        assert not is_programming(path)
