from analyzers.security.dependency_inventory import dependency_inventory
from scanner.core.outcomes import NotApplicable
from scanner.facts.dependencies import Dependencies, Dependency
from scanner.facts.forge import DependencyGraph
from tests.builders_checks_b import measured, plain


def using(*urls: str) -> Dependencies:
    return plain(Dependencies, dependencies=tuple(plain(Dependency, purl=url) for url in urls))


def test_ecosystems_count_not_packages() -> None:
    graph = DependencyGraph((("githubactions", 4), ("npm", 0), ("pypi", 1)), None)
    outcome = measured(dependency_inventory(graph, using("pkg:pypi/a@1", "pkg:pypi/b@1", "pkg:npm/%40x/c@1", "")))
    assert outcome.value == 50
    assert outcome.because == "the inventory lists 5 packages of 1 of 2 ecosystems in use; none of npm"


def test_switched_off_covers_nothing_and_without_packages_there_is_no_question() -> None:
    off = DependencyGraph((), None)
    assert measured(dependency_inventory(off, using("pkg:cargo/serde@1"))).value == 0
    assert isinstance(dependency_inventory(off, using()), NotApplicable)
