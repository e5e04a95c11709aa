from __future__ import annotations

from analyzers.architecture.layering import layering
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Basis, NotApplicable
from scanner.facts.structure import Layering
from tests.builders_checks_b import measured
from tests.builders_structure import graph_of, java, modules_of, numbered

TOP, MID, LOW = numbered("top", 7), numbered("mid", 7), numbered("low", 6)
ALL = [*TOP, *MID, *LOW]
DOWN = [*zip(TOP[:6], MID[:6], strict=True), *zip(MID[:3], LOW[:3], strict=True)]
UP = (LOW[0], TOP[0])
"""Six imports lead from top to mid, three from mid to low, one from low to top: ten, of which one goes up."""


def test_undeclared_layers_are_inferred_from_what_most_imports_do() -> None:
    outcome = measured(layering(graph_of(ALL, [*DOWN, UP]), modules_of(ALL), java()))
    assert (outcome.value, outcome.sample, outcome.basis) == (10, 10, Basis.INFERRED)
    assert [(p.path, p.anchor) for p in outcome.places] == [("low", "low → top")]
    assert outcome.because == "1 of 10 imports between packages go against the others, which make 3 layers"


def test_two_packages_that_import_each_other_leave_the_fewer_pointing_up() -> None:
    edges = [*zip(TOP[:3], MID[:3], strict=True), *zip(MID[:5], TOP[:5], strict=True)]
    outcome = measured(layering(graph_of(ALL, edges), modules_of(ALL), java()))
    assert outcome.value == 37.5
    assert outcome.places[0].message == "3 imports go up to mid, where 5 come down from"


def test_no_import_goes_up_without_a_cycle() -> None:
    assert measured(layering(graph_of(ALL, DOWN), modules_of(ALL), java())).value == 0


def test_a_package_and_those_in_it_are_one() -> None:
    inner = numbered("top/inner", 20)
    edges = [(TOP[0], inner[0]), (inner[1], TOP[1])]
    assert isinstance(layering(graph_of([*TOP, *inner], edges), modules_of([*TOP, *inner]), java()), NotApplicable)


def test_declared_layers_are_taken_at_their_word() -> None:
    declared = Layering("pyproject.toml", (("low",), ("mid",), ("top",)))
    outcome = measured(layering(graph_of(ALL, [*DOWN, UP]), modules_of(ALL, layerings=(declared,)), java()))
    assert (outcome.value, outcome.basis) == (90, Basis.MEASURED)
    assert (TOP[0], MID[0]) in {(p.path, p.anchor) for p in outcome.places}


def test_siblings_of_one_layer_and_modules_of_none_do_not_count() -> None:
    declared = Layering("pyproject.toml", (("top",), ("mid", "low")))
    outcome = measured(layering(graph_of(ALL, [*DOWN, UP]), modules_of(ALL, layerings=(declared,)), java()))
    assert (outcome.sample, outcome.value) == (7, 100 / 7)


def test_the_outermost_folder_decides_the_layer() -> None:
    deep = [f"core/reports{number}/reports.java" for number in range(19)]
    modules = ["reports/x.java", "core/reports.java", *deep]
    declared = Layering("pyproject.toml", (("reports",), ("core",)))
    graph = graph_of(modules, [("reports/x.java", "core/reports.java")])
    assert measured(layering(graph, modules_of(modules, layerings=(declared,)), java())).value == 0


def test_no_code_no_imports_and_unread_imports() -> None:
    assert isinstance(layering(graph_of(ALL), modules_of(ALL), java(0)), NotApplicable)
    assert isinstance(layering(graph_of(ALL), modules_of(ALL), java()), NotApplicable)
    assert isinstance(layering(graph_of(ALL, DOWN, unresolved=10), modules_of(ALL), java()), Unknown)
    assert isinstance(layering(graph_of(ALL, DOWN), modules_of(ALL), java(other=2000)), Unknown)
