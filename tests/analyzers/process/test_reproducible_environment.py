from analyzers.process.reproducible_environment import reproducible_environment
from scanner.core.outcomes import NotApplicable
from scanner.facts.ci import Automation
from scanner.facts.dependencies import Dependencies, Dependency, Manifest
from scanner.facts.infrastructure import ContainerFile, Containers, RuntimeTraits
from scanner.facts.tree import CodeSize
from tests.builders_checks_b import measured, plain

CODE = plain(CodeSize, product_code=100)
SERVICE, LIBRARY = plain(RuntimeTraits, deployable=True), plain(RuntimeTraits)
RANGED = (plain(Dependency, name="flask", requirement=">=3"),)


def test_each_sign_counts_once() -> None:
    locked = Dependencies((plain(Manifest, kind="lock"),), RANGED)
    full = plain(Automation, task_runners=("make",), dev_environments=(".devcontainer",))
    boxed = plain(Containers, files=(plain(ContainerFile),))
    assert measured(reproducible_environment(locked, full, boxed, CODE, SERVICE)).value == 100
    open_ended = Dependencies((plain(Manifest, kind="manifest"),), RANGED)
    assert measured(reproducible_environment(open_ended, plain(Automation), boxed, CODE, SERVICE)).value == 100 / 3


def test_without_dependencies_no_lock_is_asked() -> None:
    outcome = reproducible_environment(plain(Dependencies), plain(Automation), plain(Containers), CODE, SERVICE)
    assert measured(outcome).because == "missing: a task runner, an environment described as a file"


def test_no_code() -> None:
    nothing = (plain(Dependencies), plain(Automation), plain(Containers), plain(CodeSize), SERVICE)
    assert isinstance(reproducible_environment(*nothing), NotApplicable)


def test_a_library_in_a_language_with_its_own_runner_lacks_only_a_described_environment() -> None:
    crate = Dependencies((plain(Manifest, kind="manifest", ecosystem="crates.io"),), RANGED)
    outcome = measured(reproducible_environment(crate, plain(Automation), plain(Containers), CODE, LIBRARY))
    assert (outcome.value, outcome.because) == (50, "missing: an environment described as a file")


def test_versions_that_a_maven_parent_fixes_are_exact() -> None:
    managed = (plain(Dependency, name="org.acme:web", ecosystem="Maven"),)
    pom = Dependencies((plain(Manifest, kind="manifest", ecosystem="Maven"),), managed)
    boxed = plain(Containers, files=(plain(ContainerFile),))
    assert measured(reproducible_environment(pom, plain(Automation), boxed, CODE, SERVICE)).value == 100
