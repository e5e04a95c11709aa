from analyzers.vendors.duplicate_purposes import duplicate_purposes
from scanner.core.outcomes import NotApplicable
from scanner.facts.dependencies import Vendors, VendorUse
from tests.builders_checks_b import across, measured, plain


def uses(*pairs: tuple[str, str]) -> Vendors:
    return Vendors(tuple(plain(VendorUse, vendor=v, purpose=p) for v, p in pairs))


def test_doubles_are_found_across_repositories_and_two_databases_are_usual() -> None:
    estate = across(
        api=uses(("datadog", "monitoring"), ("stripe", "payments"), ("postgres", "database"), ("mysql", "database")),
        web=uses(("newrelic", "monitoring"), ("stripe", "payments"), ("auth0", "authentication"), ("ses", "email")),
    )
    outcome = measured(duplicate_purposes(estate))
    assert outcome.value == 25
    assert outcome.because.endswith("monitoring (datadog, newrelic)")


def test_no_vendors() -> None:
    assert isinstance(duplicate_purposes(across(api=uses(("aws", "cloud")))), NotApplicable)
