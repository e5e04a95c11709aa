from analyzers.measurement.kpi_completeness import kpi_completeness
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Measured
from scanner.facts.engagement import Kpi
from tests.builders_checks_c import engagement


def test_owner_and_target_are_both_needed() -> None:
    kpis = (
        Kpi("lead time", owner="cto", target="1 d"),
        Kpi("uptime", owner="cto"),
        Kpi("churn", target="2 %"),
        Kpi("nps", "", "cpo", "40"),
    )
    outcome = kpi_completeness(engagement(kpis=kpis))
    assert isinstance(outcome, Measured)
    assert outcome.value == 50
    assert [p.anchor for p in outcome.places] == ["uptime", "churn"]


def test_silence_is_unknown() -> None:
    assert isinstance(kpi_completeness(engagement()), Unknown)
