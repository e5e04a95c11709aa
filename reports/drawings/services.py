"""What asks for what: the services of every repository, the ties between them by kind, and names that nothing here offers."""

from __future__ import annotations

from collections import Counter

from reports import words
from reports.document import rows
from reports.drawings.service_layout import CHIP, Box, Chip, Placed, chip_name, head, hidden, place
from reports.drawings.service_lines import COLOURS, NAMES, Lines, lines, source, svg, target, unlined, written
from reports.drawings.shapes import Picture, Table
from reports.drawings.svg import INK, LINE, MUTED, PAPER, WIDTH, element, label, picture, titled
from scanner.core.evidence import Unknown
from scanner.core.service_drawing import Outside, ServiceDrawing

HEADING = "What asks for what"
HOW = "Lines lead from who asks to who is asked. A dashed line is a guess by a name alone; a dashed frame is not known here."
LISTED = 200
"""Most rows of a table."""
_FILLS = {"service": PAPER, "database": "#e3f1e8", "queue": "#f0e6f5", "host": "#e6eef7", "unknown": PAPER}
_KEY = 52.0
NOT_NAMES = {
    "package": ("package", ""), "image": ("image", ""), "host": ("host", ""), "service": ("service", ""), "store": ("data store", ""), "channel": ("topic", ""),
    "variable": ("setting without an address", "settings without an address"), "proto": ("protobuf file", ""),
    "repository": ("repository", "repositories"), "chart": ("chart", ""), "state": ("state", ""),
}  # fmt: skip


def services(found: ServiceDrawing | Unknown | None, font: str) -> Picture:
    """The map of the estate; only words where nothing could be read or nothing is tied."""
    about = "The services of each repository as boxes, with lines from who asks to who is asked, coloured by kind"
    if found is None:
        return Picture(HEADING, about, "", ("The services of this estate were not looked at.",))
    if isinstance(found, Unknown):
        closes = f" What closes it: {words.plain(found.closes, 300)}." if found.closes else ""
        why = f"Unknown: {words.REASONS[found.why]} ({words.plain(found.detail, 300)}).{closes}"
        return Picture(HEADING, about, "", (why,))
    tables = _tables(found)
    if not found.ties and not any(r.total for r in found.repositories):
        nothing = "No file declares a service, and none asks for another, so there is nothing to draw."
        return Picture(HEADING, about, "", (_about(found), nothing, *_limits(found)), tables)
    placed = place(found)
    height = placed.height + _KEY
    joined = lines(found, placed)
    body = _boxes(placed) + svg(joined) + _chips(placed) + _legend(joined, placed.height)
    said = (f"{_about(found)} {HOW}", *_limits(found), *_hidden(found, placed, joined))
    return Picture(HEADING, about, picture("services", height, about, body, font), said, tables, tall=height / WIDTH)


def _about(found: ServiceDrawing) -> str:
    between = sum(1 for t in found.ties if t.target is not None and t.target != t.source)
    within = sum(1 for t in found.ties if t.target == t.source)
    total = sum(r.total for r in found.repositories)
    least = "at least " if found.ties_total > len(found.ties) else ""
    return (
        f"{words.count(len(found.repositories), 'repository', 'repositories')} with {words.count(total, 'service')}, by their own files: "
        f"{least}{words.count(between, 'tie')} between repositories, {within:,} within one, "
        f"{words.count(found.outside_total, 'name')} asked for that no repository of this scan offers."
    )


def _limits(found: ServiceDrawing) -> list[str]:
    said = []
    if any(unlined(t) for t in found.ties):
        said.append("No lines lead to images from elsewhere; the table of ties names who runs which.")
    if found.unparsed:
        said.append(
            f"{found.unparsed:,} of {found.files:,} files that name services could not be read: what they ask for is missing."
        )
    if found.unread:
        said.append(f"Unknown, and not drawn: {rows.names(found.unread)}.")
    if found.unresolved:
        counts = ", ".join(words.count(n, *NOT_NAMES.get(kind, (kind, kind))) for kind, n in found.unresolved)
        said.append(
            f"Not offered by any repository of this scan, each counted once for every repository that asks: {counts}."
        )
    return said


def _hidden(found: ServiceDrawing, placed: Placed, joined: Lines) -> list[str]:
    repositories, chips = hidden(found, placed)
    said = []
    if joined.merged:
        rest = f" {words.count(joined.left_out, 'line')} with the fewest ties left out." if joined.left_out else ""
        said.append(
            f"The ties are too many to draw one by one: a line stands for all of a kind between two repositories.{rest}"
        )
    if repositories:
        said.append(
            f"{words.count(repositories, 'repository', 'repositories')} with the fewest ties not drawn: the tables name them."
        )
    if chips:
        said.append(f"{words.count(chips, 'service')} with the fewest ties not drawn.")
    if found.ties_total > len(found.ties):
        said.append(f"{found.ties_total - len(found.ties):,} of {found.ties_total:,} ties are left out.")
    if found.outside_total > len(found.outside):
        said.append(
            f"{found.outside_total - len(found.outside):,} further names that nothing here offers are left out."
        )
    return said


def _boxes(placed: Placed) -> str:
    out = []
    for group in placed.groups:
        box = placed.spots[group.key, ""]
        more = f", {words.count(group.more, 'service')} not shown" if group.more else ""
        dash: dict[str, str | float] = {"stroke_dasharray": "4 3"} if group.outside else {}
        frame = element(
            "rect", titled(group.title + more), x=box.x, y=box.y, width=box.width, height=box.height, rx=4.0, fill="#f6f8fa",
            stroke=LINE, stroke_width=0.8, **dash,
        )  # fmt: skip
        out.append(
            frame
            + label(
                head(group.title), box.x + 9, box.y + 15, 11, font_weight="600", fill=MUTED if group.outside else INK
            )
        )
        if group.more:
            out.append(label(f"and {group.more:,} more", box.x + 9, box.y + box.height - 6, 10, fill=MUTED))
    return "".join(out)


def _chips(placed: Placed) -> str:
    out = []
    for group in placed.groups:
        out += [_chip(chip, placed.spots[group.key, chip.name], group.title) for chip in group.chips]
    return "".join(out)


def _chip(chip: Chip, spot: Box, where: str) -> str:
    dash: dict[str, str | float] = {"stroke_dasharray": "4 3"} if chip.form == "unknown" else {}
    told = "not known here" if chip.form == "unknown" else chip.form
    box = element(
        "rect", titled(f"{words.plain(chip.name, 220)}: {told}, {where}"), x=spot.x, y=spot.y, width=spot.width, height=spot.height,
        rx=9.0 if chip.form in ("database", "queue") else 3.0, fill=_FILLS[chip.form], stroke=MUTED, stroke_width=0.8, **dash,
    )  # fmt: skip
    return box + label(chip_name(chip.name), spot.x + spot.width / 2, spot.y + CHIP - 6, 10, text_anchor="middle")


def _legend(joined: Lines, top: float) -> str:
    out, x, y = [], 0.0, top + 14
    kinds = [(COLOURS[k], "call (HTTP, gRPC, …)" if k == "call" else NAMES[k], False) for k in joined.kinds]
    guess = [(MUTED, "guess by name", True)] if any(line.guess for line in joined.lines) else []
    for colour, name, dashed in [*kinds, *guess]:
        wide = 40 + 6.4 * len(name)
        if x + wide > WIDTH:
            x, y = 0.0, y + 20
        dash: dict[str, str | float] = {"stroke_dasharray": "5 3"} if dashed else {}
        out.append(element("line", x1=x, y1=y + 4, x2=x + 22, y2=y + 4, stroke=colour, stroke_width=2.0, **dash))
        out.append(label(name, x + 28, y + 8, 11))
        x += wide
    return "".join(out)


def _tables(found: ServiceDrawing) -> tuple[Table, ...]:
    asks = Counter(t.source for t in found.ties if t.target not in (None, t.source))
    served = Counter(t.target for t in found.ties if t.target not in (None, t.source))
    ties = tuple(
        (source(t), target(t), NAMES[t.kind], words.plain(t.name, 120), written(t), t.certainty.value)
        for t in found.ties[:LISTED]
    )
    listed = tuple(
        (words.name(r.subject), f"{r.total:,}", ", ".join(words.plain(s.name, 80) for s in r.services[:12]), str(asks[r.subject]), str(served[r.subject]))
        for r in (found.repositories[:LISTED] if any(r.total for r in found.repositories) else ())
    )  # fmt: skip
    made = [
        Table(_counted("Ties", len(ties), found.ties_total), ("Asks", "Is asked", "Kind", "Name", "Written in", "Certainty"), ties, numbers=False),
        Table(
            _counted("Services by repository", len(listed), len(found.repositories)),
            ("Repository", "Services", "Names", "Asks others", "Is asked by others"), listed, numbers=False,
        ),
        Table(
            _counted("Names that no repository of this scan offers", len(found.outside), found.outside_total),
            ("Name", "Kind", "What is known"), tuple(_outside(o) for o in found.outside), numbers=False,
        ),
    ]  # fmt: skip
    return tuple(table for table in made if table.rows)


def _counted(caption: str, listed: int, total: int) -> str:
    return caption if listed >= total else f"{caption}, the first {listed:,} of {total:,}"


def _outside(name: Outside) -> tuple[str, str, str]:
    several = f"offered by several: {rows.names(name.several, 6)}" if name.several else ""
    return words.plain(name.name, 120), NAMES[name.kind], several or words.plain(name.detail, 120) or "unknown"
