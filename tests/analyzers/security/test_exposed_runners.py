from analyzers.security.exposed_runners import exposed_runners
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable, Severity
from scanner.facts.forge import AutomationSettings, ForgeRepository, Job, Run, Runs
from tests.builders_checks_b import measured, plain

PUBLIC = plain(ForgeRepository, visibility="public")
NO_RUNS = plain(Runs)
OWN = plain(Runs, runs=(plain(Run), plain(Run, jobs=(plain(Job), plain(Job, self_hosted=True)))))
HOSTED = plain(Runs, runs=(plain(Run, jobs=(plain(Job),)),))


def test_a_machine_is_seen_by_its_registration_or_by_its_jobs() -> None:
    registered = measured(exposed_runners(plain(AutomationSettings, self_hosted_runners=1), PUBLIC, HOSTED))
    assert (registered.value, [p.severity for p in registered.places]) == (0, [Severity.HIGH])
    assert measured(exposed_runners(plain(AutomationSettings, self_hosted_runners=0), PUBLIC, OWN)).value == 0
    assert measured(exposed_runners(plain(AutomationSettings), PUBLIC, OWN)).value == 0
    assert measured(exposed_runners(plain(AutomationSettings, self_hosted_runners=0), PUBLIC, HOSTED)).value == 100


def test_machines_that_are_not_shown_are_not_absent() -> None:
    assert isinstance(exposed_runners(plain(AutomationSettings), PUBLIC, HOSTED), Unknown)


def test_private_code_and_switched_off_pipelines_are_no_question() -> None:
    for visibility in ("private", "internal"):
        record = plain(ForgeRepository, visibility=visibility)
        assert isinstance(exposed_runners(plain(AutomationSettings, self_hosted_runners=1), record, OWN), NotApplicable)
    assert isinstance(exposed_runners(plain(AutomationSettings, enabled=False), PUBLIC, NO_RUNS), NotApplicable)
