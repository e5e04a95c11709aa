from __future__ import annotations

import pytest

from analyzers.architecture.god_modules import god_modules
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_b import measured
from tests.builders_structure import graph_of, java, numbered

HUB = "hub.java"
USERS, USED, OTHERS = numbered("users", 20), numbered("used", 20), numbered("others", 9)
ALL = [HUB, *USERS, *USED, *OTHERS]


@pytest.mark.parametrize(
    ("users", "used", "expected"), [(20, 20, 2), (19, 20, 0), (20, 19, 0)], ids=["1 of 50", "19 in", "19 out"]
)
def test_a_hub_has_twenty_others_in_each_direction(users: int, used: int, expected: float) -> None:
    edges = [*((user, HUB) for user in USERS[:users]), *((HUB, module) for module in USED[:used])]
    outcome = measured(god_modules(graph_of(ALL, edges), java()))
    assert outcome.value == expected
    assert [(p.path, p.message) for p in outcome.places] == (
        [(HUB, "20 modules import it, and it imports 20")] if expected else []
    )


def test_imports_that_lead_nowhere_make_it_less_certain() -> None:
    edges = [(user, HUB) for user in USERS]
    assert measured(god_modules(graph_of(ALL, edges, unresolved=20), java())).certainty == 0.5


def test_small_and_unread_programs() -> None:
    assert isinstance(god_modules(graph_of(USERS), java()), NotApplicable)
    assert isinstance(god_modules(graph_of(ALL), java(0)), NotApplicable)
    assert isinstance(god_modules(graph_of(ALL), java(other=2000)), Unknown)
