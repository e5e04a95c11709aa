import pytest

from analyzers.security.allowed_actions import allowed_actions
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.ci import Pipeline, Pipelines
from scanner.facts.forge import AutomationSettings
from tests.builders_checks_b import measured, plain

ONE = plain(Pipelines, pipelines=(plain(Pipeline, path=".github/workflows/ci.yml", system="github-actions"),))


@pytest.mark.parametrize(
    ("allowed", "pinned", "value"),
    [
        ("all", False, 0), ("all", None, 0), ("all", True, 60), ("selected", False, 70), ("selected", True, 100),
        ("local_only", False, 100), ("local_only", True, 100),
    ],
)  # fmt: skip
def test_lists_and_pins_add_up(allowed: str, pinned: bool | None, value: float) -> None:
    settings = plain(AutomationSettings, allowed=allowed, requires_pinning=pinned)
    assert measured(allowed_actions(settings, ONE)).value == value


def test_gitlab_has_no_such_rule() -> None:
    pipelines = plain(Pipelines, pipelines=(plain(Pipeline, path=".gitlab-ci.yml", system="gitlab-ci"),))
    assert isinstance(allowed_actions(plain(AutomationSettings, system="gitlab-ci"), pipelines), NotApplicable)


def test_what_is_not_shown_is_unknown_and_what_does_not_run_does_not_matter() -> None:
    assert isinstance(allowed_actions(plain(AutomationSettings), ONE), Unknown)
    assert isinstance(allowed_actions(plain(AutomationSettings, allowed="all"), plain(Pipelines)), NotApplicable)
