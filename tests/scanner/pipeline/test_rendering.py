"""A picture is drawn once, and is the same whether it is drawn or found again."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports import charts
from scanner.pipeline.rendering import Pictures

SPEC = {
    "data": {"values": [{"a": 3}]},
    "mark": "point",
    "encoding": {"x": {"field": "a", "type": "quantitative"}},
}


def _forbidden(*_: object) -> str:
    raise AssertionError("it is drawn again")


def test_a_kept_picture_is_not_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = charts.draw(SPEC)
    with charts.drawing_once(Pictures(tmp_path)):
        assert charts.draw(SPEC) == alone
        monkeypatch.setattr(charts, "_convert", _forbidden)
        assert charts.draw(SPEC) == alone
        with pytest.raises(AssertionError, match="drawn again"):
            charts.draw({**SPEC, "mark": "bar"})
        with pytest.raises(AssertionError, match="drawn again"):
            charts.draw(SPEC, "serif")
    with pytest.raises(AssertionError, match="drawn again"):
        charts.draw(SPEC)


def test_another_version_of_the_library_draws_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Pictures(tmp_path).put("x", "<svg/>")
    assert Pictures(tmp_path).get("x") == "<svg/>"
    monkeypatch.setattr("scanner.pipeline.rendering.version", lambda _: "0")
    assert Pictures(tmp_path).get("x") is None


def test_a_folder_that_cannot_be_used_only_means_drawing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    pictures = Pictures(tmp_path / "file")
    pictures.put("x", "<svg/>")
    assert pictures.get("x") is None
