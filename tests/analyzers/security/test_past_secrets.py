from analyzers.security.past_secrets import past_secrets
from scanner.facts.code import Secret, Secrets
from tests.builders_checks_b import measured, plain


def secret(fingerprint: str, **given: object) -> Secret:
    return plain(Secret, **({"kind": "slack-token", "fingerprint": fingerprint} | given))


def test_what_still_stands_somewhere_is_not_past() -> None:
    secrets = (
        secret("k1", commit="b"), secret("k1", commit="a"),
        secret("k2"), secret("k2", live=True),
        secret("k3", fixture=True),
        secret("k4", kind="generic-api-key"),
    )  # fmt: skip
    outcome = measured(past_secrets(plain(Secrets, secrets=secrets)))
    assert outcome.value == 2
    assert [(p.anchor, p.commit) for p in outcome.places] == [("slack-token@a", "a"), ("generic-api-key@", "")]


def test_a_clean_history() -> None:
    assert measured(past_secrets(plain(Secrets))).value == 0
