"""CODEOWNERS read against the tree."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown, Unreadable
from scanner.core.text import clean
from scanner.facts.tree import Ownership, Tree, TreeEntry
from scanner.repository import Repository

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where forges look; the first that exists counts (GitHub: .github, root, docs; GitLab: root, docs, .gitlab)."""
RULES = 2_000
LINES = 20_000
_PATTERN_CHARACTERS = 300
_PERSON = re.compile(r"@[\w.-]{1,100}|[^@\s]{1,100}@[\w.-]{1,100}\.\w{2,20}")
_TEAM = re.compile(r"@{1,2}[\w.-]{1,100}(?:/[\w.-]{1,100}){1,5}|@@[\w.-]{1,100}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the pattern as path segments (``**`` stands for any number of them), and its owners, maybe none."""

    segments: tuple[str, ...]
    owners: tuple[str, ...]

    @property
    def pattern(self) -> str:
        """The pattern as it is understood."""
        return "/".join(self.segments)


@dataclass(frozen=True, slots=True)
class Owners:
    """A parsed CODEOWNERS file: its rules in order, and how many lines were not understood."""

    rules: tuple[Rule, ...]
    unparsed_lines: int


def parse(content: bytes) -> Owners:
    """The rules of a CODEOWNERS file: GitHub's syntax, and GitLab's sections with their default owners."""
    rules: list[Rule] = []
    unparsed, default = 0, tuple[str, ...]()
    for raw in content.decode("utf-8", "replace").splitlines()[:LINES]:
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith(("[", "^[")) and "]" in line:
            default = tuple(w for w in line.rpartition("]")[2].split() if _is_owner(w))
            continue
        rule = _rule(line, default)
        if rule is None or len(rules) >= RULES:
            unparsed += 1
        else:
            rules.append(rule)
    return Owners(tuple(rules), unparsed)


def _rule(line: str, default: tuple[str, ...]) -> Rule | None:
    words = line.replace("\\ ", "\0").split(" #")[0].split()
    pattern = words[0].replace("\0", " ")
    owners = tuple(words[1:]) or default
    if (
        len(pattern) > _PATTERN_CHARACTERS
        or pattern.startswith("!")
        or "[" in pattern
        or not all(map(_is_owner, owners))
    ):
        return None
    return Rule(_segments(pattern), owners)


def _segments(pattern: str) -> tuple[str, ...]:
    """Gitignore's reading: without an inner slash it may stand anywhere, a folder stands for all below it.

    ``docs/*`` is GitHub's exception: files directly in the folder only.
    """
    anchored = "/" in pattern.rstrip("/")
    parts = tuple(p for p in pattern.split("/") if p)
    head = () if anchored else ("**",)
    if pattern.endswith("/"):
        return (*head, *parts, "*", "**")
    direct = parts[-1:] == ("**",) or (len(parts) > 1 and parts[-1] == "*")
    return (*head, *parts) if direct else (*head, *parts, "**")


def _is_owner(word: str) -> bool:
    return _PERSON.fullmatch(word) is not None or _TEAM.fullmatch(word) is not None


def place_among(paths: Container[str]) -> str:
    """Where the file that counts lies; empty when there is none."""
    return next((place for place in PLACES if place in paths), "")


def is_team(owner: str) -> bool:
    """Whether an owner is a team or role rather than a person."""
    return _TEAM.fullmatch(owner) is not None


def matches(segments: Sequence[str], path: str) -> bool:
    """Whether a pattern holds for a path: at most segments × segments of the path steps, no backtracking."""
    reached = {0} | _past_stars(segments, 0)
    for part in path.split("/"):
        following: set[int] = set()
        for at in reached:
            if at == len(segments):
                continue
            if segments[at] == "**":
                following.add(at)
            elif _glob(segments[at], part):
                following.add(at + 1)
        reached = {more for at in following for more in (at, *_past_stars(segments, at))}
        if not reached:
            return False
    return len(segments) in reached


def _past_stars(segments: Sequence[str], at: int) -> set[int]:
    past = set()
    while at < len(segments) and segments[at] == "**":
        at += 1
        past.add(at)
    return past


def _glob(pattern: str, text: str) -> bool:
    """``*`` and ``?`` within one segment, in time linear in the product of the lengths."""
    if pattern == "*" or pattern == text:
        return True
    if "*" not in pattern and "?" not in pattern:
        return False
    p = t = 0
    star, mark = -1, 0
    while t < len(text):
        if p < len(pattern) and (pattern[p] == "?" or (pattern[p] != "*" and pattern[p] == text[t])):
            p, t = p + 1, t + 1
        elif p < len(pattern) and pattern[p] == "*":
            star, mark, p = p, t, p + 1
        elif star >= 0:
            mark += 1
            p, t = star + 1, mark
        else:
            return False
    return all(c == "*" for c in pattern[p:])


def _may_hold(segments: Sequence[str], top: str) -> bool:
    """Whether a pattern can hold for any path that starts with ``top``; spares most comparisons."""
    return not segments or segments[0] == "**" or _glob(segments[0], top)


class Deciding:
    """Tells which rule decides for a path: the last that matches, though it may name nobody."""

    def __init__(self, owners: Owners) -> None:
        self._rules = owners.rules[::-1]
        self._candidates: dict[str, list[Rule]] = {}

    def rule(self, path: str) -> Rule | None:
        """The rule that decides; None when none matches."""
        top = path.partition("/")[0]
        if top not in self._candidates:
            self._candidates[top] = [r for r in self._rules if _may_hold(r.segments, top)]
        return next((r for r in self._candidates[top] if matches(r.segments, path)), None)


def judge(path: str, owners: Owners, entries: Sequence[TreeEntry]) -> Ownership:
    """How many product files have an owner: the last rule that matches decides, and it may name nobody."""
    product = [e.path for e in entries if e.role == "product" and e.kind in ("file", "executable")]
    owned, deciding = 0, Deciding(owners)
    for file in product:
        rule = deciding.rule(file)
        owned += bool(rule and rule.owners)
    named = {owner.lower() for rule in owners.rules for owner in rule.owners}
    teams = sum(map(is_team, named))
    return Ownership(
        present=True,
        path=clean(path),
        rules=len(owners.rules),
        unparsed_lines=owners.unparsed_lines,
        files=len(product),
        files_owned=owned,
        teams=teams,
        people=len(named) - teams,
    )


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Reads the CODEOWNERS file that counts; that there is none is knowledge."""
    tree = ask.fact(Tree)
    present = {e.path: e for e in tree.entries if e.path in PLACES and e.kind in ("file", "executable")}
    entry = present.get(place_among(present))
    if entry is None:
        nobody = judge("", Owners((), 0), tree.entries)
        yield found(replace(nobody, present=False), ", ".join(PLACES), commit=tree.commit)
        return
    for _, content in ask.source.read([entry.oid]):
        if isinstance(content, Unknown):
            raise Unreadable(content.why, f"{entry.path}: {content.detail}")
        yield found(judge(entry.path, parse(content), tree.entries), entry.path, commit=tree.commit)


COLLECTOR = Collector(
    name="tree-ownership",
    version="1",
    source=Repository,
    provides=(Ownership,),
    needs=(Tree,),
    collect=collect,
)
