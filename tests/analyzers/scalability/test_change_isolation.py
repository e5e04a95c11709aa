from analyzers.scalability.change_isolation import change_isolation
from scanner.core.outcomes import Measured, NotApplicable
from scanner.facts.history import ChangeCoupling, CoupledPair
from tests.builders_checks_c import measured, size, source

FILES = (
    source("api/a.py"),
    source("api/b.py"),
    source("web/c.py"),
    source("web/d.py"),
    source("tests/test_a.py", "test"),
)


def test_neighbours_and_tests_may_change_together() -> None:
    pairs = (
        CoupledPair("api/a.py", "web/c.py", 6, 0.5),
        CoupledPair("api/a.py", "api/b.py", 9, 0.9),
        CoupledPair("api/a.py", "tests/test_a.py", 9, 0.9),
        CoupledPair("web/d.py", "gone.py", 9, 0.9),
    )
    outcome = change_isolation(ChangeCoupling(365, 40, pairs), size(files=FILES))
    assert isinstance(outcome, Measured)
    assert (outcome.value, outcome.sample) == (50, 40)
    assert [(p.path, p.anchor) for p in outcome.places] == [("api/a.py", "web/c.py")]


def test_quiet_code_is_not_judged_and_uncoupled_code_is_best() -> None:
    assert isinstance(change_isolation(ChangeCoupling(365, 0, ()), size(files=FILES)), NotApplicable)
    assert isinstance(change_isolation(ChangeCoupling(365, 9, ()), size()), NotApplicable)
    assert measured(change_isolation(ChangeCoupling(365, 9, ()), size(files=FILES))) == 0
