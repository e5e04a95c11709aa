import pytest

from analyzers.process.job_queue import job_queue
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import Job, Run, Runs
from tests.builders_checks_b import measured, plain


def run(*waits: float) -> Run:
    return plain(Run, jobs=tuple(plain(Job, queued_seconds=seconds) for seconds in waits))


def test_the_slowest_tenth_is_taken_over_all_jobs_that_were_read() -> None:
    """Eleven waits: the 90th percentile is the tenth in order, 300 seconds."""
    outcome = measured(job_queue(plain(Runs, runs=(run(*range(0, 80, 10)), run(80, 300, 900), plain(Run)))))
    assert outcome.value == pytest.approx(5)
    assert outcome.sample == 11


def test_unread_jobs_are_unknown_not_quick() -> None:
    assert isinstance(job_queue(plain(Runs, runs=(plain(Run),))), Unknown)


def test_no_runs_and_no_jobs_are_no_question() -> None:
    assert isinstance(job_queue(plain(Runs)), NotApplicable)
    assert isinstance(job_queue(plain(Runs, runs=(run(),))), NotApplicable)
