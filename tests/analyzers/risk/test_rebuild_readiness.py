from analyzers.risk.rebuild_readiness import rebuild_readiness
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Measured, NotApplicable
from tests.builders_checks_c import (
    container_file,
    containers,
    dependencies,
    infrastructure,
    measured,
    pipeline,
    pipelines,
    resource,
    traits,
    unreadable,
)

MANIFEST = ("package.json", "npm", "manifest")
LOCK = ("package-lock.json", "npm", "lock")


def test_a_missing_lock_and_deployment_cost_half() -> None:
    outcome = rebuild_readiness(
        traits(), dependencies(MANIFEST), containers(container_file()), infrastructure(), pipelines(pipeline("test"))
    )
    assert isinstance(outcome, Measured)
    assert outcome.value == 50
    assert outcome.because.endswith("missing: a pipeline that deploys or releases, locked dependencies")


def test_a_lock_is_not_asked_of_code_without_dependencies() -> None:
    ready = (infrastructure(resource("compute")), pipelines(pipeline("build", "deploy")))
    assert measured(rebuild_readiness(traits(), dependencies(), containers(), *ready)) == 100
    assert measured(rebuild_readiness(traits(), dependencies(MANIFEST, LOCK), containers(), *ready)) == 100


def test_an_unreadable_pipeline_may_deploy() -> None:
    outcome = rebuild_readiness(traits(), dependencies(), containers(container_file()), infrastructure(), unreadable())
    assert isinstance(outcome, Unknown)


def test_a_library_is_not_asked() -> None:
    outcome = rebuild_readiness(traits(deployable=False), dependencies(), containers(), infrastructure(), pipelines())
    assert isinstance(outcome, NotApplicable)
