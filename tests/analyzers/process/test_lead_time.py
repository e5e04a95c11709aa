from datetime import timedelta
from typing import Any

from analyzers.process.lead_time import lead_time
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import ChangeRequest, ChangeRequests, Deployment, Deployments
from tests.builders import AS_OF, change_request
from tests.builders_checks_b import measured, plain


def request(first: float | None, created: float, merged: float) -> ChangeRequest:
    return change_request(
        first_commit_at=None if first is None else AS_OF - timedelta(days=first),
        created_at=AS_OF - timedelta(days=created),
        merged_at=AS_OF - timedelta(days=merged),
    )


def changes(*requests: ChangeRequest) -> ChangeRequests:
    return ChangeRequests(AS_OF, 365, requests, 0)


def deployed(*days_ago: float, **given: Any) -> Deployments:
    made = (plain(Deployment, **({"production": True, "at": AS_OF - timedelta(days=d)} | given)) for d in days_ago)
    return plain(Deployments, deployments=tuple(made))


def test_time_runs_to_the_next_production_deployment() -> None:
    requests = changes(request(20, 12, 10), request(None, 9, 8), request(1, 1, 0.5))
    outcome = measured(lead_time(requests, deployed(7, 30)))
    assert outcome.value == 7.5, "20 - 7 = 13 and 9 - 7 = 2; the newest is not yet deployed"
    assert outcome.sample == 2


def test_without_deployments_the_merge_is_a_stated_proxy() -> None:
    requests = changes(request(20, 12, 10), request(5, 12, 10))
    for record in (deployed(), deployed(1, production=False), deployed(1, state="failure")):
        outcome = measured(lead_time(requests, record))
        assert outcome.value == 6, "10 and, as a rebase does not shorten it, 2"
        assert "proxy" in outcome.because


def test_nothing_merged() -> None:
    assert isinstance(lead_time(changes(), deployed(1)), NotApplicable)
