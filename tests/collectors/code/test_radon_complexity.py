"""The figure of a complex Python function is radon's own; of a simple one nobody asks radon."""

from __future__ import annotations

import pytest
import radon.complexity

from collectors.code.complexity import Measure
from collectors.code.radon_complexity import confirmed

BRANCHES = "\n".join(f"    if a == {n}:\n        return {n}" for n in range(11))
SOURCE = f"class C:\n  def m(self): return 1\n\n@deco\ndef tangled(a):\n{BRANCHES}\n".encode()


def measure(line: int, complexity: int) -> Measure:
    return Measure("f", line, complexity, 5, 1, 0, 0)


def test_over_the_threshold_radon_is_believed() -> None:
    simple, tangled = confirmed((measure(2, 7), measure(5, 99)), SOURCE)
    assert (simple.complexity, tangled.complexity) == (7, 12)  # eleven ifs and the way through


def test_radon_is_not_asked_about_simple_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(radon.complexity, "cc_visit_ast", None)
    assert confirmed((measure(5, 10),), SOURCE) == (measure(5, 10),)


@pytest.mark.parametrize("content", [b"def f(:\n", b"(" * 5_000, b"\0"])
def test_what_cannot_be_parsed_keeps_its_figures(content: bytes) -> None:
    assert confirmed((measure(1, 20),), content) == (measure(1, 20),)


def test_a_function_that_radon_does_not_list_keeps_its_figure() -> None:
    assert confirmed((measure(77, 20),), SOURCE) == (measure(77, 20),)
