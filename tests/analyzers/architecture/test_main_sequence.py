from __future__ import annotations

import pytest

from analyzers.architecture.main_sequence import main_sequence
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_b import measured
from tests.builders_structure import graph_of, java, modules_of, numbered

ALL = [m for folder in ("api", "alone", "core", "web") for m in numbered(folder, 5)]
EDGES = (
    ("web/0.java", "core/0.java"),
    ("web/2.java", "core/1.java"),
    ("web/1.java", "api/0.java"),
    ("api/0.java", "core/0.java"),
)
"""Folders: core Ca 2 Ce 0, so I = 0; api Ca 1 Ce 1, so I = 0.5; web Ca 0 Ce 2, so I = 1; alone has no coupling."""


@pytest.mark.parametrize(
    ("core", "web", "expected", "far"),
    [
        ((6, 0), (3, 0), 50, ["core"]),
        ((6, 6), (3, 0), 0, []),
        ((6, 6), (3, 3), 25, ["web"]),
        ((6, 2), (3, 0), 0, []),
        ((6, 1), (3, 3), 75, ["core", "web"]),
    ],
    ids=[
        "core rigid: D = 1, 6 of 12",
        "core abstract: D = 0",
        "web abstract: D = 1, 3 of 12",
        "D = 2/3",
        "D = 5/6 and 1",
    ],
)
def test_types_far_from_the_main_sequence(
    core: tuple[int, int], web: tuple[int, int], expected: float, far: list[str]
) -> None:
    types = {"core/0.java": core, "web/0.java": web, "api/0.java": (3, 1), "alone/0.java": (100, 0)}
    outcome = measured(main_sequence(graph_of(ALL, EDGES), modules_of(ALL, types), java()))
    assert outcome.value == expected
    assert [place.path for place in outcome.places] == far
    assert outcome.sample == 3


def test_rigid_and_useless_are_told_apart() -> None:
    types = {"core/0.java": (6, 1), "web/0.java": (3, 3)}
    told = [p.message for p in measured(main_sequence(graph_of(ALL, EDGES), modules_of(ALL, types), java())).places]
    assert told[0].startswith("rigid: 2 packages lean on it, it leans on 0, 1 of 6 types are abstract (distance 0.83)")
    assert told[1].startswith("abstract without use: 0 packages lean on it, it leans on 2, 3 of 3")


def test_without_types_or_code_there_is_nothing_to_say() -> None:
    types = {"core/0.java": (6, 0), "web/0.java": (3, 0)}
    graph = graph_of(ALL, EDGES)
    assert isinstance(main_sequence(graph, modules_of(ALL), java()), NotApplicable)
    assert isinstance(main_sequence(graph, modules_of(ALL, types, language="Python"), java()), NotApplicable)
    assert isinstance(main_sequence(graph, modules_of(ALL, types), java(0)), NotApplicable)
    assert isinstance(main_sequence(graph_of(ALL[:19]), modules_of(ALL[:19], types), java()), NotApplicable)


def test_what_was_not_followed_is_unknown() -> None:
    known = modules_of(ALL, {"core/0.java": (6, 0)})
    assert isinstance(main_sequence(graph_of(ALL, EDGES), known, java(other=1001)), Unknown)
    assert isinstance(main_sequence(graph_of(ALL, EDGES, unresolved=5), known, java()), Unknown)
    assert isinstance(main_sequence(graph_of(()), known, java()), Unknown)
