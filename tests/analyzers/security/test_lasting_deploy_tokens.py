from datetime import timedelta

from analyzers.security.lasting_deploy_tokens import lasting_deploy_tokens
from scanner.core.outcomes import NotApplicable, Severity
from scanner.facts.engagement import Moment
from scanner.facts.forge import DeployToken, RepositoryAccess
from tests.builders import AS_OF
from tests.builders_checks_b import measured, plain

NOW = Moment(AS_OF)


def test_tokens_count_that_end_within_a_year() -> None:
    tokens = (
        DeployToken("endless", ("read_registry", "write_registry"), None),
        DeployToken("far", ("read_repository",), AS_OF + timedelta(days=366)),
        DeployToken("a year", ("read_repository",), AS_OF + timedelta(days=365)),
        DeployToken("soon", ("write_package_registry",), AS_OF + timedelta(days=1)),
    )
    found = measured(lasting_deploy_tokens(plain(RepositoryAccess, deploy_tokens=tokens), NOW))
    assert found.value == 50.0
    assert "2 of 4 deploy tokens end within a year; 2 may write" in found.because
    assert [(p.anchor, p.severity) for p in found.places] == [
        ("deploy token endless", Severity.MEDIUM),
        ("deploy token far", Severity.LOW),
    ]


def test_a_forge_without_such_tokens_and_a_repository_without_any_are_not_judged() -> None:
    assert isinstance(lasting_deploy_tokens(plain(RepositoryAccess), NOW), NotApplicable)
    assert isinstance(lasting_deploy_tokens(plain(RepositoryAccess, deploy_tokens=()), NOW), NotApplicable)
