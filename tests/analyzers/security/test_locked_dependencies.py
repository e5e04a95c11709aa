from analyzers.security.locked_dependencies import locked_dependencies
from scanner.core.outcomes import NotApplicable
from scanner.facts.dependencies import Dependencies, Dependency, Manifest
from scanner.facts.infrastructure import RuntimeTraits
from tests.builders_checks_b import measured, plain

SERVICE = plain(RuntimeTraits, deployable=True)


def manifest(path: str, ecosystem: str = "npm", kind: str = "manifest") -> Manifest:
    return plain(Manifest, path=path, ecosystem=ecosystem, kind=kind)


def open_version(path: str) -> Dependency:
    return plain(Dependency, path=path, requirement="^1")


def test_a_lock_of_a_workspace_covers_what_lies_below_but_not_beside_or_of_other_ecosystems() -> None:
    manifests = (
        manifest("web/package.json"), manifest("web/app/package.json"), manifest("web/package-lock.json", kind="lock"),
        manifest("tool/package.json"), manifest("web/pyproject.toml", "PyPI"), manifest("empty/package.json"),
        manifest("requirements.txt", "PyPI"),
    )  # fmt: skip
    named = ("web/package.json", "web/app/package.json", "tool/package.json", "web/pyproject.toml")
    dependencies = (*map(open_version, named), plain(Dependency, path="requirements.txt", version="1.2"))
    outcome = measured(locked_dependencies(Dependencies(manifests, dependencies), SERVICE))
    assert outcome.value == 60
    assert [p.path for p in outcome.places] == ["tool/package.json", "web/pyproject.toml"]


def test_libraries_and_empty_trees() -> None:
    library = Dependencies((manifest("package.json"),), (open_version("package.json"),))
    assert isinstance(locked_dependencies(library, plain(RuntimeTraits)), NotApplicable)
    assert isinstance(locked_dependencies(plain(Dependencies), SERVICE), NotApplicable)


def test_what_a_maven_parent_fixes_needs_no_lock_but_a_range_does() -> None:
    managed = plain(Dependency, path="a/pom.xml", ecosystem="Maven")
    ranged = plain(Dependency, path="b/pom.xml", ecosystem="Maven", requirement="[1.0,2.0)")
    poms = (manifest("a/pom.xml", "Maven"), manifest("b/pom.xml", "Maven"))
    outcome = measured(locked_dependencies(Dependencies(poms, (managed, ranged)), SERVICE))
    assert (outcome.value, [p.path for p in outcome.places]) == (50, ["b/pom.xml"])
