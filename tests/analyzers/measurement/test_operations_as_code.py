from analyzers.measurement.operations_as_code import operations_as_code
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_c import across, infrastructure, measured, resource, traits


def test_kinds_are_gathered_over_the_estate() -> None:
    running = across(api=traits(alerts=("alerts.yml",)), ops=traits(deployable=False, slos=("slo.yml",)))
    declared = across(api=infrastructure(), ops=infrastructure(resource("alert"), resource("database")))
    assert measured(operations_as_code(running, declared)) == 2
    assert measured(operations_as_code(across(api=traits()), across(api=infrastructure()))) == 0


def test_an_estate_of_libraries_is_not_asked() -> None:
    assert isinstance(
        operations_as_code(across(lib=traits(deployable=False)), across(lib=infrastructure())), NotApplicable
    )
