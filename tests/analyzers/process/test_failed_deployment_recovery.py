from datetime import timedelta

from analyzers.process.failed_deployment_recovery import failed_deployment_recovery
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import Deployment, Deployments
from scanner.facts.infrastructure import RuntimeTraits
from tests.builders import AS_OF
from tests.builders_checks_b import measured, plain

SERVICE = plain(RuntimeTraits, deployable=True)


def record(*made: tuple[str, float, str]) -> Deployments:
    listed = (
        plain(Deployment, production=True, environment=e, at=AS_OF - timedelta(hours=h), state=s) for e, h, s in made
    )
    return plain(Deployments, deployments=tuple(listed))


def test_another_environment_does_not_recover_this_one() -> None:
    made = record(
        ("eu", 20, "failure"), ("eu", 18, "failure"), ("us", 17, "success"), ("eu", 16, "pending"), ("eu", 14, "inactive"),
        ("us", 2, "failure"),
    )  # fmt: skip
    outcome = measured(failed_deployment_recovery(made, SERVICE))
    assert outcome.value == 4, "median of 6 (from the first failure) and 2 (not yet recovered)"
    assert outcome.because.endswith("1 not yet")


def test_a_deployment_counts_from_its_end() -> None:
    failed = plain(Deployment, production=True, state="failure", at=AS_OF - timedelta(hours=9))
    good = plain(Deployment, production=True, at=AS_OF - timedelta(hours=8), finished_at=AS_OF - timedelta(hours=2))
    assert measured(failed_deployment_recovery(plain(Deployments, deployments=(good, failed)), SERVICE)).value == 7


def test_no_failure_no_record_no_service() -> None:
    assert isinstance(failed_deployment_recovery(record(("eu", 1, "success")), SERVICE), NotApplicable)
    assert isinstance(failed_deployment_recovery(record(), SERVICE), Unknown)
    assert isinstance(failed_deployment_recovery(record(), plain(RuntimeTraits)), NotApplicable)


def test_a_later_try_of_the_same_deployment_recovers_it_and_so_does_another_before() -> None:
    retried = plain(
        Deployment, production=True, at=AS_OF - timedelta(hours=9), failed_at=AS_OF - timedelta(hours=8),
        finished_at=AS_OF - timedelta(hours=3),
    )  # fmt: skip
    assert measured(failed_deployment_recovery(plain(Deployments, deployments=(retried,)), SERVICE)).value == 5
    other = plain(Deployment, production=True, at=AS_OF - timedelta(hours=7), finished_at=AS_OF - timedelta(hours=6))
    assert measured(failed_deployment_recovery(plain(Deployments, deployments=(other, retried)), SERVICE)).value == 2
