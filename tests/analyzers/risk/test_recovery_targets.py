from analyzers.risk.recovery_targets import recovery_targets
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Measured, NotApplicable
from scanner.facts.engagement import System
from tests.builders_checks_c import engagement


def test_one_target_alone_is_not_enough() -> None:
    systems = (
        System("pay", ("pay",), 1, rto_hours=4, rpo_hours=0),
        System("shop", ("shop",), 2, rto_hours=4),
        System("blog", ("blog",), 3),
    )
    outcome = recovery_targets(engagement(systems=systems))
    assert isinstance(outcome, Measured)
    assert outcome.value == 50
    assert [p.anchor for p in outcome.places] == ["shop"]


def test_silence_is_unknown_and_nothing_critical_is_not_applicable() -> None:
    assert isinstance(recovery_targets(engagement()), Unknown)
    assert isinstance(recovery_targets(engagement(systems=(System("blog", ("blog",), 3),))), NotApplicable)
