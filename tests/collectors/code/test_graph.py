from __future__ import annotations

from collectors.code.graph import joined, nearest, parents


def test_folders_above_a_path_nearest_first() -> None:
    assert list(parents("a/b/c.py")) == ["a/b", "a", ""]
    assert list(parents("c.py")) == [""]


def test_nearest_shares_most_folders() -> None:
    assert nearest("a/b/c.x", ("z.x", "a/y.x", "a/b/z.x")) == "a/b/z.x"
    assert nearest("a/b/c.x", ("q/2.x", "p/1.x")) == "p/1.x"
    assert nearest("a", ()) == ""


def test_joined_never_leaves_the_repository() -> None:
    assert joined("a/b", "../c/./d") == "a/c/d"
    assert joined("", "x//y") == "x/y"
    assert joined("a", "../../etc") == ""
