"""The lines of the service map: one for each tie, or one for all of a kind between two boxes where they are too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports import words
from reports.drawings.service_layout import Box, Placed, asked, asker
from reports.drawings.svg import element, titled
from scanner.core.outcomes import Certainty
from scanner.core.service_drawing import TIE_KINDS, ServiceDrawing, Tie, TieKind

LINES = 160
"""Most lines of one picture."""
COLOURS: Mapping[TieKind, str] = {
    "call": "#08519c", "queue": "#7a3e9d", "database": "#1b7a43", "package": "#8c6d1f", "image": "#d1670c", "proto": "#0b7f91",
    "other": "#5b6875",
}  # fmt: skip
NAMES: Mapping[TieKind, str] = {
    "call": "call", "queue": "queue or topic", "database": "data store", "package": "package", "image": "image", "proto": "protobuf contract",
    "other": "other",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """From box or service to box or service, for ``ties``; ``guess`` when all are of low certainty."""

    start: Box
    end: Box
    kind: TieKind
    guess: bool
    ties: int
    told: str


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines that are drawn; ``merged`` when one stands for all between two boxes, ``left_out`` of those are not drawn."""

    lines: tuple[Line, ...]
    merged: bool
    left_out: int

    @property
    def kinds(self) -> tuple[TieKind, ...]:
        """The kinds that are drawn, in the order of the key."""
        return tuple(kind for kind in TIE_KINDS if any(line.kind == kind for line in self.lines))


def lines(found: ServiceDrawing, placed: Placed) -> Lines:
    """One line for each tie between two services; merged by box where those are more than `LINES`."""
    ties = [tie for tie in found.ties if not unlined(tie)]
    single = _gathered(ties, placed, merged=False)
    if len(single) <= LINES:
        return Lines(tuple(single), merged=False, left_out=0)
    gathered = _gathered(ties, placed, merged=True)
    most = sorted(range(len(gathered)), key=lambda i: (-gathered[i].ties, i))[:LINES]
    return Lines(tuple(gathered[i] for i in sorted(most)), merged=True, left_out=len(gathered) - len(most))


def unlined(tie: Tie) -> bool:
    """Images from elsewhere: nearly every service has one, and their lines would cover all others."""
    return tie.target is None and tie.kind == "image"


def svg(drawn: Lines) -> str:
    """The lines with their heads, kind by kind."""
    out = [element("defs", "".join(_head(kind) for kind in drawn.kinds))]
    for line in drawn.lines:
        guess: dict[str, str | float] = {"stroke_dasharray": "5 3"} if line.guess else {}
        thick = 1.2 if line.ties < 5 or not drawn.merged else 2.2
        out.append(
            element(
                "path", titled(line.told), d=_curve(line.start, line.end), fill="none", stroke=COLOURS[line.kind], stroke_width=thick,
                stroke_opacity=0.8, marker_end=f"url(#tie-{line.kind})", **guess,
            )
        )  # fmt: skip
    return "".join(out)


def source(tie: Tie) -> str:
    """Who asks, in words."""
    return _end(words.name(tie.source), tie.asker)


def target(tie: Tie) -> str:
    """Who is asked, in words."""
    return _end(words.name(tie.target), tie.asked) if tie.target else f"{words.plain(tie.asked, 120)} (not known here)"


def written(tie: Tie) -> str:
    """Where the name stands."""
    path = words.plain(tie.path, 220)
    return f"{path}:{tie.line}" if tie.line else path


def _end(name: str, service: str) -> str:
    return f"{words.plain(service, 120)} ({name})" if service else name


def _gathered(ties: Sequence[Tie], placed: Placed, *, merged: bool) -> list[Line]:
    first: dict[tuple[Box, Box, TieKind], Tie] = {}
    counts: Counter[tuple[Box, Box, TieKind]] = Counter()
    sure = set()
    for tie in ties:
        a, b = (placed.end((key[0], "") if merged else key) for key in (asker(tie), asked(tie)))
        if a is None or b is None or a == b:
            continue
        way = (a, b, tie.kind)
        first.setdefault(way, tie)
        counts[way] += 1
        if tie.certainty is not Certainty.LOW:
            sure.add(way)
    return [Line(*way, way not in sure, counts[way], _told(tie, counts[way])) for way, tie in first.items()]


def _told(tie: Tie, ties: int) -> str:
    more = f", and {words.count(ties - 1, 'more tie')}" if ties > 1 else ""
    return f"{source(tie)} → {target(tie)}: {NAMES[tie.kind]}, {words.plain(tie.name, 120)}, {written(tie)}{more}"


def _head(kind: TieKind) -> str:
    return element(
        "marker", element("path", d="M0 0L6 3L0 6z", fill=COLOURS[kind]), id=f"tie-{kind}", markerWidth=6.0, markerHeight=6.0, refX=6.0,
        refY=3.0, orient="auto", markerUnits="userSpaceOnUse",
    )  # fmt: skip


def _curve(a: Box, b: Box) -> str:
    """Downwards from the lower edge to the upper one, upwards the other way; within one row around below."""
    x1, x2 = a.x + a.width / 2, b.x + b.width / 2
    if a.y + a.height <= b.y:
        y1, y2 = a.y + a.height, b.y
        bend = max(14.0, (y2 - y1) / 2)
        c1, c2 = y1 + bend, y2 - bend
    elif a.y >= b.y + b.height:
        y1, y2 = a.y, b.y + b.height
        bend = max(14.0, (y1 - y2) / 2)
        c1, c2 = y1 - bend, y2 + bend
    else:
        y1, y2 = a.y + a.height, b.y + b.height
        c1 = c2 = max(y1, y2) + 18
    return f"M{x1:.1f} {y1:.1f}C{x1:.1f} {c1:.1f} {x2:.1f} {c2:.1f} {x2:.1f} {y2:.1f}"
