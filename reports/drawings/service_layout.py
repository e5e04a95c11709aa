"""Where services lie: a box for every repository with its services in it, who asks above who is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from reports import words
from reports.drawings.layers import layered
from reports.drawings.svg import WIDTH, wide
from scanner.core.service_drawing import ServiceDrawing, Tie, TieKind
from scanner.core.subjects import Subject

GROUPS = 40
"""Most boxes; the repositories with most ties come first."""
CHIPS = 160
"""Most services of all boxes together; every box may show a few."""
LONGEST = 24
_OF_KIND = 24
"""Most names of one kind that nothing here offers."""
CHIP, TITLE = 20.0, 20.0
"""Height of a service, and of the head of a box."""
_GAP, _PAD, _APART, _BETWEEN = 8.0, 9.0, 16.0, 40.0
"""Between services of a row, inside a box, between boxes of a row, between rows of boxes."""
_WIDTHS = ((3, 190.0), (8, 300.0), (18, 420.0))
"""So many services fit into a box so wide; more take the whole width."""
OUTSIDE: Mapping[TieKind, str] = {
    "call": "Called, and not found here", "queue": "Queues and topics of unknown owner", "database": "Data stores of unknown owner",
    "image": "Images whose source is not in this scan", "package": "Packages not found here", "proto": "Contracts not found here", "other": "Other names not found here",
}  # fmt: skip

Key = tuple[str, str]
"""A box (the key of a repository, or of a kind of names outside) and a service in it, empty for the box itself."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A service and what it is; ``unknown`` when nothing here offers it."""

    name: str
    form: Literal["service", "database", "queue", "host", "unknown"]


@dataclass(frozen=True, slots=True)
class Group:
    """A box: its key and head, the services shown, and how many are not."""

    key: str
    title: str
    chips: tuple[Chip, ...]
    more: int
    outside: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Placed:
    """Where every box and every service lies, by key, and the height of the whole."""

    groups: tuple[Group, ...]
    spots: Mapping[Key, Box]
    height: float

    def end(self, key: Key) -> Box | None:
        """Where a line to ``key`` ends: at the service, at its box when it is not shown, nowhere when that is not either."""
        return self.spots.get(key) or self.spots.get((key[0], ""))


def asker(tie: Tie) -> Key:
    """Where the line of a tie begins."""
    return tie.source.key, tie.asker


def asked(tie: Tie) -> Key:
    """Where it ends."""
    return (tie.target.key if tie.target else f"outside:{tie.kind}", tie.asked)


def groups(found: ServiceDrawing) -> tuple[Group, ...]:
    """The boxes that are drawn: repositories, then kinds of names outside."""
    tied = Counter(end for tie in found.ties for end in (asker(tie), asked(tie)))
    weight = Counter(key for tie in found.ties for key in (asker(tie)[0], asked(tie)[0]))
    kinds = sorted({o.kind for o in found.outside})
    shown = sorted(found.repositories, key=lambda r: (-weight[r.subject.key], -r.total, r.subject))[
        : GROUPS - len(kinds)
    ]
    room = _room([len(r.services) for r in shown])
    made = [
        _group(r.subject.key, words.name(r.subject), [Chip(s.name, s.form) for s in r.services], r.total, room, tied)
        for r in sorted(shown, key=lambda r: r.subject)
    ]
    for kind in kinds:
        names = [Chip(o.name, "unknown") for o in found.outside if o.kind == kind]
        made.append(_group(f"outside:{kind}", OUTSIDE[kind], names, len(names), _OF_KIND, tied))
    return tuple(made)


def _room(counts: Sequence[int]) -> int:
    """The most services that each box may show, so that all together are at most `CHIPS` (one each, where even that is too much)."""
    fitting = (room for room in range(max(counts, default=1), 1, -1) if sum(min(n, room) for n in counts) <= CHIPS)
    return next(fitting, 1)


def _group(key: str, title: str, chips: Sequence[Chip], total: int, room: int, tied: Mapping[Key, int]) -> Group:
    kept = {c.name for c in sorted(chips, key=lambda c: (-tied.get((key, c.name), 0), c.name))[:room]}
    return Group(key, title, tuple(c for c in chips if c.name in kept), total - len(kept), key.startswith("outside:"))


def chip_name(name: str) -> str:
    """A service's name in its box, its end kept when it is too long."""
    plain = words.plain(name, 220) or "without name"
    return plain if len(plain) <= LONGEST else "…" + plain[1 - LONGEST :]


def place(found: ServiceDrawing) -> Placed:
    """A place for every box and service."""
    drawn = groups(found)
    number = {group.key: i for i, group in enumerate(drawn)}
    arcs = [
        (number[a], number[b])
        for t in found.ties
        if (a := asker(t)[0]) in number and (b := asked(t)[0]) in number and a != b
    ]
    inner = [_inside(group, found.ties) for group in drawn]
    spots: dict[Key, Box] = {}
    y = 2.0
    for layer in layered(len(drawn), arcs):
        for row in _rows(layer, [size.width for _, size in inner]):
            x = max(0.0, (WIDTH - sum(inner[i][1].width for i in row) - _APART * (len(row) - 1)) / 2)
            for i in row:
                chips, size = inner[i]
                spots[drawn[i].key, ""] = Box(x, y, size.width, size.height)
                spots |= {(drawn[i].key, c): Box(x + b.x, y + b.y, b.width, b.height) for c, b in chips.items()}
                x += size.width + _APART
            y += max(inner[i][1].height for i in row) + _BETWEEN
    return Placed(drawn, spots, max(y - _BETWEEN + 2, 2.0))


def _rows(items: Sequence[int], widths: Sequence[float]) -> list[list[int]]:
    rows: list[list[int]] = [[]]
    used = 0.0
    for item in items:
        if rows[-1] and used + widths[item] > WIDTH:
            rows.append([])
            used = 0.0
        rows[-1].append(item)
        used += widths[item] + _APART
    return rows


def _inside(group: Group, ties: Sequence[Tie]) -> tuple[dict[str, Box], Box]:
    """The services of a box by name, and the box itself with its corner at 0, 0."""
    names = [chip.name for chip in group.chips]
    at = {name: i for i, name in enumerate(names)}
    inside = [(asker(t), asked(t)) for t in ties if asker(t)[0] == group.key == asked(t)[0]]
    arcs = [(at[a], at[b]) for (_, a), (_, b) in inside if a in at and b in at]
    room = next((most for count, most in _WIDTHS if len(names) <= count), WIDTH)
    widest = max((_chip_width(name) for name in names), default=0.0) + 2 * _PAD
    limit = min(WIDTH, max(room, widest))
    spots: dict[str, Box] = {}
    y, used = TITLE + 6, wide(_head(group), 11) + 2 * _PAD
    for layer in layered(len(names), arcs) if names else ():
        for row in _wrapped([names[i] for i in layer], limit - 2 * _PAD):
            x = _PAD
            for name in row:
                spots[name] = Box(x, y, _chip_width(name), CHIP)
                x += _chip_width(name) + _GAP
            used = max(used, x - _GAP + _PAD)
            y += CHIP + _GAP
        y += 16 if arcs else 0
    bottom = y - (16 if arcs else 0) + (14 if group.more else 0) + 2
    return spots, Box(0, 0, min(WIDTH, max(used, 110.0)), bottom)


def _wrapped(names: Sequence[str], room: float) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    used = 0.0
    for name in names:
        if rows[-1] and used + _chip_width(name) > room:
            rows.append([])
            used = 0.0
        rows[-1].append(name)
        used += _chip_width(name) + _GAP
    return rows


def _chip_width(name: str) -> float:
    return wide(chip_name(name), 10) + 12


def _head(group: Group) -> str:
    return head(group.title)


def head(title: str) -> str:
    """The title of a box, cut to what a narrow one holds."""
    return title if len(title) <= 48 else title[:47] + "…"


def hidden(found: ServiceDrawing, drawn: Placed) -> tuple[int, int]:
    """How many repositories have no box, and how many services of those that have one are not shown."""
    keys = {group.key for group in drawn.groups}
    subjects: list[Subject] = [r.subject for r in found.repositories if r.subject.key not in keys]
    return len(subjects), sum(group.more for group in drawn.groups if not group.outside)
