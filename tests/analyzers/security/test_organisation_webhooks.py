from analyzers.security.organisation_webhooks import organisation_webhooks
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import Organisation
from tests.builders_checks_b import measured, plain


def test_only_the_insecure_count() -> None:
    loose = measured(organisation_webhooks(plain(Organisation, webhooks=5, webhooks_insecure=2)))
    assert (loose.value, len(loose.places)) == (2, 1)
    sound = measured(organisation_webhooks(plain(Organisation, webhooks=5, webhooks_insecure=0)))
    assert (sound.value, sound.places) == (0, ())


def test_none_is_no_question_and_not_shown_no_answer() -> None:
    assert isinstance(organisation_webhooks(plain(Organisation, webhooks=0, webhooks_insecure=0)), NotApplicable)
    assert isinstance(organisation_webhooks(plain(Organisation)), Unknown)
