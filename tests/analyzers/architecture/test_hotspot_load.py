import pytest

from analyzers.architecture.hotspot_load import hotspot_load
from scanner.core.outcomes import NotApplicable
from scanner.facts.code import Function, Functions
from scanner.facts.history import CommitActivity, FileChange, FileChanges
from tests.builders_checks_b import measured, plain

WORK = plain(CommitActivity, commits_365_days=50)


def code(complexity: list[int]) -> Functions:
    made = tuple(plain(Function, path=f"{i:02}.py", complexity=c) for i, c in enumerate(complexity))
    return plain(Functions, functions=made, code_lines=9, code_lines_measured=9)


def changed(revisions: list[int], *extra: FileChange) -> FileChanges:
    made = (plain(FileChange, path=f"{i:02}.py", revisions_365_days=r) for i, r in enumerate(revisions))
    return plain(FileChanges, files=(*made, *extra))


def test_only_files_high_in_both_count_and_other_files_are_left_out() -> None:
    revisions, complexity = [40, 20, 12, *[1] * 28], [90, 95, 2, 99, *[2] * 27]
    readme = plain(FileChange, path="README", revisions_365_days=500)
    outcome = measured(hotspot_load(changed(revisions, readme), WORK, code(complexity)))
    assert outcome.value == 60, "(40 + 20) of 100: 02.py is only busy, 03.py only complex"
    assert [p.path for p in outcome.places] == ["00.py", "01.py"]


@pytest.mark.parametrize(
    ("revisions", "complexity"), [([3] * 20, [4] * 20), ([3] * 20, [*[4] * 19, 9]), ([*[3] * 19, 9], [4] * 20)]
)
def test_even_files_are_no_hotspots(revisions: list[int], complexity: list[int]) -> None:
    assert measured(hotspot_load(changed(revisions), WORK, code(complexity))).value == 0


def test_a_year_without_commits_is_not_judged() -> None:
    assert isinstance(hotspot_load(changed([9] * 20), plain(CommitActivity), code([9] * 20)), NotApplicable)


def test_few_or_resting_files_are_not_judged() -> None:
    assert isinstance(hotspot_load(changed([9] * 19), WORK, code([9] * 19)), NotApplicable)
    assert isinstance(hotspot_load(changed([0] * 20), WORK, code([9] * 20)), NotApplicable)
