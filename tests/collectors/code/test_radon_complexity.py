"""The figure of a complex Python function is radon's own; of a simple one nobody asks radon."""

from __future__ import annotations

import pytest
import radon.complexity

from collectors.code.complexity import Measure
from collectors.code.radon_complexity import confirmed

BRANCHES = "\n".join(f"    if a == {n}:\n        return {n}" for n in range(11))
SOURCE = f"class C:\n  def m(self): return 1\n\n@deco\ndef tangled(a):\n{BRANCHES}\n".encode()
PLACES = ((SOURCE.index(b"def m"), SOURCE.index(b"\n\n@deco")), (SOURCE.index(b"def tangled"), len(SOURCE) - 1))


def measure(line: int, complexity: int) -> Measure:
    return Measure("f", line, complexity, 5, 1, 0, 0)


def test_over_the_threshold_radon_is_believed() -> None:
    simple, tangled = confirmed((measure(2, 7), measure(5, 99)), SOURCE, PLACES)
    assert (simple.complexity, tangled.complexity) == (7, 12)  # eleven ifs and the way through


def test_radon_is_not_asked_about_simple_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(radon.complexity, "cc_visit_ast", None)
    assert confirmed((measure(5, 10),), SOURCE, PLACES) == (measure(5, 10),)


@pytest.mark.parametrize("content", [b"def f(:\n", b"(" * 5_000, b"\0"])
def test_what_cannot_be_parsed_keeps_its_figures(content: bytes) -> None:
    assert confirmed((measure(1, 20),), content, ((0, len(content)),)) == (measure(1, 20),)


def test_a_function_that_radon_does_not_list_keeps_its_figure() -> None:
    assert confirmed((measure(77, 20),), SOURCE, PLACES) == (measure(77, 20),)


def test_a_function_within_is_found_by_its_own_line() -> None:
    inner = BRANCHES.replace("\n", "\n        ")
    content = (
        f"class C:\n\n    def outer(self):\n        def inner(a):\n        {inner}\n        return inner\n".encode()
    )
    place = (content.index(b"def outer"), len(content) - 1)
    within = (content.index(b"def inner"), content.index(b"\n        return inner"))
    (seen,) = confirmed((measure(4, 99),), content, (place, within))
    assert seen.complexity == 12


def test_an_error_elsewhere_in_the_file_does_not_matter() -> None:
    content = b"print 'no'\n" + SOURCE
    places = [(start + 11, end + 11) for start, end in PLACES]
    assert confirmed((measure(6, 99),), content, places)[0].complexity == 12
