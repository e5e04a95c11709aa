import pytest

from analyzers.security.secret_protection import secret_protection
from scanner.core.evidence import Unknown
from scanner.facts.forge import SecuritySettings
from tests.builders_checks_b import measured, plain


@pytest.mark.parametrize(
    ("scanning", "push", "expected"), [(True, True, 100), (True, False, 50), (False, False, 0), (None, True, 100)]
)
def test_share_of_what_the_forge_shows(scanning: bool | None, push: bool | None, expected: float) -> None:
    settings = plain(SecuritySettings, secret_scanning=scanning, push_protection=push)
    assert measured(secret_protection(settings)).value == expected


def test_unseen_settings_are_not_switched_off() -> None:
    assert isinstance(secret_protection(plain(SecuritySettings, vulnerability_alerts=True)), Unknown)
