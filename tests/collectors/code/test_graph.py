from __future__ import annotations

from collectors.code.graph import parents


def test_folders_above_a_path_nearest_first() -> None:
    assert list(parents("a/b/c.py")) == ["a/b", "a", ""]
    assert list(parents("c.py")) == [""]
