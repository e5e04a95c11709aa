from analyzers.architecture.modules_under_test import modules_under_test
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.code import ImportGraph
from scanner.facts.tree import CodeSize
from tests.builders_checks_b import measured, plain

CODE = plain(CodeSize, product_code=100, test_code=50)
GRAPH = plain(ImportGraph, modules=tuple("abcde"), edges=(("a", "b"), ("a", "c"), ("b", "c"), ("d", "e")))


def test_what_a_tested_module_imports_is_loaded_too() -> None:
    graph = plain(ImportGraph, modules=GRAPH.modules, edges=GRAPH.edges, imported_by_tests=("b", "gone"))
    outcome = measured(modules_under_test(graph, CODE))
    assert outcome.value == 40, "b and, through it, c; not a, d and e"
    assert [(p.path, p.message) for p in outcome.places] == [("e", "no test loads it, 1 module imports it")]


def test_a_library_tested_through_its_entry_point_is_loaded_whole() -> None:
    star = plain(ImportGraph, modules=tuple("abc"), edges=(("a", "b"), ("b", "c")), imported_by_tests=("a",))
    assert measured(modules_under_test(star, CODE)).value == 100


def test_no_tests_are_zero_but_tests_without_imports_are_unknown() -> None:
    assert measured(modules_under_test(GRAPH, plain(CodeSize, product_code=100))).value == 0
    assert isinstance(modules_under_test(GRAPH, CODE), Unknown)
    assert isinstance(modules_under_test(plain(ImportGraph), CODE), Unknown)
    assert isinstance(modules_under_test(GRAPH, plain(CodeSize)), NotApplicable)
