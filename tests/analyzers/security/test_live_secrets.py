from analyzers.security.live_secrets import live_secrets
from scanner.core.outcomes import Severity
from scanner.facts.code import Secret, Secrets
from tests.builders_checks_b import measured, plain


def secret(fingerprint: str, **given: object) -> Secret:
    return plain(Secret, **({"kind": "aws-access-token", "live": True, "fingerprint": fingerprint} | given))


def test_the_same_credential_twice_is_one_and_fixtures_and_history_do_not_count() -> None:
    secrets = (
        secret("k1", path="b.py"), secret("k1", path="a.py"), secret("k2", kind="generic-api-key"),
        secret("k3", fixture=True), secret("k1", fixture=True), secret("k4", live=False),
        secret("k5", fixture=True, live=False),
    )  # fmt: skip
    outcome = measured(live_secrets(plain(Secrets, secrets=secrets)))
    assert outcome.value == 2
    assert outcome.because.endswith("1 more in tests, examples or documents")
    assert [(p.path, p.severity) for p in outcome.places] == [
        ("a.py", Severity.CRITICAL),
        ("b.py", Severity.CRITICAL),
        ("", Severity.HIGH),
    ]


def test_a_clean_scan_is_a_measured_zero() -> None:
    assert measured(live_secrets(plain(Secrets))).value == 0
