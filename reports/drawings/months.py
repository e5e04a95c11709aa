"""How checks moved over the reconstructed months: one small line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reports import words
from reports.drawings.shapes import Picture, Table
from reports.drawings.svg import INK, LINE, MUTED, PAPER, WIDTH, element, fitting, label, picture, titled
from scanner.core.assessment import Assessment
from scanner.core.stages import Stage

MOVED = 5.0
"""Points between the oldest and the newest month from which on a check is drawn."""
MOST = 24
"""Most checks drawn, those that moved most; in the order of stages."""
UP, DOWN = "#08519c", "#a63603"
_ACROSS, _TALL, _LINE = 4, 118.0, 44.0
"""Tiles in a row, the height of a tile, the height of its line."""


@dataclass(frozen=True, slots=True)
class Track:
    """The points of one check, month by month; None where it could not be measured."""

    check: str
    question: str
    stage: Stage
    points: tuple[float | None, ...]

    @property
    def moved(self) -> float:
        """Newest − oldest; both are known in a track that is drawn."""
        first, last = self.points[0], self.points[-1]
        return 0.0 if first is None or last is None else last - first


def months(assessment: Assessment, font: str) -> Picture:
    """The tracks of the estate; only words when no months were reconstructed, or nothing moved."""
    heading = "How it moved: reconstructed from git"
    about = "Points of the checks that moved most over the reconstructed months, one small line each"
    if len(assessment.months) < 2:
        few = "No months were reconstructed" if not assessment.months else "Only one month was reconstructed"
        return Picture(
            heading,
            about,
            "",
            (f"{few}. A scan with --history 12m tells from git how the last twelve months would have been judged.",),
        )
    days = [m.as_of for m in assessment.months]
    every = tracks(assessment)
    about_it = (
        f"Reconstructed from git: the same repositories as they stood on {words.count(len(days), 'day')} from {words.day(days[0])} to "
        f"{words.day(days[-1])}, judged by today's checks. What git does not keep (reviews, settings, advisories of then) is not in it. "
        "Each line runs from 0 points at its lower edge to 100 at its upper; the full dot is the newest month."
    )
    said = [about_it]
    drawn = chosen(every)
    if not drawn:
        said.append(
            f"None of {words.count(len(every), 'check')} known at both ends moved by {MOVED:.0f} points or more."
        )
        return Picture(heading, about, "", tuple(said))
    moved = sum(abs(t.moved) >= MOVED for t in every)
    more = f" The {MOST} that moved most are drawn." if moved > MOST else ""
    said.append(
        f"{moved} of {words.count(len(every), 'check')} known at both ends moved by {MOVED:.0f} points or more.{more}"
    )
    height = _TALL * ((len(drawn) - 1) // _ACROSS + 1)
    body = "".join(_tile(track, number, days) for number, track in enumerate(drawn))
    svg = picture("months", height, about, body, font)
    return Picture(heading, about, svg, tuple(said), (_table(drawn, days),), tall=height / WIDTH)


def tracks(assessment: Assessment) -> tuple[Track, ...]:
    """Every check of the present model that both the oldest and the newest month know, in the order of stages."""
    known = [dict(month.checks) for month in assessment.months]
    out = []
    for stage in sorted(assessment.stages, key=lambda s: s.stage.number):
        for check in sorted((c for p in stage.practices for c in p.checks), key=lambda c: c.check):
            if check.check in known[0] and check.check in known[-1]:
                points = tuple(month.get(check.check) for month in known)
                out.append(Track(check.check, words.plain(check.question, 300), stage.stage, points))
    return tuple(out)


def chosen(every: Sequence[Track]) -> tuple[Track, ...]:
    """Those that moved by `MOVED` or more, at most `MOST`, in the order given."""
    far = sorted((t for t in every if abs(t.moved) >= MOVED), key=lambda t: (-abs(t.moved), t.check))[:MOST]
    return tuple(t for t in every if t in far)


def _tile(track: Track, number: int, days: Sequence[date]) -> str:
    width = WIDTH / _ACROSS
    x, y = width * (number % _ACROSS), _TALL * (number // _ACROSS)
    inner = width - 20
    colour = UP if track.moved > 0 else DOWN
    top = y + 52
    spots = [
        (x + inner * at / (len(days) - 1), top + _LINE * (1 - points / 100)) if points is not None else None
        for at, points in enumerate(track.points)
    ]
    first, last = spots[0], spots[-1]
    assert first is not None
    assert last is not None
    figures = f"{words.points(track.points[0])} → {words.points(track.points[-1])}"
    parts = [
        label(fitting(f"{track.stage.number} {track.stage.spec.name}", inner, 9.5), x, y + 12, 9.5, fill=MUTED),
        label(f"{track.check}  {figures}", x, y + 27, 12, font_weight="bold"),
        label(fitting(track.question, inner, 9.5), x, y + 41, 9.5, fill=INK),
        *(
            element("line", x1=x, y1=top + at, x2=x + inner, y2=top + at, stroke=LINE, stroke_width=0.5)
            for at in (0.0, _LINE)
        ),
        element("path", d=_line(spots), fill="none", stroke=colour, stroke_width=2),
        element("circle", cx=first[0] + 2.5, cy=first[1], r=2.5, fill=PAPER, stroke=colour, stroke_width=1.5),
        element("circle", cx=last[0], cy=last[1], r=3.5, fill=colour),
    ]
    return element(
        "g", titled(f"{track.check}: {track.question} {figures} points, {words.signed(track.moved)}"), *parts
    )


def _line(spots: Sequence[tuple[float, float] | None]) -> str:
    """The path through ``spots``, lifted where a month is unknown."""
    out, down = [], False
    for spot in spots:
        if spot is not None:
            out.append(f"{'L' if down else 'M'}{spot[0]:.1f} {spot[1]:.1f}")
        down = spot is not None
    return "".join(out)


def _table(drawn: Sequence[Track], days: Sequence[date]) -> Table:
    head = ("Check", "Stage", *(d.isoformat() for d in days), "Change")
    rows = tuple(
        (f"{t.check} {t.question}", t.stage.spec.name, *(words.points(p) for p in t.points), words.signed(t.moved))
        for t in drawn
    )
    return Table("Points (0 to 100) by month, reconstructed from git", head, rows)
