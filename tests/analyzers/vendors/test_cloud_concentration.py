import pytest

from analyzers.vendors.cloud_concentration import cloud_concentration
from scanner.core.outcomes import NotApplicable
from scanner.facts.dependencies import Vendors, VendorUse
from tests.builders_checks_b import across, measured, plain


def uses(*pairs: tuple[str, str]) -> Vendors:
    return Vendors(tuple(plain(VendorUse, vendor=v, purpose=p) for v, p in pairs))


def test_only_clouds_count_and_once_per_repository() -> None:
    estate = across(
        api=uses(("aws", "cloud"), ("aws", "storage"), ("stripe", "payments")),
        web=uses(("aws", "cloud"), ("cloudflare", "cdn")),
        job=uses(("aws", "cloud")),
    )
    outcome = measured(cloud_concentration(estate))
    assert outcome.value == pytest.approx(10 / 16)
    assert outcome.because.startswith("repositories by cloud vendor: aws in 3, cloudflare in 1")


def test_no_cloud() -> None:
    assert isinstance(cloud_concentration(across(api=uses(("stripe", "payments")))), NotApplicable)
