from datetime import timedelta

from analyzers.process.pipeline_duration import pipeline_duration
from scanner.core.outcomes import NotApplicable
from scanner.facts.forge import Run, Runs
from tests.builders import AS_OF
from tests.builders_checks_b import measured, plain


def run(minutes: float, **given: object) -> Run:
    defaults = {"event": "push", "attempt": 1, "created_at": AS_OF, "finished_at": AS_OF + timedelta(minutes=minutes)}
    return plain(Run, **(defaults | given))


def test_queue_counts_but_reruns_nightlies_and_cancelled_runs_do_not() -> None:
    made = (
        *(run(m, started_at=AS_OF + timedelta(minutes=m)) for m in range(21)),
        run(3000, attempt=2),
        run(500, event="schedule"),
        run(500, conclusion="cancelled"),
    )
    outcome = measured(pipeline_duration(plain(Runs, window_days=90, runs=made)))
    assert outcome.value == 19, "index 0.95 × 20 of 0 … 20"
    assert outcome.sample == 21


def test_no_runs() -> None:
    assert isinstance(pipeline_duration(plain(Runs, runs=(run(5, event="schedule"),))), NotApplicable)
