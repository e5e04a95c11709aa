from analyzers.security.past_secrets import past_secrets
from scanner.core.evidence import Unknown
from scanner.facts.code import Secret, Secrets
from scanner.facts.history import RepositoryProfile
from tests.builders_checks_b import measured, plain

WHOLE, SHALLOW = plain(RepositoryProfile), plain(RepositoryProfile, shallow=True)


def secret(fingerprint: str, **given: object) -> Secret:
    return plain(Secret, **({"kind": "slack-token", "fingerprint": fingerprint} | given))


def test_what_still_stands_somewhere_is_not_past() -> None:
    secrets = (
        secret("k1", commit="b"), secret("k1", commit="a"),
        secret("k2"), secret("k2", live=True),
        secret("k3", fixture=True),
        secret("k4", kind="generic-api-key"),
    )  # fmt: skip
    outcome = measured(past_secrets(plain(Secrets, secrets=secrets), WHOLE))
    assert outcome.value == 2
    assert [(p.anchor, p.commit) for p in outcome.places] == [("slack-token@a", "a"), ("generic-api-key@", "")]


def test_a_clean_history() -> None:
    assert measured(past_secrets(plain(Secrets), WHOLE)).value == 0


def test_a_shallow_clone_does_not_prove_a_clean_history() -> None:
    assert isinstance(past_secrets(plain(Secrets), SHALLOW), Unknown)
    outcome = measured(past_secrets(plain(Secrets, secrets=(secret("k1"),)), SHALLOW))
    assert outcome.value == 1
    assert outcome.because == "found in the history only: 1 distinct credential"
