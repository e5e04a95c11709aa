from analyzers.architecture.api_contracts import api_contracts
from scanner.core.outcomes import NotApplicable
from scanner.facts.infrastructure import Infrastructure, Resource, RuntimeTraits
from tests.builders_checks_b import measured, plain

NONE = plain(Infrastructure)


def test_a_service_with_and_without_contract() -> None:
    assert measured(api_contracts(plain(RuntimeTraits, api_contracts=("openapi.yaml",)), NONE)).value == 100
    silent = plain(RuntimeTraits, deployable=True, health_endpoints=("app.py",))
    assert measured(api_contracts(silent, NONE)).value == 0
    balanced = plain(Infrastructure, resources=(plain(Resource, kind="load-balancer"),))
    assert measured(api_contracts(plain(RuntimeTraits, deployable=True), balanced)).value == 0


def test_workers_and_libraries_are_not_asked() -> None:
    assert isinstance(api_contracts(plain(RuntimeTraits, deployable=True), NONE), NotApplicable)
    assert isinstance(api_contracts(plain(RuntimeTraits, health_endpoints=("a",)), NONE), NotApplicable)
