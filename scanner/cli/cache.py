"""The commands on the cache of clones."""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated

import typer

from scanner.cli import output
from scanner.cli.app import app
from scanner.config import places

cache_app = typer.Typer(
    no_args_is_help=True, help="The clones that Assay keeps: how large they are, and away with them."
)
app.add_typer(cache_app, name="cache")


@cache_app.command()
def show(as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False) -> None:
    """Say how many clones are kept, how large they are, and when they were used last, the longest unused first."""
    from scanner.pipeline.disk import kept_clones, shown_size

    mirrors = places().cache / "mirrors"
    clones = kept_clones(mirrors)
    total = sum(clone.size for clone in clones)
    if as_json:
        rows = [
            {"folder": c.folder.name, "bytes": c.size, "used_at": _day(c.used_at) if c.used_at else None}
            for c in clones
        ]
        output.out.print_json(json.dumps({"folder": str(mirrors), "bytes": total, "clones": rows}))
        return
    output.table(
        ("clone", "size", "last used"),
        [(c.folder.name, shown_size(c.size), _day(c.used_at) if c.used_at else "never whole") for c in clones],
    )
    output.out.print(f"{len(clones)} clones, {shown_size(total)}, in {mirrors}", markup=False)


@cache_app.command()
def clear() -> None:
    """Remove every clone that no running scan uses, and what forges answered. The next scan asks again; no finding is lost."""
    from scanner.pipeline import disk

    cache = places().cache
    gone, left = disk.clear(cache / "mirrors")
    for kept in (*cache.glob("forge.db*"), *cache.glob("http/answers.db*")):
        kept.unlink(missing_ok=True)
    used = f"; {left} stay, since a scan is using them" if left else ""
    output.out.print(f"{gone} clones removed{used}")


def _day(moment: float) -> str:
    return dt.datetime.fromtimestamp(moment, dt.UTC).date().isoformat()
