from analyzers.architecture.modules_under_test import modules_under_test
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.code import ImportGraph
from scanner.facts.tree import CodeSize
from tests.builders_checks_b import measured, plain

CODE = plain(CodeSize, product_code=100, test_code=50)
GRAPH = plain(ImportGraph, modules=tuple("abcde"), edges=(("a", "b"), ("a", "c"), ("b", "c"), ("d", "e")))


def test_most_imported_untested_module_comes_first_and_leaves_are_no_findings() -> None:
    graph = plain(ImportGraph, modules=GRAPH.modules, edges=GRAPH.edges, imported_by_tests=("b", "gone"))
    outcome = measured(modules_under_test(graph, CODE))
    assert outcome.value == 20
    assert [p.path for p in outcome.places] == ["c", "e"]


def test_no_tests_are_zero_but_tests_without_imports_are_unknown() -> None:
    assert measured(modules_under_test(GRAPH, plain(CodeSize, product_code=100))).value == 0
    assert isinstance(modules_under_test(GRAPH, CODE), Unknown)
    assert isinstance(modules_under_test(plain(ImportGraph), CODE), Unknown)
    assert isinstance(modules_under_test(GRAPH, plain(CodeSize)), NotApplicable)
