import pytest

from scanner.pipeline.drawings.folders import folded, folder_of, shown


@pytest.mark.parametrize(
    ("path", "folder"),
    [("a/b/c.py", "a/b"), ("c.py", ""), ("x/" * 20 + "y", "/".join("x" * 12)), ("", "")],
)
def test_the_folder_of_a_path(path: str, folder: str) -> None:
    assert folder_of(path) == folder


def test_folders_stay_apart_as_deep_as_they_may() -> None:
    folders = ["a/b", "a/c", "a/c/d", "e"]
    assert folded(folders, 4) == {f: f for f in folders}
    assert folded(folders, 3) == {"a/b": "a/b", "a/c": "a/c", "a/c/d": "a/c", "e": "e"}
    assert folded(folders, 2) == {"a/b": "a", "a/c": "a", "a/c/d": "a", "e": "e"}


def test_too_many_at_the_top_leave_those_that_hold_most() -> None:
    """x holds three and y two; with room for two names, one of them stands for all others."""
    assert folded(["x", "x", "x", "y", "y", "z"], 2) == {"x": "x", "y": "", "z": ""}


def test_an_endless_path_keeps_its_end_and_loses_its_marks() -> None:
    assert shown("a" * 300 + "/end.py").endswith("/end.py")
    assert len(shown("a" * 300)) == 200
    assert shown("a\u202eb\nc") == "ab c"
