from analyzers.scalability.hard_coded_endpoints import hard_coded_endpoints
from scanner.core.outcomes import Measured, NotApplicable
from tests.builders_checks_c import size, traits


def test_endpoints_per_thousand_product_lines() -> None:
    seen = traits(hard_coded_endpoints=(("b.py", 2), ("a.py", 7), ("a.py", 1)))
    outcome = hard_coded_endpoints(seen, size(product=1500, test=9000))
    assert isinstance(outcome, Measured)
    assert outcome.value == 2
    assert [(p.path, p.line) for p in outcome.places] == [("a.py", 1), ("a.py", 7), ("b.py", 2)]


def test_libraries_and_charts_without_code_are_not_asked() -> None:
    assert isinstance(hard_coded_endpoints(traits(deployable=False), size()), NotApplicable)
    assert isinstance(hard_coded_endpoints(traits(), size(product=0)), NotApplicable)
