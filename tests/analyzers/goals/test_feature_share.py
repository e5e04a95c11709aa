from analyzers.goals.feature_share import feature_share
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Measured, NotApplicable
from tests.builders_checks_a import across, measured, messages


def test_shares_are_of_the_estate() -> None:
    facts = across(big=messages(90, {"feature": 20, "fix": 40}), small=messages(10, {"feature": 10, "maintenance": 10}))
    outcome = measured(feature_share(facts))
    assert (outcome.value, outcome.sample) == (37.5, 80)


def test_too_few_of_known_kind_is_unknown() -> None:
    assert isinstance(feature_share(across(a=messages(100, {"feature": 49}))), Unknown)
    assert isinstance(feature_share(across(a=messages(100, {"feature": 50}))), Measured)
    assert isinstance(feature_share(across(a=messages(0))), NotApplicable)
