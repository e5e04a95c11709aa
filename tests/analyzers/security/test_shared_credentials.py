from datetime import timedelta

from analyzers.security.shared_credentials import shared_credentials
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import DeployToken, SharedCredentials, StoredSecret
from tests.builders import AS_OF
from tests.builders_checks_b import measured


def renewed(name: str, days: int) -> StoredSecret:
    return StoredSecret(name, None, AS_OF - timedelta(days=days), "group")


def test_dated_credentials_count_when_renewed_within_the_year() -> None:
    shared = SharedCredentials(AS_OF, (renewed("NEW", 10), renewed("YEAR", 365), renewed("OLD", 366)), None)
    found = measured(shared_credentials(shared))
    assert (round(found.value, 2), found.sample) == (66.67, 3)
    assert [p.anchor for p in found.places] == ["shared secret OLD"]


def test_undated_ones_count_when_guarded_and_tokens_when_they_end() -> None:
    secrets = (
        StoredSecret("LOOSE", None, None, "group", guarded=False),
        StoredSecret("GUARDED", None, None, "group", guarded=True),
    )
    tokens = (DeployToken("ends", (), AS_OF + timedelta(days=30)), DeployToken("lasts", (), None))
    found = measured(shared_credentials(SharedCredentials(AS_OF, secrets, tokens)))
    assert (found.value, found.sample) == (50.0, 4)
    assert [p.anchor for p in found.places] == ["shared deploy token lasts", "shared variable LOOSE"]


def test_none_is_no_question_and_no_date_no_answer() -> None:
    assert isinstance(shared_credentials(SharedCredentials(AS_OF, (), ())), NotApplicable)
    undated = StoredSecret("X", AS_OF, None, "group")
    assert isinstance(shared_credentials(SharedCredentials(AS_OF, (undated,), None)), Unknown)
