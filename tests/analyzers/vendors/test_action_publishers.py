from analyzers.vendors.action_publishers import action_publishers
from scanner.core.outcomes import NotApplicable
from scanner.facts.ci import ActionUse, Pipelines
from tests.builders_checks_b import measured, plain


def pipelines(*uses: tuple[str, str]) -> Pipelines:
    return plain(
        Pipelines, uses=tuple(plain(ActionUse, owner=o, name=f"{o}/x", pin=p, line=i) for i, (o, p) in enumerate(uses))
    )


def test_one_loose_use_leaves_the_publisher_the_key() -> None:
    made = pipelines(
        ("acme", "sha"), ("Acme", "tag"), ("acme", "branch"), ("umbra", "sha"), ("zed", "none"),
        ("actions", "tag"), ("GitHub", "tag"), ("", "local"),
    )  # fmt: skip
    outcome = measured(action_publishers(made))
    assert outcome.value == 2
    assert [(p.anchor, p.line) for p in outcome.places] == [("acme", 1), ("zed", 4)]


def test_the_forges_own_steps_are_not_outside() -> None:
    assert isinstance(action_publishers(pipelines(("actions", "tag"), ("", "local"))), NotApplicable)
