from datetime import timedelta
from typing import Any

from analyzers.process.change_failure_rate import change_failure_rate
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import Deployment, Deployments
from scanner.facts.infrastructure import RuntimeTraits
from tests.builders import AS_OF
from tests.builders_checks_b import measured, plain

SERVICE = plain(RuntimeTraits, deployable=True)


def record(*made: dict[str, Any]) -> Deployments:
    return plain(Deployments, deployments=tuple(plain(Deployment, **({"production": True} | d)) for d in made))


def test_replaced_deployments_succeeded_and_pending_old_or_staging_ones_do_not_count() -> None:
    outcome = measured(
        change_failure_rate(
            record(
                {"state": "success"}, {"state": "inactive"}, {"state": "inactive"}, {"state": "failure"},
                {"state": "pending"}, {"state": "failure", "production": False},
                {"state": "failure", "at": AS_OF - timedelta(days=90)},
            ),
            SERVICE,
        )
    )  # fmt: skip
    assert outcome.value == 25


def test_no_record_is_not_a_perfect_record() -> None:
    assert isinstance(change_failure_rate(record(), SERVICE), Unknown)
    assert isinstance(change_failure_rate(record(), plain(RuntimeTraits)), NotApplicable)


def test_a_deployment_that_a_later_try_completed_has_failed_once() -> None:
    made = record(
        {"state": "success", "failed_at": AS_OF - timedelta(hours=1)}, {"state": "failure", "failed_at": AS_OF}, {}, {}
    )
    assert measured(change_failure_rate(made, SERVICE)).value == 50
