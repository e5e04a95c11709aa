from analyzers.vendors.spend_known import spend_known
from scanner.core.evidence import Unknown
from scanner.facts.engagement import Engagement, Vendor
from tests.builders_checks_b import measured


def test_a_free_vendor_is_a_known_spend() -> None:
    vendors = (Vendor("a", spend_per_year=0), Vendor("b", spend_per_year=900), Vendor("c"), Vendor("d"), Vendor("e"))
    assert measured(spend_known(Engagement("Acme", vendors=vendors))).value == 40


def test_nothing_declared_is_unanswered() -> None:
    assert isinstance(spend_known(Engagement("Acme")), Unknown)
