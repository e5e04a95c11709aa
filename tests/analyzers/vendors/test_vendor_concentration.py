import pytest

from analyzers.vendors.vendor_concentration import vendor_concentration
from scanner.core.outcomes import NotApplicable
from scanner.facts.dependencies import Vendors, VendorUse
from tests.builders_checks_b import across, measured, plain


def uses(*names: str) -> Vendors:
    return Vendors(tuple(plain(VendorUse, vendor=n) for n in names))


def test_a_vendor_counts_once_per_repository() -> None:
    estate = across(api=uses("aws", "aws", "aws", "stripe"), web=uses("aws", "sentry"))
    assert measured(vendor_concentration(estate)).value == pytest.approx(0.375), "(2² + 1² + 1²) / 4²"


def test_two_vendors_are_no_market() -> None:
    assert isinstance(vendor_concentration(across(api=uses("aws", "stripe"))), NotApplicable)
