from analyzers.experience.gradual_release import gradual_release
from scanner.core.outcomes import NotApplicable
from scanner.facts.dependencies import Vendors, VendorUse
from tests.builders_checks_c import interface, measured, toolkit, tree


def test_flags_and_experiments_count() -> None:
    bought = Vendors((VendorUse("LaunchDarkly", "feature-flags", "sdk", "launchdarkly-js", "package.json", 1),))
    assert measured(gradual_release(interface(), toolkit(), bought)) == 100
    assert measured(gradual_release(interface(), toolkit(experiments=("growthbook",)), Vendors(()))) == 100
    assert measured(gradual_release(interface(), toolkit(), Vendors(()))) == 0


def test_no_interface_no_question() -> None:
    assert isinstance(gradual_release(tree("main.py"), toolkit(), Vendors(())), NotApplicable)
