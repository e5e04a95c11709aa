from analyzers.architecture.import_cycles import import_cycles
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.code import ImportGraph
from scanner.facts.tree import CodeSize
from tests.builders_checks_b import measured, plain

CODE = plain(CodeSize, product_code=100)


def test_cycles_count_their_modules_and_a_self_import_is_none() -> None:
    edges = (("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "d"))
    outcome = measured(import_cycles(plain(ImportGraph, modules=tuple("abcdef"), edges=edges), CODE))
    assert outcome.value == 50
    assert [p.anchor for p in outcome.places] == ["a"]


def test_a_graph_that_could_not_be_read_is_unknown() -> None:
    assert isinstance(import_cycles(plain(ImportGraph), CODE), Unknown)
    torn = plain(ImportGraph, modules=("a", "b"), edges=(("a", "b"),), unresolved=2)
    assert isinstance(import_cycles(torn, CODE), Unknown)


def test_nothing_to_tie() -> None:
    assert isinstance(import_cycles(plain(ImportGraph), plain(CodeSize)), NotApplicable)
    assert isinstance(import_cycles(plain(ImportGraph, modules=("a",)), CODE), NotApplicable)
