from analyzers.measurement.telemetry_signals import telemetry_signals
from scanner.core.outcomes import NotApplicable
from scanner.facts.dependencies import Vendors, VendorUse
from tests.builders_checks_c import measured, size, toolkit, traits

SENTRY = VendorUse("Sentry", "crash-reporting", "sdk", "sentry-sdk", "pyproject.toml", 1)
DATADOG = VendorUse("Datadog", "monitoring", "sdk", "ddtrace", "pyproject.toml", 2)


def test_library_and_vendor_of_one_kind_count_once() -> None:
    used = toolkit(metrics=("prometheus-client",), structured_logging=("structlog",))
    assert measured(telemetry_signals(traits(), size(), used, Vendors((DATADOG, SENTRY)))) == 3
    assert measured(telemetry_signals(traits(), size(), toolkit(), Vendors(()))) == 0


def test_libraries_and_images_without_code_are_not_asked() -> None:
    assert isinstance(telemetry_signals(traits(deployable=False), size(), toolkit(), Vendors(())), NotApplicable)
    assert isinstance(telemetry_signals(traits(), size(0), toolkit(), Vendors(())), NotApplicable)
