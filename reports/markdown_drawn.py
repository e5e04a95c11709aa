"""The stack and the pictures of the code as Markdown: what is drawn elsewhere stands here as tables."""

from __future__ import annotations

from collections.abc import Iterator

from reports.document.stack import StackPart, StackRow
from reports.drawings.shapes import Drawn, Picture, Table
from reports.markdown_parts import linked, listing, table, text

ROWS = 40
"""Rows of one table; the rest stand in report.html."""


def stack(part: StackPart) -> Iterator[str]:
    """The stack by kind."""
    yield "## Stack"
    yield text(part.lead)
    if part.limits:
        yield listing(text(line) for line in part.limits)
    for kind, rows in part.parts:
        yield f"### {text(kind)}"
        yield table(
            ["Product", "Version", "Support", "Until", "Latest line known", "Remark", "Where"],
            [_stack_row(r) for r in rows],
        )


def _stack_row(row: StackRow) -> list[str]:
    places = "; ".join(linked(p.text, p.href) for p in row.places)
    more = f" and {row.more} more" if row.more > 0 else ""
    return [
        text(row.name), text(row.version), row.state, text(row.ends), text(row.latest) or "unknown", text(row.reason), places + more,
    ]  # fmt: skip


def drawn(section: Drawn) -> Iterator[str]:
    """The section "The code, drawn": the same words and tables that stand beside the pictures of report.html."""
    yield "## The code, drawn"
    yield "The pictures stand in report.html and report.pdf; these tables hold what they show."
    yield from _picture(section.services, "###")
    if section.nothing:
        yield text(section.nothing)
    for repository in section.repositories:
        yield f"### {text(repository.name)}"
        for picture in repository.pictures:
            yield from _picture(picture, "####")
    if section.left_out:
        yield text(section.left_out)
    yield from _picture(section.across, "###")
    yield from _picture(section.departures, "###")
    yield from _picture(section.months, "###")


def _picture(picture: Picture, level: str) -> Iterator[str]:
    yield f"{level} {text(picture.heading)}"
    yield from (text(line) for line in picture.words)
    if picture.notes:
        yield listing(text(line) for line in picture.notes)
    for shown in picture.tables:
        yield from _table(shown)


def _table(shown: Table) -> Iterator[str]:
    yield f"*{text(shown.caption)}*"
    yield table([text(h) for h in shown.head], [[text(cell) for cell in row] for row in shown.rows[:ROWS]])
    if len(shown.rows) > ROWS:
        yield f"{len(shown.rows) - ROWS} more rows in report.html."
