"""The pictures of a report: Vega-Lite specifications with inline data, drawn to SVG.

Every picture also stands in the report as a table, so none carries a figure alone. Colours keep
their order for colour-blind readers and in grey print. Sizes are fixed (``autosize`` none), so a
picture does not depend on the fonts of the machine that draws it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import product
from typing import Any, Protocol

from reports import words
from reports.document.rows import is_open
from scanner.core.assessment import Assessment, StageScore
from scanner.core.outcomes import Severity
from scanner.core.stages import Stage

Spec = dict[str, Any]
INK, MUTED, GRID = "#1b2733", "#5b6875", "#dfe5ea"
LEVEL_COLOURS = ("#a63603", "#e08214", "#b8a26a", "#4292c6", "#08519c")
"""Levels 1 to 5: dark orange over sand to dark blue; told apart with every common colour blindness."""
SEVERITY_COLOURS = {"critical": "#67000d", "high": "#cb181d", "medium": "#fb8a5c", "low": "#fcc5a5", "info": "#d5dbe1"}
HORIZON_COLOURS = {
    "now": "#67000d",
    "30 days": "#e08214",
    "60 days": "#b8a26a",
    "100 days": "#4292c6",
    "year": "#08519c",
}
WIDTH = 860
"""Width of every picture in pixels."""
_DIALECT = "v5.20"


class Drawn(Protocol):
    """Pictures that were drawn before, by all that they are drawn from."""

    def get(self, specification: str) -> str | None:
        """The SVG drawn from ``specification``, None when there is none."""

    def put(self, specification: str, svg: str) -> None:
        """Keep what was drawn."""


_drawn: ContextVar[Drawn | None] = ContextVar("drawn", default=None)


@contextmanager
def drawing_once(drawn: Drawn) -> Iterator[None]:
    """Inside, what ``drawn`` has is not drawn again: a picture is a function of its specification, and costs more than all else of a report."""
    before = _drawn.set(drawn)
    try:
        yield
    finally:
        _drawn.reset(before)


def charts(assessment: Assessment, font: str = "sans-serif") -> dict[str, str]:
    """The pictures by name as SVG text; a picture with nothing to show is left out."""
    specs = {
        "stages": stages(assessment),
        "practices": practices(assessment),
        "findings": findings(assessment),
        "effort": effort(assessment),
        "risks": risks(assessment),
        "trend": trend(assessment),
        "history": history(assessment),
    }
    return {name: draw(spec, font) for name, spec in specs.items() if spec is not None}


def draw(spec: Spec, font: str = "sans-serif") -> str:
    """``spec`` as SVG. Nothing is loaded from anywhere: data is inline and no address is allowed."""
    axis = {"labelColor": INK, "titleColor": MUTED, "gridColor": GRID, "domainColor": GRID, "tickColor": GRID,
            "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "labelLimit": 0}  # fmt: skip
    config = {"font": font, "view": {"stroke": None}, "axis": axis, "background": "white",
              "legend": {"labelFontSize": 11, "titleFontSize": 11, "labelColor": INK, "titleColor": MUTED}}  # fmt: skip
    whole = {**spec, "config": config}
    named, drawn = json.dumps([_DIALECT, whole]), _drawn.get()
    svg = drawn.get(named) if drawn is not None else None
    if svg is None:
        svg = _convert(whole)
        if drawn is not None:
            drawn.put(named, svg)
    return svg


def _convert(whole: Spec) -> str:
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(whole, vl_version=_DIALECT, allowed_base_urls=[])
    return svg


def stages(assessment: Assessment) -> Spec:
    """Sixteen bars of score with interval whiskers over the bands of the levels; hatched where not assessable."""
    known, unknown, hatch = [], [], []
    for s in _ordered(assessment):
        row = {"stage": _label(s.stage), "low": s.low, "high": s.high, "level": s.level or 0}
        if s.assessable and s.score is not None:
            text = f"{words.points(s.score)}  ({words.interval(s.low, s.high)})   level {s.level or '–'}"
            known.append({**row, "score": s.score, "text": text})
            continue
        unknown.append({**row, "text": f"not assessable  ({words.interval(s.low, s.high)})"})
        hatch += [{"stage": row["stage"], "x": s.low + 2 * i} for i in range(int((s.high - s.low) // 2) + 1)]
    order = [_label(s.stage) for s in _ordered(assessment)]
    y = _rows_axis(order)
    bars = [
        _layer(known, {"type": "bar", "height": 13}, y, x=_x("score"), color=_level_colour()),
        _layer(known, {"type": "rule", "strokeWidth": 1.4, "color": INK}, y, x=_x("low"), x2={"field": "high"}),
        _layer(known, {"type": "tick", "thickness": 1.4, "size": 9, "color": INK}, y, x=_x("low")),
        _layer(known, {"type": "tick", "thickness": 1.4, "size": 9, "color": INK}, y, x=_x("high")),
        _layer(hatch, {"type": "tick", "thickness": 1, "size": 13, "color": "#9aa5b1"}, y, x=_x("x")),
        _layer(unknown, {"type": "bar", "height": 13, "fillOpacity": 0, "stroke": "#7b8794", "strokeDash": [3, 2]}, y,
               x=_x("low"), x2={"field": "high"}),
        _layer(known, {"type": "text", "align": "left", "dx": 8, "fontSize": 11, "color": INK}, y,
               x={"datum": 100}, text={"field": "text"}),
        _layer(unknown, {"type": "text", "align": "left", "dx": 8, "fontSize": 11, "color": MUTED}, y,
               x={"datum": 100}, text={"field": "text"}),
    ]  # fmt: skip
    layers = [*_bands(), *bars]
    return _frame(layers, 410, 26 * len(order), left=240, right=205, top=26, bottom=40)


def practices(assessment: Assessment) -> Spec:
    """One row per stage, one cell per practice, coloured by score; what is unknown is blank with a dashed edge."""
    cells = [
        {"stage": _label(s.stage), "from": 100 * i / len(s.practices) + 0.3, "to": 100 * (i + 1) / len(s.practices) - 0.3,
         "mid": 100 * (i + 0.5) / len(s.practices), "name": _short(p.name, 19 if len(s.practices) > 4 else 44),
         "level": _level(p.score), "text": "?" if p.score is None else words.points(p.score)}
        for s in _ordered(assessment) for i, p in enumerate(s.practices)
    ]  # fmt: skip
    order = [_label(s.stage) for s in _ordered(assessment)]
    y = _rows_axis(order)
    start, middle = (
        {"field": f, "type": "quantitative", "axis": None, "scale": {"domain": [0, 100]}} for f in ("from", "mid")
    )
    known = [c for c in cells if c["level"]]
    hidden = [c for c in cells if not c["level"]]
    light = {"condition": {"test": "datum.level == 3 || datum.level == 2", "value": INK}, "value": "white"}
    words_in = {"type": "text", "fontSize": 9, "dy": -7}
    figure = {"type": "text", "fontSize": 12, "fontWeight": "bold", "dy": 7}
    blank = {"type": "bar", "height": 31, "fill": "white", "stroke": "#7b8794", "strokeDash": [3, 2]}
    layers = [
        _layer(known, {"type": "bar", "height": 31}, y, x=start, x2={"field": "to"}, color=_level_colour()),
        _layer(hidden, blank, y, x=start, x2={"field": "to"}),
        _layer(known, words_in, y, x=middle, text={"field": "name"}, color=light),
        _layer(known, figure, y, x=middle, text={"field": "text"}, color=light),
        _layer(hidden, {**words_in, "color": MUTED}, y, x=middle, text={"field": "name"}),
        _layer(hidden, {**figure, "color": MUTED}, y, x=middle, text={"field": "text"}),
    ]
    return _frame(layers, 655, 35 * len(order), left=240, right=10, top=6, bottom=6)


def findings(assessment: Assessment) -> Spec | None:
    """Open findings by stage, stacked by severity."""
    counts: Counter[tuple[Stage, Severity]] = Counter((f.stage, f.severity) for f in assessment.findings if is_open(f))
    if not counts:
        return None
    rows = [
        {"stage": _label(stage), "severity": severity.value, "rank": -severity.rank, "count": n}
        for (stage, severity), n in sorted(counts.items(), key=lambda c: (c[0][0].number, -c[0][1].rank))
    ]
    order = [_label(s) for s in Stage if any(stage is s for stage, _ in counts)]
    y = _rows_axis(order)
    x = {
        "field": "count",
        "type": "quantitative",
        "stack": "zero",
        "axis": {"title": "open findings", "tickMinStep": 1},
    }
    colour = {"field": "severity", "type": "nominal", "legend": {"title": None, "orient": "top", "direction": "horizontal"},
              "scale": {"domain": list(SEVERITY_COLOURS), "range": list(SEVERITY_COLOURS.values())}}  # fmt: skip
    bar = _layer(rows, {"type": "bar", "height": 15}, y, x=x, color=colour, order={"field": "rank"})
    return _frame([bar], 600, 26 * len(order), left=240, right=25, top=34, bottom=40)


def effort(assessment: Assessment) -> Spec | None:
    """Gain of each recommendation for the whole against its effort; the number is its rank in the plan."""
    shown = sorted(assessment.recommendations, key=lambda r: (r.rank, r.id))[:40]
    if not shown:
        return None
    rows = [
        {"effort": r.effort_days.likely, "gain": r.gain.overall, "horizon": r.horizon, "rank": str(r.rank)}
        for r in shown
    ]
    x = {"field": "effort", "type": "quantitative", "axis": {"title": "effort, person-days (likely)", "values": [0, 0.5, 1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 500], "labelFlush": False},
         "scale": {"type": "symlog", "domain": [0, 1.12 * max(1.0, *(r.effort_days.likely for r in shown))]}}  # fmt: skip
    y = {"field": "gain", "type": "quantitative", "scale": {"domain": [0, 1.12 * max(0.1, *(r.gain.overall for r in shown))]},
         "axis": {"title": "gain of the whole, points", "titleX": -38}}  # fmt: skip
    legend = {"title": None, "orient": "top", "direction": "horizontal"}
    colour = {"field": "horizon", "type": "nominal", "legend": legend,
              "scale": {"domain": list(HORIZON_COLOURS), "range": list(HORIZON_COLOURS.values())}}  # fmt: skip
    layers = [
        _layer(rows, {"type": "circle", "size": 330, "opacity": 0.9}, y, x=x, color=colour),
        _layer(
            rows,
            {"type": "text", "fontSize": 10, "fontWeight": "bold", "color": "white"},
            y,
            x=x,
            text={"field": "rank"},
        ),
    ]
    return _frame(layers, 760, 300, left=60, right=30, top=34, bottom=42)


def risks(assessment: Assessment) -> Spec | None:
    """The 5 × 5 matrix of likelihood and impact, with the ids of the risks in their cells."""
    if not assessment.risks:
        return None
    held: dict[tuple[int, int], list[str]] = defaultdict(list)
    for r in sorted(assessment.risks, key=lambda r: r.id):
        held[r.likelihood, r.impact].append(words.plain(r.id, 12))
    cells = []
    for across, up in product(range(1, 6), range(1, 6)):
        ids = held.get((across, up), [])
        lines = ["  ".join(ids[i : i + 2]) for i in range(0, min(len(ids), 6), 2)]
        more = [f"+ {len(ids) - 6} more"] if len(ids) > 6 else []
        cells.append({"likelihood": across, "impact": up, "exposure": across * up, "ids": [*lines, *more]})
    colour = {"field": "exposure", "type": "quantitative", "legend": None, "scale": {
        "type": "threshold", "domain": [5, 10, 15], "range": ["#eef2f5", "#fbe3cf", "#f5b183", "#d9633b"]}}  # fmt: skip
    x_axis = {"title": "likelihood (1 rare to 5 expected)", "labelAngle": 0, "domain": False, "ticks": False}
    x = {"field": "likelihood", "type": "ordinal", "axis": x_axis}
    y_axis = {"title": "impact (1 slight to 5 severe)", "domain": False, "ticks": False, "titleX": -30}
    y = {"field": "impact", "type": "ordinal", "sort": "descending", "axis": y_axis}
    layers = [
        _layer(cells, {"type": "rect", "stroke": "white", "strokeWidth": 2}, y, x=x, color=colour),
        _layer(cells, {"type": "text", "fontSize": 11, "fontWeight": "bold", "baseline": "middle", "lineBreak": "\n", "color": INK},
               y, x=x, text={"field": "ids"}),
    ]  # fmt: skip
    return _frame(layers, 640, 300, left=60, right=150, top=8, bottom=42)


def trend(assessment: Assessment) -> Spec | None:
    """Each stage's score at the previous scan (hollow) and now (filled), joined by a line."""
    if assessment.trend is None:
        return None
    moved = [c for c in assessment.trend.stages if c.before is not None or c.after is not None]
    if not moved:
        return None
    rows = [
        {"stage": _short(c.name, 40), "before": c.before, "after": c.after, "text": words.signed(c.delta),
         "way": "down" if (c.delta or 0) < 0 else "up"} for c in moved
    ]  # fmt: skip
    order = [_short(c.name, 40) for c in moved]
    y = _rows_axis(order)
    both = [r for r in rows if r["before"] is not None and r["after"] is not None]
    way = {"field": "way", "type": "nominal", "legend": None,
           "scale": {"domain": ["down", "up"], "range": [LEVEL_COLOURS[0], LEVEL_COLOURS[4]]}}  # fmt: skip
    before = [r for r in rows if r["before"] is not None]
    after = [r for r in rows if r["after"] is not None]
    layers = [
        _layer(both, {"type": "rule", "strokeWidth": 2.5}, y, x=_x("before"), x2={"field": "after"}, color=way),
        _layer(before, {"type": "point", "size": 55, "filled": True, "fill": "white", "stroke": MUTED}, y, x=_x("before")),
        _layer(after, {"type": "circle", "size": 75, "opacity": 1}, y, x=_x("after"), color=way),
        _layer(rows, {"type": "text", "align": "left", "dx": 10, "fontSize": 11, "color": INK}, y,
               x={"datum": 100}, text={"field": "text"}),
    ]  # fmt: skip
    return _frame([*_bands(), *layers], 500, 26 * len(order), left=240, right=100, top=26, bottom=40)


def history(assessment: Assessment) -> Spec | None:
    """The overall score over all scans of the engagement; None with fewer than two scans."""
    past = list(assessment.trend.history) if assessment.trend else []
    points = {p.as_of.isoformat(): p.overall for p in past} | {assessment.as_of.isoformat(): assessment.overall.score}
    rows = [{"day": day, "score": score} for day, score in sorted(points.items()) if score is not None]
    if len(rows) < 2:
        return None
    x = {"field": "day", "type": "ordinal", "axis": {"title": None, "labelAngle": 0, "labelOverlap": True}}
    y = {"field": "score", "type": "quantitative", "scale": {"domain": [0, 100]},
         "axis": {"title": "overall score", "titleX": -34, "values": [0, 30, 50, 70, 85, 100]}}  # fmt: skip
    layers = [
        _layer(rows, {"type": "line", "color": LEVEL_COLOURS[4], "strokeWidth": 2.5}, y, x=x),
        _layer(rows, {"type": "circle", "color": LEVEL_COLOURS[4], "size": 70, "opacity": 1}, y, x=x),
        _layer(rows, {"type": "text", "dy": -13, "fontSize": 11, "color": INK}, y, x=x,
               text={"field": "score", "type": "quantitative", "format": ".0f"}),
    ]  # fmt: skip
    return _frame(layers, 760, 200, left=60, right=30, top=14, bottom=30)


def _rows_axis(order: list[str]) -> Spec:
    axis = {"title": None, "ticks": False, "domain": False, "labelPadding": 8}
    return {"field": "stage", "type": "nominal", "sort": order, "axis": axis}


def _bands() -> list[Spec]:
    """The levels as bands behind the bars, with their names above."""
    starts = [start for _, _, start in words.LEVELS]
    rows = [
        {
            "from": low,
            "to": high,
            "mid": (low + high) / 2,
            "text": f"{n} {title}" if high - low > 15 else str(n),
            "shade": n % 2,
        }
        for (n, title, low), high in zip(words.LEVELS, [*starts[1:], 100], strict=True)
    ]
    shade = {
        "field": "shade",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": [0, 1], "range": ["#ffffff", "#f1f4f7"]},
    }
    return [
        {"data": {"values": rows}, "mark": "rect", "encoding": {"x": _x("from"), "x2": {"field": "to"}, "color": shade}},
        {"data": {"values": rows}, "mark": {"type": "text", "fontSize": 10, "color": MUTED},
         "encoding": {"x": _x("mid"), "y": {"value": -9}, "text": {"field": "text"}}},
    ]  # fmt: skip


def _layer(rows: list[Spec], mark: Spec, y: Spec, **channels: Spec) -> Spec:
    return {"data": {"values": rows}, "mark": mark, "encoding": {"y": y, **channels}}


def _frame(layers: list[Spec], width: int, height: int, *, left: int, right: int, top: int, bottom: int) -> Spec:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width, "height": height, "autosize": {"type": "none"},
        "padding": {"left": left, "right": right, "top": top, "bottom": bottom},
        "layer": layers, "resolve": {"scale": {"color": "independent"}},
    }  # fmt: skip


def _x(field: str) -> Spec:
    axis = {
        "title": "points",
        "values": [*(start for _, _, start in words.LEVELS), 100],
        "grid": True,
        "labelFlush": False,
    }
    return {"field": field, "type": "quantitative", "scale": {"domain": [0, 100]}, "axis": axis}


def _level_colour() -> Spec:
    scale = {"domain": [0, 1, 2, 3, 4, 5], "range": ["#7b8794", *LEVEL_COLOURS]}
    return {"field": "level", "type": "nominal", "legend": None, "scale": scale}


def _level(score: float | None) -> int:
    return 0 if score is None else words.level_of(score)


def _ordered(assessment: Assessment) -> list[StageScore]:
    return sorted(assessment.stages, key=lambda s: s.stage.number)


def _label(stage: Stage) -> str:
    return f"{stage.number}  {stage.spec.name}"


def _short(text: str, limit: int) -> str:
    return words.plain(text, limit)
