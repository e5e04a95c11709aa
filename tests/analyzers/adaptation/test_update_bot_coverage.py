import pytest

from analyzers.adaptation.update_bot_coverage import update_bot_coverage
from scanner.core.outcomes import NotApplicable
from scanner.facts.ci import UpdateBot
from tests.builders_checks_c import automation, bot, dependencies, measured

TWO = dependencies(
    ("pyproject.toml", "PyPI", "manifest"), ("uv.lock", "PyPI", "lock"), ("web/package.json", "npm", "manifest")
)


@pytest.mark.parametrize(
    ("bots", "value"),
    [((), 0), ((bot("github-actions"),), 0), ((bot("pip"),), 50), ((bot("pip", "npm"),), 100), ((bot(),), 100)],
)
def test_ecosystems_are_matched_by_the_bot_s_own_names(bots: tuple[UpdateBot, ...], value: float) -> None:
    assert measured(update_bot_coverage(TWO, automation(*bots))) == value


def test_nothing_to_update_is_not_judged() -> None:
    assert isinstance(update_bot_coverage(dependencies(), automation()), NotApplicable)
