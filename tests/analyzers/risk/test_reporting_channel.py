from analyzers.risk.reporting_channel import reporting_channel
from scanner.core.outcomes import Measured
from tests.builders_checks_c import across, document, documents, measured, repo


def test_repositories_without_policy_are_named() -> None:
    policy = documents(document("security-policy"))
    outcome = reporting_channel(across(api=policy, web=documents(document("readme")), cli=policy, lib=policy))
    assert isinstance(outcome, Measured)
    assert outcome.value == 75
    assert [p.subject for p in outcome.places] == [repo("web")]


def test_the_organisation_policy_covers_all_only_when_it_is_there() -> None:
    policy, none = documents(document("security-policy")), documents()
    assert measured(reporting_channel(across(_github=policy, web=none))) == 100
    assert measured(reporting_channel(across(_github=none, web=policy))) == 50
