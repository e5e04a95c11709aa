from __future__ import annotations

import pytest

from analyzers.architecture.unused_modules import unused_modules
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Basis, NotApplicable
from scanner.facts.structure import Modules
from tests.builders_checks_b import measured
from tests.builders_structure import graph_of, java, modules_of

ALL = ("imported", "lost", "starts", "tested")
GRAPH = graph_of(ALL, [("starts", "imported")], tested=["tested"])
SIZE = java()


def test_what_is_imported_tested_or_started_is_used() -> None:
    outcome = measured(unused_modules(GRAPH, modules_of(ALL, language="Python", reached=["starts"]), SIZE))
    assert outcome.value == 25
    assert [place.path for place in outcome.places] == ["lost"]
    assert outcome.basis is Basis.INFERRED


def test_other_languages_are_not_counted() -> None:
    python, go = modules_of(ALL[:2], language="Python"), modules_of(ALL[2:], language="Go")
    outcome = measured(unused_modules(GRAPH, Modules(python.modules + go.modules), SIZE))
    assert (outcome.value, outcome.sample) == (50, 2)


@pytest.mark.parametrize("language", ["Go", "Java", "C", "C#", "Ruby", "PHP", "Kotlin", "C++"])
def test_languages_in_which_others_find_the_files(language: str) -> None:
    assert isinstance(unused_modules(GRAPH, modules_of(ALL, language=language), SIZE), NotApplicable)


def test_no_code_and_unread_code() -> None:
    known = modules_of(ALL, language="Python")
    assert isinstance(unused_modules(GRAPH, known, java(0)), NotApplicable)
    assert isinstance(unused_modules(GRAPH, known, java(other=2000)), Unknown)
    assert isinstance(unused_modules(graph_of(ALL, unresolved=1), known, SIZE), Unknown)
