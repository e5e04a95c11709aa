from datetime import date, timedelta
from typing import Literal

from analyzers.strategy.ended_support import ended_support
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.dependencies import Component, SupportStatus
from scanner.facts.engagement import Moment
from tests.builders import AS_OF
from tests.builders_checks_a import measured


def component(
    product: str, eol_on: date | None, *, ended: bool = False, kind: Literal["runtime", "library"] = "runtime"
) -> Component:
    return Component(product, "1", kind, eol_on, ended, "Dockerfile", 1)


def test_ended_by_flag_or_by_the_moment() -> None:
    today = AS_OF.date()
    parts = (
        component("library", None, ended=True, kind="library"),
        component("python", today),
        component("node", today + timedelta(days=1)),
        component("rolling", None),
    )
    outcome = measured(ended_support(SupportStatus(today, parts, 0), Moment(AS_OF)))
    assert (outcome.value, outcome.sample) == (50, 4)
    assert outcome.places == ()


def test_unmatched_versions_are_not_a_pass() -> None:
    assert isinstance(ended_support(SupportStatus(AS_OF.date(), (), 4), Moment(AS_OF)), Unknown)
    assert isinstance(ended_support(SupportStatus(AS_OF.date(), (), 0), Moment(AS_OF)), NotApplicable)
