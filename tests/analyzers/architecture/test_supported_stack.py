from datetime import date

from analyzers.architecture.supported_stack import supported_stack
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable, Severity
from scanner.facts.dependencies import Component, SupportStatus
from tests.builders_checks_b import measured, plain

TABLE = date(2026, 6, 1)


def component(product: str, cycle: str, kind: str, *, ended: bool) -> Component:
    return plain(Component, product=product, cycle=cycle, kind=kind, ended=ended, path="x")


def test_each_cycle_counts_once_and_images_are_asked_elsewhere() -> None:
    components = (
        component("django", "3.2", "framework", ended=True),
        component("python", "3.7", "runtime", ended=True),
        component("python", "3.7", "runtime", ended=True),
        component("python", "3.13", "runtime", ended=False),
        component("node", "22", "runtime", ended=False),
        component("react", "19", "framework", ended=False),
        component("alpine", "3.10", "image", ended=True),
    )
    outcome = measured(supported_stack(SupportStatus(TABLE, components, 7)))
    assert outcome.value == 60
    assert [p.severity for p in outcome.places] == [Severity.HIGH, Severity.HIGH, Severity.MEDIUM]


def test_versions_outside_the_table_are_unknown_and_none_at_all_is_no_question() -> None:
    assert isinstance(supported_stack(SupportStatus(TABLE, (), 1)), Unknown)
    assert isinstance(supported_stack(SupportStatus(TABLE, (), 0)), NotApplicable)
