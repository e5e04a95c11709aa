from analyzers.risk.backup_retention import backup_retention
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Measured, NotApplicable, Severity
from tests.builders_checks_c import infrastructure, resource


def test_short_retention_is_named_worst_first_and_silence_left_out() -> None:
    outcome = backup_retention(
        infrastructure(
            resource("database", backup_days=7),
            resource("database", backup_days=1, name="a"),
            resource("database", backup_days=0, name="b"),
            resource("database", backup_days=30),
            resource("database"),
            resource("cache", backup_days=0),
        )
    )
    assert isinstance(outcome, Measured)
    assert (outcome.value, outcome.sample) == (50, 4)
    assert [(p.anchor, p.severity) for p in outcome.places] == [
        ("aws_database.b", Severity.HIGH),
        ("aws_database.a", Severity.MEDIUM),
    ]


def test_a_container_for_development_is_no_production_database() -> None:
    assert isinstance(backup_retention(infrastructure(resource("database", "compose"))), NotApplicable)
    assert isinstance(backup_retention(infrastructure()), NotApplicable)


def test_silence_is_unknown() -> None:
    assert isinstance(backup_retention(infrastructure(resource("database"))), Unknown)
