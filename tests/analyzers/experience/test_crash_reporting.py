from analyzers.experience.crash_reporting import crash_reporting
from scanner.core.outcomes import NotApplicable
from scanner.facts.dependencies import Vendors, VendorUse
from tests.builders_checks_c import interface, measured, toolkit, tree

SENTRY = Vendors((VendorUse("Sentry", "crash-reporting", "sdk", "@sentry/browser", "package.json", 1),))
DATADOG = Vendors((VendorUse("Datadog", "monitoring", "sdk", "dd-trace", "package.json", 1),))


def test_library_or_vendor_counts_and_monitoring_does_not() -> None:
    assert measured(crash_reporting(interface(), toolkit(crash_reporting=("bugsnag",)), DATADOG)) == 100
    assert measured(crash_reporting(interface(), toolkit(), SENTRY)) == 100
    assert measured(crash_reporting(interface(), toolkit(), DATADOG)) == 0


def test_a_service_without_interface_is_not_asked() -> None:
    assert isinstance(crash_reporting(tree("src/main.go"), toolkit(), SENTRY), NotApplicable)
