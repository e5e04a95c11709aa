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


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ((), 10),
        ((("a", "b"), ("b", "c"), ("a", "c")), 13),
        (CHAIN, 55),
        ((*CHAIN, ("j", "a")), 100),
        ((("a", "b"), ("b", "a"), ("b", "c")), 14),
    ],
    ids=["alone", "diamond side", "chain: (10 + 9 + … + 1) of 100", "ring", "cycle with tail: 3 + 3 + 1 + 7"],
)
def test_mean_reach(edges: tuple[tuple[str, str], ...], expected: float) -> None:
    assert measured(propagation_cost(plain(ImportGraph, modules=TEN, edges=edges), CODE)).value == expected


def test_small_or_unread_graphs() -> None:
    assert isinstance(propagation_cost(plain(ImportGraph, modules=TEN[:9]), CODE), NotApplicable)
    assert isinstance(propagation_cost(plain(ImportGraph), CODE), Unknown)
