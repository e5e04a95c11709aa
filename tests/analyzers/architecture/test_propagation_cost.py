from itertools import pairwise

import pytest

from analyzers.architecture.propagation_cost import propagation_cost
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.code import ImportGraph
from scanner.facts.tree import CodeSize
from tests.builders_checks_b import measured, plain

CODE = plain(CodeSize, product_code=100)
TEN = tuple("abcdefghij")
CHAIN = tuple(pairwise(TEN))
FIFTY = (*TEN, *(f"alone{i}" for i in range(40)))
"""Ten modules under test among forty that stand alone and reach one module each, themselves."""


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ((), 2),
        ((("a", "b"), ("b", "c"), ("a", "c")), 2.12),
        (CHAIN, 3.8),
        ((*CHAIN, ("j", "a")), 5.6),
        ((("a", "b"), ("b", "a"), ("b", "c")), 2.16),
    ],
    ids=[
        "alone",
        "diamond side",
        "chain: (10 + 9 + … + 1) + 40 of 2500",
        "ring",
        "cycle with tail: 3 + 3 + 1 + 7 + 40",
    ],
)
def test_mean_reach(edges: tuple[tuple[str, str], ...], expected: float) -> None:
    assert measured(propagation_cost(plain(ImportGraph, modules=FIFTY, edges=edges), CODE)).value == expected


def test_small_or_unread_graphs() -> None:
    assert isinstance(propagation_cost(plain(ImportGraph, modules=FIFTY[:49]), CODE), NotApplicable)
    assert isinstance(propagation_cost(plain(ImportGraph), CODE), Unknown)
