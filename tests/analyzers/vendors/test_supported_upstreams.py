from datetime import date

from analyzers.vendors.supported_upstreams import supported_upstreams
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.dependencies import Component, SupportStatus
from tests.builders_checks_b import measured, plain

TABLE = date(2026, 6, 1)


def component(product: str, kind: str, *, ended: bool, path: str = "x") -> Component:
    return plain(Component, product=product, cycle="1", kind=kind, ended=ended, path=path)


def test_a_product_counts_once_and_runtimes_are_asked_elsewhere() -> None:
    components = (
        component("postgresql", "database", ended=False), component("redis", "database", ended=False),
        component("mysql", "service", ended=False), component("alpine", "image", ended=True),
        component("alpine", "image", ended=True, path="y"), component("python", "runtime", ended=True),
    )  # fmt: skip
    outcome = measured(supported_upstreams(SupportStatus(TABLE, components, 3)))
    assert outcome.value == 75
    assert [p.path for p in outcome.places] == ["x", "y"]


def test_versions_outside_the_table_are_unknown() -> None:
    assert isinstance(supported_upstreams(SupportStatus(TABLE, (), 2)), Unknown)
    assert isinstance(supported_upstreams(SupportStatus(TABLE, (), 0)), NotApplicable)
