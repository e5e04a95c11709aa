import pytest

from analyzers.strategy.parallel_majors import parallel_majors
from scanner.core.outcomes import NotApplicable
from scanner.facts.dependencies import Dependencies, Dependency
from tests.builders_checks_a import across, measured


def locked(name: str, version: str, *, direct: bool = True) -> Dependency:
    return Dependency("npm", name, version, "", f"pkg:npm/{name}", direct, "runtime", "package-lock.json", 1)


def packages(*dependencies: Dependency) -> Dependencies:
    return Dependencies((), dependencies)


def test_majors_are_compared_between_repositories() -> None:
    facts = across(
        a=packages(locked("react", "16.1.0"), locked("vue", "3.1.0"), locked("zero", "0.3.1"), locked("only", "1.0")),
        b=packages(locked("react", "18.0.0"), locked("vue", "v3.9.2"), locked("zero", "0.4.0"), locked("vue", "")),
    )
    outcome = measured(parallel_majors(facts))
    assert outcome.value == pytest.approx(200 / 3)
    assert outcome.sample == 3
    assert [p.anchor for p in outcome.places] == ["npm:react", "npm:zero"]


def test_transitive_and_ranged_packages_say_nothing() -> None:
    inner = packages(locked("react", "16.1.0", direct=False), locked("vue", ""), locked("tip", "latest"))
    assert isinstance(parallel_majors(across(a=inner, b=inner)), NotApplicable)
