import pytest

from analyzers.risk.recovery_documents import recovery_documents
from scanner.core.outcomes import Measured, NotApplicable
from tests.builders_checks_c import across, document, documents, repo, traits


def test_a_runbook_elsewhere_counts_when_it_names_the_service() -> None:
    papers = across(
        api=documents(document("runbook")),
        billing=documents(),
        web=documents(document("readme")),
        ops=documents(
            document("runbook", path="runbooks/Billing.md"), document("runbook", path="runbooks/webhooks.md")
        ),
    )
    running = across(api=traits(), billing=traits(), web=traits(), ops=traits(deployable=False))
    outcome = recovery_documents(papers, running)
    assert isinstance(outcome, Measured)
    assert outcome.value == pytest.approx(200 / 3)
    assert [p.subject for p in outcome.places] == [repo("web")], "webhooks is not web"


def test_libraries_and_unread_repositories_are_left_out() -> None:
    assert isinstance(recovery_documents(across(lib=documents()), across(lib=traits(deployable=False))), NotApplicable)
    assert isinstance(recovery_documents(across(lib=documents()), across(api=traits())), NotApplicable)
