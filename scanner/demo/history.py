"""Building the sample organisation's repositories: a deterministic history through git fast-import."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from scanner.demo.calendar import at, digits, pick, weeks
from scanner.demo.people import PEOPLE
from scanner.demo.repositories import Made
from scanner.git import Git

_KINDS = (("feat", 9), ("fix", 6), ("refactor", 3), ("chore", 2), ("docs", 1), ("test", 2), ("perf", 1))
_WORDS = {
    "feat": (
        "let {thing} be limited",
        "show {thing} in the summary",
        "accept more than one {thing}",
        "remember the last {thing}",
    ),
    "fix": ("do not lose {thing} on a retry", "round {thing} the same way everywhere", "handle an empty {thing}"),
    "refactor": ("take {thing} out of the handler", "name {thing} after what it is"),
    "chore": ("raise the limit of {thing}", "tidy up {thing}"),
    "docs": ("explain {thing}",),
    "test": ("cover {thing} at its limits",),
    "perf": ("read {thing} once",),
}
_PLAIN = ("update", "small changes", "wip", "fix it", "more changes", "tweak values")
_SECRETS = {
    "@@STORAGE_KEY@@": "AKIA" + "Q3EGWR7ZLM" + "2TX5VB",
    "@@STORAGE_SECRET@@": "w8Kq" + "Zr4LmT1vXc6NbY9pHs3dFg7jUe5aWo0iRt2y",
    "@@PAYMENT_KEY@@": "sk_" + "live_" + "51HqLyJ8vXcB3nM7kPzR4tWs",
}
"""Invented credentials, put together here so that no file of this project holds one."""


@dataclass(frozen=True, slots=True)
class Change:
    """One commit on the default branch. ``number`` is its change request's; ``kind`` the type of work."""

    at: datetime
    person: str
    message: str
    files: Mapping[str, str | None]
    number: int
    kind: str
    slot: int
    week: int
    planted: bool = False


def seed_folder(name: str) -> Traversable:
    """The folder of seed files of a repository."""
    return files("scanner.demo") / "seeds" / name


def seeds(name: str) -> dict[str, str]:
    """The seed files of a repository by path; a seed ends in ``.seed``, which is cut off."""

    def walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
        for entry in sorted(folder.iterdir(), key=lambda e: e.name):
            path = f"{prefix}{entry.name}"
            if entry.is_dir():
                yield from walk(entry, path + "/")
            elif entry.name.endswith(".seed"):
                yield path.removesuffix(".seed"), entry.read_text("utf-8")

    return dict(walk(seed_folder(name), ""))


def changes(made: Made, until: date) -> list[Change]:
    """Every commit of ``made`` up to the end of day ``until``, oldest first."""
    texts = seeds(made.name)
    planted = {name: text for name, text in texts.items() if name.startswith("later/")}
    base = {path: text for path, text in texts.items() if path not in planted}
    shown = dict(base)
    revisions: dict[str, int] = {}
    out: list[Change] = []
    number = 1
    introduced = sorted(base, key=lambda p: (not p.startswith(("README", "LICENSE")), p))
    for moment, person, week, slot in _moments(made, until):
        if introduced:
            fresh, introduced = introduced[:4], introduced[4:]
            message = f"feat: add {fresh[0].rsplit('/', 1)[-1]}" if out else "Initial commit"
            out.append(
                Change(moment, person, message, {p: _shown(shown[p], 0) for p in fresh}, number, "feat", slot, week)
            )
        else:
            kind = pick(_KINDS, made.name, week, slot, "kind")
            touched = _touched(made, shown, week, slot)
            for path in touched:
                revisions[path] = revisions.get(path, 0) + 1
            content: dict[str, str | None] = {p: _shown(shown[p], revisions[p]) for p in touched}
            out.append(
                Change(
                    moment, person, _message(made, kind, touched, number, week, slot), content, number, kind, slot, week
                )
            )
        number += 1
    for event in made.events:
        if event.at.date() <= until:
            content = {
                path: None if seed is None else _shown(planted[f"later/{seed}"], 0) for path, seed in event.files
            }
            out.append(Change(event.at, event.person, event.message, content, number + 1000, "fix", 0, 0, planted=True))
    return _with_events_kept(sorted(out, key=lambda c: c.at), made)


def _with_events_kept(ordered: list[Change], made: Made) -> list[Change]:
    """After an event, ordinary changes leave its files alone."""
    frozen: set[str] = set()
    out = []
    for change in ordered:
        kept = change.files if change.planted else {p: t for p, t in change.files.items() if p not in frozen}
        if change.planted:
            frozen |= set(change.files)
        if not kept:
            kept = {_marker(made): f"{change.at:%Y-%m-%d}\n"}
        out.append(
            Change(
                change.at,
                change.person,
                change.message,
                kept,
                change.number,
                change.kind,
                change.slot,
                change.week,
                change.planted,
            )
        )
    return out


def _marker(made: Made) -> str:
    return f"docs/last-reviewed-{made.name}.txt"


def _moments(made: Made, until: date) -> Iterator[tuple[datetime, str, int, int]]:
    """(moment, person, week of the cycle, slot) of every ordinary commit."""
    for monday, week in weeks(made.started, min(until, made.ended)):
        former = made.former_commits and monday < made.handed_over
        crew = made.former if former else made.rhythm.crew
        count = (made.former_commits if former else made.rhythm.commits)[week]
        slots = []
        for slot in range(count):
            late = digits(made.name, week, slot, "late") % 100 < made.rhythm.late
            weekday = digits(made.name, week, slot, "day") % 5
            local = (
                20 + digits(made.name, week, slot, "evening") % 3
                if late
                else 9 + digits(made.name, week, slot, "hour") % 8
            )
            person = pick(crew, made.name, week, slot, "who")
            if not PEOPLE[person].works_on(monday):
                person = crew[0][0]
            moment = at(monday, weekday, local - PEOPLE[person].zone, digits(made.name, week, slot, "minute") % 60)
            slots.append((moment, person, week, slot))
        yield from sorted(s for s in slots if s[0].date() <= min(until, made.ended))


def _touched(made: Made, shown: Mapping[str, str], week: int, slot: int) -> list[str]:
    """The files one ordinary commit changes: mostly hot ones, always files that can change."""
    living = sorted(p for p, text in shown.items() if "{{n}}" in text)
    hot = [p for p in made.rhythm.hot if p in living]
    first = (
        hot[digits(made.name, week, slot, "hot") % len(hot)]
        if hot and digits(made.name, week, slot, "mix") % 10 < 6
        else living[digits(made.name, week, slot, "any") % len(living)]
    )
    more = digits(made.name, week, slot, "more") % 3
    return sorted({first, *(living[digits(made.name, week, slot, "more", i) % len(living)] for i in range(more))})


def _message(made: Made, kind: str, touched: list[str], number: int, week: int, slot: int) -> str:
    if digits(made.name, week, slot, "style") % 100 >= made.rhythm.referring + 15:
        return _PLAIN[digits(made.name, week, slot, "plain") % len(_PLAIN)]
    stem = touched[0].rsplit("/", 1)[-1].split(".")[0].lower()
    words = _WORDS[kind]
    subject = (
        f"{kind}({stem}): {words[digits(made.name, week, slot, 'words') % len(words)].format(thing=f'the {stem}')}"
    )
    refers = digits(made.name, week, slot, "refer") % 100 < made.rhythm.referring
    body = f"\n\nThe old behaviour surprised customers.\n\nCloses #{number + 3}" if refers else ""
    return f"{subject} (#{number}){body}" if refers else subject


def _shown(text: str, revision: int) -> str:
    """A seed's text at a revision: ``{{n}}`` becomes a number that moves with every change, credentials are filled in."""
    out = text.replace("{{n}}", str(10 + revision % 80))
    for mark, value in _SECRETS.items():
        out = out.replace(mark, value)
    return out


def build(made: Made, folder: Path, until: date) -> list[Change]:
    """A bare repository in ``folder`` with the history of ``made`` up to ``until``; returns its changes."""
    listed = changes(made, until)
    folder.mkdir(parents=True)
    git = Git(folder)
    git.run("init", "--quiet", "--bare", "--template=", "--initial-branch=main", str(folder))
    git.run("fast-import", "--quiet", "--done", stdin=b"".join(_stream(made, listed)))
    git.run("pack-refs", "--all")
    return listed


def _stream(made: Made, listed: list[Change]) -> Iterator[bytes]:
    for mark, change in enumerate(listed, start=1):
        person = PEOPLE[change.person]
        stamp = f"{int(change.at.timestamp())} {person.zone:+03d}00"
        who = f"{person.name} <{person.email}> {stamp}"
        message = change.message.encode()
        yield (
            f"commit refs/heads/main\nmark :{mark}\nauthor {who}\ncommitter {who}\ndata {len(message)}\n".encode()
            + message
            + b"\n"
        )
        for path, text in sorted(change.files.items()):
            if text is None:
                yield f"D {path}\n".encode()
            else:
                body = text.encode()
                yield f"M 100644 inline {path}\ndata {len(body)}\n".encode() + body + b"\n"
    for name, mark, when in releases(made, listed):
        tagger = f"{PEOPLE['fay'].name} <{PEOPLE['fay'].email}> {int(when.timestamp())} +0100"
        yield f"tag {name}\nfrom :{mark}\ntagger {tagger}\ndata 8\nRelease.\n".encode()
    yield b"done\n"


def releases(made: Made, listed: list[Change]) -> Iterator[tuple[str, int, datetime]]:
    """(version, mark of its commit, moment) of every release: the last change of every second week of the cycle."""
    if not made.rhythm.releases:
        return
    minor = 0
    for mark, (change, following) in enumerate(zip(listed, [*listed[1:], None], strict=True), start=1):
        ends_week = following is None or following.at.isocalendar()[:2] != change.at.isocalendar()[:2]
        if ends_week and change.week % 2 == 0 and not change.planted:
            minor += 1
            yield f"v1.{minor}.0", mark, change.at + timedelta(minutes=20)
