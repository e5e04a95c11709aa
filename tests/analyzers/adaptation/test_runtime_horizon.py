from datetime import date

from analyzers.adaptation.runtime_horizon import runtime_horizon
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Measured, NotApplicable
from scanner.facts.dependencies import Component, SupportStatus
from tests.builders_checks_c import MOMENT


def component(cycle: str, eol_on: date | None, *, ended: bool = False, product: str = "python") -> Component:
    return Component(product, cycle, "framework" if product == "django" else "runtime", eol_on, ended, "Dockerfile", 1)


def test_each_version_counts_once_and_a_year_ahead() -> None:
    parts = (
        component("3.12", date(2027, 6, 30)),
        component("3.12", date(2027, 6, 30)),
        component("3.10", date(2027, 6, 29)),
        component("2.7", date(2020, 1, 1), ended=True),
        component("26", None),
        component("2.2", date(2022, 1, 1), ended=True, product="django"),
    )
    outcome = runtime_horizon(SupportStatus(date(2026, 6, 1), parts, 0), MOMENT)
    assert isinstance(outcome, Measured)
    assert (outcome.value, outcome.sample) == (50, 4)
    assert [p.anchor for p in outcome.places] == ["python 2.7", "python 3.10"]


def test_unmatched_versions_are_unknown_and_none_is_not_judged() -> None:
    assert isinstance(runtime_horizon(SupportStatus(date(2026, 6, 1), (), 2), MOMENT), Unknown)
    assert isinstance(runtime_horizon(SupportStatus(date(2026, 6, 1), (), 0), MOMENT), NotApplicable)
