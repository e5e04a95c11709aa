from datetime import date, timedelta

from analyzers.strategy.ending_support import ending_support
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.dependencies import Component, SupportStatus
from scanner.facts.engagement import Moment
from tests.builders import AS_OF
from tests.builders_checks_a import measured


def component(product: str, eol_on: date | None, *, ended: bool = False) -> Component:
    return Component(product, "1", "runtime", eol_on, ended, "Dockerfile", 1)


def test_the_year_ahead_counts_and_what_has_ended_does_not() -> None:
    today = AS_OF.date()
    parts = (
        component("later", today + timedelta(days=366)),
        component("soon", today + timedelta(days=365)),
        component("tomorrow", today + timedelta(days=1)),
        component("rolling", None),
        component("gone", today),
        component("dead", None, ended=True),
    )
    outcome = measured(ending_support(SupportStatus(today, parts, 0), Moment(AS_OF)))
    assert (outcome.value, outcome.sample) == (50, 4)
    assert [p.anchor for p in outcome.places] == ["tomorrow 1", "soon 1"]


def test_nothing_supported_and_nothing_matched() -> None:
    gone = (component("dead", None, ended=True),)
    assert isinstance(ending_support(SupportStatus(AS_OF.date(), gone, 2), Moment(AS_OF)), NotApplicable)
    assert isinstance(ending_support(SupportStatus(AS_OF.date(), (), 2), Moment(AS_OF)), Unknown)
