from analyzers.experience.usage_analytics import usage_analytics
from scanner.core.outcomes import NotApplicable
from scanner.facts.dependencies import Vendors, VendorUse
from tests.builders_checks_c import interface, measured, toolkit, tree


def test_analytics_feedback_and_nothing() -> None:
    bought = Vendors((VendorUse("Plausible", "analytics", "configuration", "script", "index.html", 1),))
    assert measured(usage_analytics(interface(), toolkit(), bought)) == 100
    assert measured(usage_analytics(interface(), toolkit(feedback=("canny",)), Vendors(()))) == 100
    assert measured(usage_analytics(interface(), toolkit(metrics=("prometheus",)), Vendors(()))) == 0


def test_no_interface_no_question() -> None:
    assert isinstance(usage_analytics(tree("main.py"), toolkit(analytics=("x",)), Vendors(())), NotApplicable)
