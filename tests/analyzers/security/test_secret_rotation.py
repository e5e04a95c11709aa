from datetime import datetime, timedelta

from analyzers.security.secret_rotation import secret_rotation
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable, Severity
from scanner.facts.forge import AutomationSettings, StoredSecret
from tests.builders import AS_OF
from tests.builders_checks_b import measured, plain


def secret(name: str, days: float | None) -> StoredSecret:
    at: datetime | None = None if days is None else AS_OF - timedelta(days=days)
    return plain(StoredSecret, name=name, created_at=AS_OF - timedelta(days=3000), updated_at=at)


def test_renewal_counts_not_creation_and_the_year_has_an_edge() -> None:
    kept = (secret("A", 10), secret("B", 365), secret("C", 366), secret("D", 1096), secret("E", None))
    outcome = measured(secret_rotation(plain(AutomationSettings, secrets=kept)))
    assert (outcome.value, outcome.sample) == (50, 4)
    assert [(p.anchor, p.severity) for p in outcome.places] == [
        ("secret D", Severity.MEDIUM),
        ("secret C", Severity.LOW),
    ]


def test_a_forge_without_dates_has_no_such_notion() -> None:
    undated = plain(StoredSecret, name="A", created_at=None, updated_at=None)
    assert isinstance(secret_rotation(plain(AutomationSettings, secrets=(undated,))), NotApplicable)


def test_none_kept_is_no_question_and_none_shown_no_answer() -> None:
    assert isinstance(secret_rotation(plain(AutomationSettings, secrets=())), NotApplicable)
    assert isinstance(secret_rotation(plain(AutomationSettings, enabled=False)), NotApplicable)
    assert isinstance(secret_rotation(plain(AutomationSettings)), Unknown)
    assert isinstance(secret_rotation(plain(AutomationSettings, secrets=(secret("A", None),))), Unknown)
