import pytest

from analyzers.adaptation.code_half_life import code_half_life
from scanner.core.outcomes import NotApplicable
from scanner.facts.history import FileLineChange, LineChanges
from scanner.facts.tree import CodeSize, FileLines
from tests.builders import AS_OF
from tests.builders_checks_a import measured

SIZE = CodeSize(
    (),
    (FileLines("a.py", "Python", "product", 1000, 200), FileLines("t.py", "Python", "test", 900, 0)),
    1000, 900, 0, 0,
)  # fmt: skip


def changed(added: int, deleted: int, commits: int = 20) -> LineChanges:
    files = (FileLineChange("a.py", added, deleted), FileLineChange("t.py", 5000, 5000), FileLineChange("x.md", 9, 9))
    return LineChanges(AS_OF, 365, commits, 0, 1.0, 1.0, added, deleted, 0, (), files)


@pytest.mark.parametrize(
    ("added", "deleted", "years"),
    [
        (700, 500, 1.0),  # 500 of 1000 lines of a year ago: half of them
        (950, 750, 0.5),  # 750 of 1000: half of the half as well
        (292, 292, 2.487),  # 292 of 1200: ln 2 / −ln 0.75667 = 0.693147 / 0.278833
        (100, 0, 50.0),
        (1, 1, 50.0),  # 831 years
    ],
)
def test_the_half_life_by_hand(added: int, deleted: int, years: float) -> None:
    outcome = measured(code_half_life(changed(added, deleted), SIZE))
    assert outcome.value == pytest.approx(years, abs=0.002)


def test_more_deleted_than_there_can_have_been_is_bounded() -> None:
    size = CodeSize((), (FileLines("a.py", "Python", "product", 1, 0),), 1, 0, 0, 0)
    outcome = measured(code_half_life(changed(0, 5000), size))
    assert 0 < outcome.value < 0.11


def test_young_or_quiet_code_does_not_apply() -> None:
    assert isinstance(code_half_life(changed(700, 500, commits=19), SIZE), NotApplicable)
    assert isinstance(code_half_life(changed(701, 500), SIZE), NotApplicable)  # 999 lines a year ago
