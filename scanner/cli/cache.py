"""The commands on the cache of clones."""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated

import typer

from scanner.cli import output
from scanner.cli.app import app
from scanner.places import places

cache_app = typer.Typer(
    no_args_is_help=True, help="The clones that Assay keeps: how large they are, and away with them."
)
app.add_typer(cache_app, name="cache")


@cache_app.command()
def show(as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False) -> None:
    """Say how many clones are kept, how large they are, and when they were used last, the longest unused first; and how much of what forges told."""
    from scanner.pipeline.disk import kept_answers, kept_clones, shown_size

    mirrors = places().cache / "mirrors"
    lists, answers = kept_answers(places().cache)
    clones = kept_clones(mirrors)
    total = sum(clone.size for clone in clones)
    if as_json:
        rows = [
            {"folder": c.folder.name, "bytes": c.size, "used_at": _day(c.used_at) if c.used_at else None}
            for c in clones
        ]
        told = {"folder": str(mirrors), "bytes": total, "clones": rows}
        output.out.print_json(json.dumps({**told, "lists_bytes": lists, "answers_bytes": answers}))
        return
    output.table(
        ("clone", "size", "last used"),
        [(c.folder.name, shown_size(c.size), _day(c.used_at) if c.used_at else "never whole") for c in clones],
    )
    output.out.print(f"{len(clones)} clones, {shown_size(total)}, in {mirrors}")
    output.out.print(f"told by forges: lists of {shown_size(lists)}, answers of {shown_size(answers)}")


@cache_app.command()
def clear() -> None:
    """Remove every clone that no running scan uses, and what forges answered. The next scan asks again; no finding is lost."""
    from scanner.pipeline import disk

    cache = places().cache
    gone, left = disk.clear(cache / "mirrors")
    told = disk.shown_size(disk.clear_answers(cache))
    used = f"; {left} stay, since a scan is using them" if left else ""
    output.out.print(f"{gone} clones removed{used}; {told} that forges told removed")


def _day(moment: float) -> str:
    return dt.datetime.fromtimestamp(moment, dt.UTC).date().isoformat()
