from analyzers.risk.single_person_services import single_person_services
from scanner.core.outcomes import Measured, NotApplicable
from tests.builders_checks_c import across, contributors, person, repo, traits


def test_over_four_fifths_is_one_person_and_quiet_or_undeployed_code_is_left_out() -> None:
    history = across(
        shop=contributors(person("a", 81), person("b", 19)),
        pay=contributors(person("a", 80), person("b", 20)),
        quiet=contributors(person("a", 10)),
        lib=contributors(person("a", 500)),
        unread=contributors(person("a", 500)),
    )
    running = across(shop=traits(), pay=traits(), quiet=traits(), lib=traits(deployable=False))
    outcome = single_person_services(history, running)
    assert isinstance(outcome, Measured)
    assert (outcome.value, outcome.sample) == (50, 2)
    assert [p.subject for p in outcome.places] == [repo("shop")]


def test_nothing_that_changes_is_not_judged() -> None:
    assert isinstance(single_person_services(across(shop=contributors()), across(shop=traits())), NotApplicable)
