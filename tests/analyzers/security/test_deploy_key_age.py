from datetime import timedelta

from analyzers.security.deploy_key_age import deploy_key_age
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.engagement import Moment
from scanner.facts.forge import RepositoryAccess
from tests.builders import AS_OF
from tests.builders_checks_b import measured, plain

NOW = Moment(AS_OF)


def test_age_runs_from_the_oldest_key_to_the_moment_of_the_scan() -> None:
    access = plain(RepositoryAccess, deploy_keys=2, oldest_key_at=AS_OF - timedelta(days=700, hours=12))
    assert measured(deploy_key_age(access, NOW)).value == 700.5


def test_no_key_is_no_question_and_no_date_no_answer() -> None:
    assert isinstance(deploy_key_age(plain(RepositoryAccess), NOW), NotApplicable)
    assert isinstance(deploy_key_age(plain(RepositoryAccess, deploy_keys=1), NOW), Unknown)
