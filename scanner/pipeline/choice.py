"""Which of the repositories that targets lead to are looked at, and how closely."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from scanner.core.evidence import Unknown, Why
from scanner.core.text import clean
from scanner.facts.engagement import Selection
from scanner.http.forge import ListedRepository
from scanner.pipeline.targets import Planned, Reading

VISIBILITIES = ("public", "private", "internal")
_ARCHIVED = Unknown(Why.NOT_REQUESTED, "archived repositories are listed, not read", "scan with --archived")
_FORK = Unknown(Why.NOT_REQUESTED, "forks are listed, not read", "scan with --forks")
_FORGE_ONLY = Unknown(Why.NOT_REQUESTED, "the forge alone was asked, nothing was cloned", "scan without --forge-only")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user chose. Patterns (`fnmatch`) fit the whole name or its last part; empty: no such condition.

    ``archived`` and ``forks``: True reads them like others, False leaves them out, None lists them without reading.
    ``topics``, ``visibility`` and ``sample`` (how many, the most recently pushed) speak of repositories that a forge lists.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    visibility: str = ""
    archived: bool | None = None
    forks: bool | None = None
    sample: int | None = None
    forge_only: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """The repositories that are looked at, how many were found, and in words what was left out (empty: nothing)."""

    repositories: tuple[Planned, ...]
    selection: Selection
    left_out: str


def choose(found: Sequence[Planned], choice: Choice) -> Chosen:
    """Those of ``found`` that ``choice`` leaves, in the same order; what could not be listed or opened always stays."""
    reasons: dict[str, int] = {}
    left: list[Planned] = []
    for item in found:
        reason = "" if item.problem is not None and item.listed is None else next(_against(item, choice), "")
        if reason:
            reasons[reason] = reasons.get(reason, 0) + 1
        else:
            left.append(_closely(item, choice))
    sampled = _sample(left, choice.sample)
    if len(sampled) < len(left):
        words = f"not among the {choice.sample:,} most recently pushed"
        reasons[words] = len(left) - len(sampled)
    told = Selection(len(found), len(found) - len(sampled))
    return Chosen(tuple(sampled), told, _words(told, reasons))


def _against(item: Planned, choice: Choice) -> Iterator[str]:
    """Every reason for leaving ``item`` out."""
    if choice.include and not item.subject.matches(choice.include):
        yield f"not fitting --include {_told(choice.include)}"
    if choice.exclude and item.subject.matches(choice.exclude):
        yield f"fitting --exclude {_told(choice.exclude)}"
    listed = item.listed
    if listed is None:
        return
    if choice.topics and not set(listed.topics) & set(choice.topics):
        yield f"without the topic {_told(choice.topics)}"
    if choice.visibility and _visibility(listed) != choice.visibility:
        yield f"not {choice.visibility}"
    if choice.archived is False and listed.archived:
        yield "archived"
    if choice.forks is False and listed.fork:
        yield "forks"


def _visibility(listed: ListedRepository) -> str:
    return listed.visibility or ("private" if listed.private else "public")


def _closely(item: Planned, choice: Choice) -> Planned:
    """``item`` with how closely it is to be read: what is not judged is not cloned unless it is asked for."""
    if item.listed is None or item.problem is not None:
        return item
    if item.listed.archived and not choice.archived:
        return replace(item, reading=Reading.LISTED, unread=_ARCHIVED)
    if item.listed.fork and not choice.forks:
        return replace(item, reading=Reading.LISTED, unread=_FORK)
    return replace(item, reading=Reading.FORGE, unread=_FORGE_ONLY) if choice.forge_only else item


def _sample(found: list[Planned], number: int | None) -> list[Planned]:
    """The ``number`` most recently pushed of those that a forge lists and that are read, ties by name; with all others."""
    ranked = sorted((p for p in found if p.listed is not None and p.reading is not Reading.LISTED), key=_by_push)
    dropped = {p.subject for p in ranked[number:]} if number is not None else set()
    return [item for item in found if item.subject not in dropped]


def _by_push(item: Planned) -> tuple[float, str]:
    pushed = item.listed.pushed_at if item.listed is not None else None
    return -(pushed or datetime.min.replace(tzinfo=UTC)).timestamp(), item.subject.name


def _told(words: tuple[str, ...]) -> str:
    return clean(", ".join(sorted(words)), 200)


def _words(told: Selection, reasons: dict[str, int]) -> str:
    if not reasons:
        return ""
    listed = "; ".join(f"{number:,} {reason}" for reason, number in sorted(reasons.items()))
    kept = told.repositories_found - told.repositories_left_out
    return f"{kept:,} of {told.repositories_found:,} repositories were looked at, by choice; left out: {listed}"
