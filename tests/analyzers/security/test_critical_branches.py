from analyzers.security.critical_branches import critical_branches
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable, Severity
from scanner.facts.engagement import Engagement, System
from scanner.facts.forge import BranchProtection
from tests.builders_checks_b import across, measured, plain, repo

SAFE, OPEN = plain(BranchProtection, protected=True), plain(BranchProtection)
FORCED = plain(BranchProtection, protected=True, allows_force_push=True)


def engagement(criticality: int, *repos: str) -> Engagement:
    return Engagement("Acme", systems=(System("shop", repos, criticality), System("site", ("docs",), 3)))


def test_only_critical_repositories_count_by_name_or_pattern() -> None:
    rules = across(api=SAFE, pay_eu=OPEN, pay_us=FORCED, docs=OPEN, web=SAFE)
    outcome = measured(critical_branches(engagement(2, "api", "acme/pay_*", "web"), rules))
    assert outcome.value == 50
    assert [(p.subject, p.severity) for p in outcome.places] == [
        (repo("acme/pay_eu"), Severity.HIGH),
        (repo("acme/pay_us"), Severity.HIGH),
    ]


def test_nothing_critical_and_nothing_readable() -> None:
    assert isinstance(critical_branches(engagement(3, "api"), across(api=OPEN)), NotApplicable)
    assert isinstance(critical_branches(engagement(1, "api"), across(docs=OPEN)), Unknown)
