from analyzers.security.pinned_actions import pinned_actions
from scanner.core.outcomes import NotApplicable, Severity
from scanner.facts.ci import ActionUse, Pipelines
from tests.builders_checks_b import measured, plain


def uses(*pins: str) -> Pipelines:
    made = tuple(plain(ActionUse, name=f"acme/{p}", pin=p, ref="r", line=i) for i, p in enumerate(pins))
    return plain(Pipelines, uses=made)


def test_a_tag_is_no_pin_and_local_actions_are_left_out() -> None:
    outcome = measured(pinned_actions(uses("sha", "tag", "branch", "none", "local")))
    assert outcome.value == 25
    assert [p.anchor for p in outcome.places] == ["acme/branch", "acme/none", "acme/tag"]
    assert outcome.places[-1].severity is Severity.LOW


def test_no_actions() -> None:
    assert isinstance(pinned_actions(uses("local")), NotApplicable)
