from analyzers.security.misconfigurations import misconfigurations
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable, Severity
from scanner.facts.infrastructure import Infrastructure, Misconfiguration, Resource
from tests.builders_checks_b import measured, plain


def fault(path: str, severity: Severity) -> Misconfiguration:
    return plain(Misconfiguration, path=path, severity=severity, rule="terraform:public-bucket")


def test_weight_per_file_read() -> None:
    resources = tuple(plain(Resource, path=p) for p in ("a.tf", "a.tf", "b.tf", "c.tf"))
    faults = (fault("a.tf", Severity.LOW), fault("a.tf", Severity.HIGH), fault("Dockerfile", Severity.LOW))
    outcome = measured(misconfigurations(plain(Infrastructure, resources=resources, misconfigurations=faults)))
    assert outcome.value == 1.5, "6 over a.tf, b.tf, c.tf and Dockerfile"
    assert outcome.places[0].severity is Severity.HIGH


def test_unread_and_absent_infrastructure() -> None:
    assert isinstance(misconfigurations(plain(Infrastructure, unparsed=(("a.tf", "too deep"),))), Unknown)
    assert isinstance(misconfigurations(plain(Infrastructure)), NotApplicable)


def test_a_development_container_is_left_out() -> None:
    faults = (fault(".devcontainer/Dockerfile", Severity.MEDIUM),)
    assert isinstance(misconfigurations(plain(Infrastructure, misconfigurations=faults)), NotApplicable)
