from __future__ import annotations

import warnings

import pytest

from collectors.code.python_source import syntax_tree


def test_odd_code_causes_no_warnings() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        syntax_tree("x = '\\d'\nif 1 is 1: pass\n")


@pytest.mark.parametrize("source", ["def (", b"x = '\xe9'", "x\0y", "(" * 5000, "-" * 200_000 + "1"])
def test_what_cannot_be_parsed_raises_and_never_crashes(source: str | bytes) -> None:
    with pytest.raises((SyntaxError, ValueError, RecursionError, MemoryError)):
        syntax_tree(source)
