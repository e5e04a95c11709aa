from analyzers.vendors.unversioned_dependencies import unversioned_dependencies
from scanner.core.outcomes import NotApplicable
from scanner.facts.dependencies import Dependencies, Dependency
from scanner.facts.infrastructure import RuntimeTraits
from tests.builders_checks_b import measured, plain

SERVICE = plain(RuntimeTraits, deployable=True)


def package(name: str, version: str = "", *, direct: bool = True, ecosystem: str = "npm") -> Dependency:
    return plain(Dependency, name=name, version=version, direct=direct, ecosystem=ecosystem)


def test_a_lock_file_supplies_the_version_but_not_across_ecosystems() -> None:
    packages = (
        package("react"), package("react", "19.1.0"), package("left-pad", "1.0", direct=False),
        package("requests"), package("requests", "2.0", ecosystem="PyPI", direct=False),
    )  # fmt: skip
    assert measured(unversioned_dependencies(Dependencies((), packages), SERVICE)).value == 50


def test_libraries_and_empty_trees() -> None:
    assert isinstance(unversioned_dependencies(Dependencies((), (package("a"),)), plain(RuntimeTraits)), NotApplicable)
    assert isinstance(unversioned_dependencies(plain(Dependencies), SERVICE), NotApplicable)


def test_versions_that_a_maven_parent_fixes_are_not_asked_for_here() -> None:
    packages = (package("web", ecosystem="Maven"), package("own", "1.0", ecosystem="Maven"))
    assert measured(unversioned_dependencies(Dependencies((), packages), SERVICE)).value == 100
    assert isinstance(unversioned_dependencies(Dependencies((), packages[:1]), SERVICE), NotApplicable)
