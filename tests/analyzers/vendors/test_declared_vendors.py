from analyzers.vendors.declared_vendors import declared_vendors
from scanner.core.outcomes import NotApplicable
from scanner.facts.dependencies import Vendors, VendorUse
from scanner.facts.engagement import Engagement, Vendor
from tests.builders_checks_b import across, measured, plain, repo


def uses(*names: str) -> Vendors:
    return Vendors(tuple(plain(VendorUse, vendor=n, path="a.lock") for n in names))


def test_a_vendor_counts_once_however_it_is_written() -> None:
    engagement = Engagement("Acme", vendors=(Vendor("stripe"), Vendor("Data-Dog"), Vendor("Unseen")))
    outcome = measured(
        declared_vendors(
            engagement, across(api=uses("Stripe", "Sentry", "Stripe"), web=uses("DataDog", "Auth0", "Sentry"))
        )
    )
    assert outcome.value == 50
    assert [(p.anchor, p.subject) for p in outcome.places] == [
        ("Auth0", repo("acme/web")),
        ("Sentry", repo("acme/api")),
    ]


def test_no_list_is_zero_and_no_vendor_is_no_question() -> None:
    assert measured(declared_vendors(Engagement("Acme"), across(api=uses("Stripe")))).value == 0
    assert isinstance(declared_vendors(Engagement("Acme"), across(api=uses())), NotApplicable)
