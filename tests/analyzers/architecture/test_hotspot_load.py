from analyzers.architecture.hotspot_load import hotspot_load
from scanner.core.outcomes import NotApplicable
from scanner.facts.code import Function, Functions
from scanner.facts.history import FileChange, FileChanges
from tests.builders_checks_b import measured, plain


def code(complexity: list[int]) -> Functions:
    made = tuple(plain(Function, path=f"{i:02}.py", complexity=c) for i, c in enumerate(complexity))
    return plain(Functions, functions=made, code_lines=9, code_lines_measured=9)


def changed(revisions: list[int], *extra: FileChange) -> FileChanges:
    made = (plain(FileChange, path=f"{i:02}.py", revisions_365_days=r) for i, r in enumerate(revisions))
    return plain(FileChanges, files=(*made, *extra))


def test_only_files_high_in_both_count_and_other_files_are_left_out() -> None:
    revisions = [30, 20, *[1] * 18, 32]
    complexity = [90, 1, *[2] * 18, 95]
    outcome = measured(
        hotspot_load(changed(revisions, plain(FileChange, path="README", revisions_365_days=500)), code(complexity))
    )
    assert outcome.value == 62, "(30 + 32) of 100"
    assert [p.path for p in outcome.places] == ["20.py", "00.py"]


def test_even_files_are_no_hotspots() -> None:
    assert measured(hotspot_load(changed([3] * 20), code([4] * 20))).value == 0


def test_few_or_resting_files_are_not_judged() -> None:
    assert isinstance(hotspot_load(changed([9] * 19), code([9] * 19)), NotApplicable)
    assert isinstance(hotspot_load(changed([0] * 20), code([9] * 20)), NotApplicable)
