from analyzers.vendors.exit_plans import exit_plans
from scanner.core.evidence import Unknown
from scanner.facts.engagement import Engagement, Vendor
from tests.builders_checks_b import measured


def test_a_blank_is_no_plan() -> None:
    vendors = (Vendor("a", exit_plan="export, then self-host"), Vendor("b", exit_plan="  "), Vendor("c"), Vendor("d"))
    assert measured(exit_plans(Engagement("Acme", vendors=vendors))).value == 25


def test_nothing_declared_is_unanswered() -> None:
    assert isinstance(exit_plans(Engagement("Acme")), Unknown)
