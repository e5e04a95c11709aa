from analyzers.security.guarded_production import guarded_production
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import Environment, Environments
from tests.builders_checks_b import measured, plain


def environment(name: str, *, production: bool = True, **guards: object) -> Environment:
    return plain(Environment, name=name, production=production, **guards)


def test_reviewers_or_branches_guard_and_waiting_alone_does_not() -> None:
    outcome = measured(
        guarded_production(
            Environments(
                (
                    environment("prod-eu", reviewers=1), environment("prod-us", restricts_branches=True),
                    environment("prod-asia", wait_minutes=30), environment("live"), environment("staging", production=False),
                )
            )
        )
    )  # fmt: skip
    assert outcome.value == 50
    assert [p.anchor for p in outcome.places] == ["environment prod-asia", "environment live"]


def test_without_production_there_is_nothing_to_guard() -> None:
    assert isinstance(guarded_production(Environments(())), NotApplicable)
    assert isinstance(guarded_production(Environments((environment("staging", production=False),))), NotApplicable)
