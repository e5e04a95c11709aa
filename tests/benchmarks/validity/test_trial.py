from datetime import UTC, datetime

import pytest

from benchmarks.validity.candidates import Candidate, candidates
from benchmarks.validity.past import File, Snapshot, is_fix, is_narrow_fix
from benchmarks.validity.trial import Agreement, by_repository, chosen, split, usable
from scanner.commits import Commit
from tests.builders_commits import commit as made

DAY = datetime(2025, 1, 1, tzinfo=UTC)


def file(lines: int, fixes: int = 0, ages: tuple[float, ...] = (), complexity: int = 1) -> File:
    return File("a.py", lines, complexity, ages, (), None, fixes, 0)


def snapshot(name: str, hits: int = 3, others: int = 7) -> Snapshot:
    return Snapshot(name, DAY, (*(file(20, 1) for _ in range(hits)), *(file(10) for _ in range(others))))


def commit(subject: str, body: str = "", files: int = 1) -> Commit:
    return made(at=DAY, subject=subject, body=body, paths=[f"{i}.py" for i in range(files)])


def test_a_snapshot_needs_files_of_both_kinds() -> None:
    assert usable(snapshot("a"))
    assert not usable(snapshot("a", hits=2, others=8))
    assert not usable(snapshot("a", hits=8, others=2))
    assert not usable(snapshot("a", hits=3, others=6))


def test_halves_are_those_of_the_names_whatever_the_order() -> None:
    seen = [snapshot(name) for name in "abcd"]
    training, held_out = split(seen)
    assert (len(training), len(held_out), len(training | held_out)) == (2, 2, 4)
    assert split([*seen[::-1], snapshot("tiny", hits=0)]) == (training, held_out)


def test_snapshots_are_averaged_within_their_repository() -> None:
    size = Candidate("size", lambda files: [f.lines for f in files], 1)
    flat = Snapshot("a", DAY, tuple(file(10, fixes) for fixes in (1, 1, 1, 0, 0, 0, 0, 0, 0, 0)))
    told = by_repository(size.score, [snapshot("a"), flat, snapshot("b")], {"a"})
    assert list(told) == ["a"]
    assert told["a"].area == pytest.approx(0.75), "1 where the fixed files are larger, 0.5 where all are equal"
    assert told["a"].caught == pytest.approx((13 / 60 + 0.1) / 2), "13 of the 60 lines that hold all fixes; a tenth"


def test_among_equal_areas_the_lines_to_read_decide_then_simplicity() -> None:
    a, b, c = (
        Candidate(name, lambda files: [0.0] * len(files), inputs) for name, inputs in (("a", 1), ("b", 3), ("c", 2))
    )
    assert chosen([(a, Agreement(0.82, 0.10)), (b, Agreement(0.815, 0.13)), (c, Agreement(0.80, 0.30))]) is b
    assert chosen([(b, Agreement(0.82, 0.13)), (c, Agreement(0.815, 0.13))]) is c


def test_the_present_definition_by_hand() -> None:
    product = next(c for c in candidates() if "ARC-003" in c.name)
    assert product.score([file(9, ages=(1, 364, 366), complexity=7), file(9, ages=(), complexity=50)]) == [14, 0]


def test_a_change_weighs_half_after_its_half_life() -> None:
    recent = next(c for c in candidates() if c.name == "recent 90")
    assert recent.score([file(9, ages=(0, 90, 180))]) == [1.75]


@pytest.mark.parametrize(
    ("subject", "fix", "narrow"),
    [
        ("fix: leak of sockets (#12)", True, True),
        ("Fix leak of sockets", True, False),
        ("Fix typo (#12)", True, False),
        ("Add sockets (#12)", False, False),
        ("chore: CVE-2024-12345 in parser, see #9", True, True),
    ],
)
def test_what_counts_as_a_fix(subject: str, fix: bool, narrow: bool) -> None:
    assert (is_fix(commit(subject)), is_narrow_fix(commit(subject))) == (fix, narrow)


def test_a_sweep_is_no_narrow_fix() -> None:
    assert is_narrow_fix(commit("Fix leaks", "Closes #3", files=10))
    assert not is_narrow_fix(commit("Fix leaks", "Closes #3", files=11))
