"""`assay doctor`: what works on this machine, and what a token may read of an account before it is scanned."""

from __future__ import annotations

import datetime as dt
import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli import output
from scanner.cli.app import DATABASE, app

if TYPE_CHECKING:
    from scanner.doctor.preflight import Preflight

_EXAMPLES = "Examples:  assay doctor   ·   assay doctor github:acme   ·   assay doctor gitlab:acme/platform --json"
_CODES = "Exit codes: 0 all is well · 1 something is missing or wrong, or does not fit in what the limit leaves · 2 wrong usage · 3 the account cannot be read at all"
_SHOWN = 4


@app.command(epilog=f"{_EXAMPLES}\n\n{_CODES}")
def doctor(
    target: Annotated[
        str,
        typer.Argument(
            metavar="[TARGET]", help="github:ORG or gitlab:GROUP: what the token may read there, and what a scan costs."
        ),
    ] = "",
    offline: Annotated[bool, typer.Option("--offline", help="Ask neither GitHub nor GitLab.")] = False,
    advisories: Annotated[Path | None, typer.Option(metavar="PATH")] = None,
    db: Annotated[str | None, DATABASE] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Say what works here and what would stay unknown: git, tools, database, advisory data, token and its rights.

    With a TARGET: who the token is, which facts it may read, what stays unknown without the others, what a scan costs.
    """
    output.set_up_logging(json_logs=False, verbose=False)
    if target:
        if offline:
            output.fail(2, f"--offline asks no forge: nothing can be said of {target}")
        raise typer.Exit(_account(target, as_json=as_json))
    raise typer.Exit(_machine(db, advisories, offline=offline, as_json=as_json))


def _machine(db: str | None, advisories: Path | None, *, offline: bool, as_json: bool) -> int:
    from scanner.config import ConfigError, github_settings, gitlab_settings
    from scanner.doctor.machine import diagnose
    from scanner.places import default_database, places

    try:
        lines = list(
            diagnose(
                places(),
                db or default_database(),
                None if offline else github_settings(borrow=True),
                None if offline else gitlab_settings(),
                advisories,
                dt.datetime.now(dt.UTC).date(),
            )
        )
    except ConfigError as error:
        output.fail(2, str(error))
    if as_json:
        output.out.print_json(
            json.dumps([{"what": line.what.strip(), "state": line.state, "text": line.text} for line in lines])
        )
    else:
        output.table(("", "state", ""), [(line.what, line.state, line.text) for line in lines])
    return int(any(line.state == "problem" for line in lines))


def _account(target: str, *, as_json: bool) -> int:
    from scanner.config import ConfigError
    from scanner.core.evidence import Unreadable

    try:
        found = _preflight(target)
    except ConfigError as error:
        output.fail(2, str(error))
    except Unreadable as error:
        closes = f"; needed: {error.hole.closes}" if error.hole.closes else ""
        output.fail(3, f"{error.hole.detail}{closes}")
    if as_json:
        output.out.print_json(json.dumps(_plain(found)))
    else:
        _print(found)
    return int(bool(found.missing) or not found.cost.fits)


def _preflight(target: str) -> Preflight:
    from scanner.cli.tokens import github_for
    from scanner.config import gitlab_settings
    from scanner.doctor import github, gitlab
    from scanner.pipeline.forges import KINDS

    key, _, name = target.partition(":")
    name = name.strip("/")
    if key not in KINDS or not KINDS[key].names.fullmatch(name):
        output.fail(
            2, f"{target!r} is no account; write github:ORG, github:ORG/REPO, gitlab:GROUP or gitlab:GROUP/PROJECT"
        )
    if key == "gitlab":
        return gitlab.preflight(gitlab_settings(), name)
    return github.preflight(github_for((f"github:{name}",), output.Quiet()), name)


def _plain(found: Preflight) -> dict[str, object]:
    """The preflight as JSON; times in epoch seconds."""
    cost = asdict(found.cost) | {"fits": found.cost.fits, "seconds": round(found.cost.seconds(time.time()))}
    return asdict(found) | {"cost": cost}


def _print(found: Preflight) -> None:
    from scanner.doctor.preflight import cost_lines

    who = found.holder
    name = who.login or ("nobody" if who.kind == "no token" else "no login")
    lines = [("account", "ok", f"{found.target} at {who.address}"), ("token", "ok", f"{name}: {who.kind}")]
    if who.scopes is not None:
        lines.append(("its rights", "ok", ", ".join(who.scopes) or "none"))
    if who.expires:
        lines.append(("its end", "ok", who.expires))
    lines += [("too much", "note", flag) for flag in who.flags]
    lines.append(("tried on", "ok", ", ".join(found.samples)))
    output.table(("", "state", ""), [*lines, *cost_lines(found.cost, "GraphQL points", time.time())])
    output.out.print()
    rows = [
        (right.fact, right.name, right.state, _some(right.checks))
        for right in sorted(found.rights, key=lambda r: r.state == "readable")
    ]
    output.table(("fact", "needs", "state", "read by"), rows)
    output.out.print()
    output.out.print(_summary(found))


def _some(checks: tuple[str, ...]) -> str:
    more = f" and {len(checks) - _SHOWN} more" if len(checks) > _SHOWN else ""
    return f"{', '.join(checks[:_SHOWN])}{more}" or "no check"


def _summary(found: Preflight) -> str:
    """What is missing, in one sentence."""
    if not found.missing:
        return "Everything that could be tried is readable."
    wanted = "; ".join(sorted({right.needs for right in found.missing}))
    checks = {check for right in found.missing for check in right.checks}
    facts = sorted({right.fact for right in found.missing})
    return (
        f"Not readable, in whole or in part: {', '.join(facts)}. What rests on it stays unknown and widens the range of the "
        f"scores ({len(checks)} checks); it never counts as bad or as good. To ask for: {wanted}."
    )
