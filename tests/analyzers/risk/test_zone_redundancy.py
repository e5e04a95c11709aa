from analyzers.risk.zone_redundancy import zone_redundancy
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Measured, NotApplicable
from tests.builders_checks_c import infrastructure, resource


def test_only_stores_that_say_are_counted() -> None:
    outcome = zone_redundancy(
        infrastructure(
            resource("database", multi_zone=True),
            resource("cache", multi_zone=False, name="sessions"),
            resource("database"),
            resource("compute", multi_zone=False),
        )
    )
    assert isinstance(outcome, Measured)
    assert outcome.value == 50
    assert [p.anchor for p in outcome.places] == ["aws_cache.sessions"]


def test_silence_and_absence_differ() -> None:
    assert isinstance(zone_redundancy(infrastructure(resource("database"))), Unknown)
    assert isinstance(zone_redundancy(infrastructure(resource("compute"))), NotApplicable)
