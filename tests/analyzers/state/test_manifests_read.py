from analyzers.state.manifests_read import manifests_read
from scanner.core.outcomes import NotApplicable
from scanner.facts.dependencies import Dependencies, Manifest
from tests.builders_checks_a import measured


def test_a_manifest_with_a_problem_is_unread() -> None:
    manifests = (
        Manifest("package.json", "npm", "manifest", ""),
        Manifest("package-lock.json", "npm", "lock", "too deep"),
        Manifest("go.mod", "Go", "manifest", ""),
        Manifest("go.sum", "Go", "lock", ""),
    )
    outcome = measured(manifests_read(Dependencies(manifests, ())))
    assert outcome.value == 75
    assert [p.path for p in outcome.places] == ["package-lock.json"]


def test_no_manifests_is_no_share() -> None:
    assert isinstance(manifests_read(Dependencies((), ())), NotApplicable)
