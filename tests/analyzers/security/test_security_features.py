from analyzers.security.security_features import security_features
from scanner.core.evidence import Unknown
from scanner.facts.forge import SecuritySettings
from tests.builders_checks_b import measured, plain


def test_what_is_not_offered_is_not_asked() -> None:
    settings = plain(SecuritySettings, vulnerability_alerts=True, private_reporting=False, secret_scanning=False)
    outcome = measured(security_features(settings))
    assert outcome.value == 50
    assert outcome.because == "private reporting off, vulnerability alerts on"


def test_unseen_settings_are_unknown() -> None:
    assert isinstance(security_features(plain(SecuritySettings, secret_scanning=True)), Unknown)
