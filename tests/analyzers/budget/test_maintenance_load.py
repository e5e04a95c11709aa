from analyzers.budget.maintenance_load import maintenance_load
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import across, measured, messages


def test_fixes_upkeep_and_operations_bind_capacity() -> None:
    kinds = {"feature": 40, "fix": 20, "maintenance": 10, "operations": 5, "documentation": 5}
    assert measured(maintenance_load(across(a=messages(100, kinds)))).value == 43.75


def test_too_few_of_known_kind_is_unknown() -> None:
    assert isinstance(maintenance_load(across(a=messages(100, {"feature": 49}))), Unknown)
    assert measured(maintenance_load(across(a=messages(100, {"feature": 50})))).value == 0
    assert isinstance(maintenance_load(across(a=messages(0))), NotApplicable)
