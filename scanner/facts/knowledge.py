"""Facts on who knows what, who came and went, and what the work was for: from the one pass over the history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal

from scanner.core.evidence import Fact


@dataclass(frozen=True, slots=True)
class Holder:
    """How many changes of an area's files at head a person made, ever: a commit counts once for each file."""

    person: str
    changes: int


@dataclass(frozen=True, slots=True)
class AreaKnowledge:
    """One top directory ("." for files outside any). Commits are people's and no merges.

    ``files`` at head were changed by a person at least once. ``absence_factor`` and ``main_person_share`` (0 to 1) are of
    the commits of 365 days, a commit counting for each of its authors; 0 without any. ``holders`` are those with most
    changes, most first; ``other_changes`` those of the rest.
    """

    area: str
    files: int
    commits_90_days: int
    commits_365_days: int
    people_90_days: int
    people_365_days: int
    absence_factor: int
    main_person: str
    main_person_share: float
    holders: tuple[Holder, ...]
    other_changes: int = 0

    @property
    def changes(self) -> int:
        """All changes of the area's files at head, by everyone."""
        return sum(h.changes for h in self.holders) + self.other_changes


@dataclass(frozen=True, slots=True)
class Knower:
    """A person who knows a file, with the degree of authorship (about 3.3 upwards; see `FileKnowers`)."""

    person: str
    authorship: float


@dataclass(frozen=True, slots=True)
class FileKnowers:
    """Who knows a busy file: everyone whose degree of authorship is 3.293 or more, highest first, at most twenty.

    The degree is 3.293 + 1.098 if first author + 0.164 × own changes − 0.321 × ln(1 + others' changes), over the whole
    history (Avelino, Passos, Hora, Valente, A Novel Approach for Estimating Truck Factors, ICPC 2016).
    """

    path: str
    knowers: tuple[Knower, ...]

    def among(self, present: frozenset[str]) -> frozenset[str]:
        """Those of ``present`` who know the file: over 0.75 of the highest degree among them, as Avelino et al. take it."""
        here = [k for k in self.knowers if k.person in present]
        most = max((k.authorship for k in here), default=0.0)
        return frozenset(k.person for k in here if k.authorship > 0.75 * most)


@dataclass(frozen=True, slots=True)
class Knowledge(Fact):
    """Who knows which part. ``areas`` by name, the 500 most changed; ``busy_files`` had 3 or more revisions in 365 days.

    Busy files are by path, the 5,000 busiest.
    """

    personal: ClassVar[bool] = True
    as_of: datetime
    areas: tuple[AreaKnowledge, ...]
    busy_files: tuple[FileKnowers, ...]


@dataclass(frozen=True, slots=True)
class PersonQuarters:
    """A person's commits in each quarter of `Presence`, in its order."""

    person: str
    commits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Presence(Fact):
    """Who committed in which calendar quarter (UTC, "2026-Q2"), the last one being that of ``as_of``, oldest first."""

    personal: ClassVar[bool] = True
    as_of: datetime
    quarters: tuple[str, ...]
    people: tuple[PersonQuarters, ...]


@dataclass(frozen=True, slots=True)
class QuarterMix:
    """What the human non-merge commits of a calendar quarter (UTC, "2026-Q2") were for.

    ``kinds`` counts commits by kind as `CommitMessages` tells it, kinds without any left out; the rest is unclassified.
    """

    quarter: str
    commits: int
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class EffortMix(Fact):
    """The kinds of work over the last nine quarters, oldest first, empty ones included; the last may be incomplete."""

    as_of: datetime
    quarters: tuple[QuarterMix, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A human commit of ``day`` (UTC) that names an issue, and the number of files it changed.

    ``key`` is ABC-12 (``kind`` "ticket") or owner/name#12: "own" when written as #12, of the repository itself, "elsewhere"
    when written in full.
    """

    key: str
    kind: Literal["ticket", "own", "elsewhere"]
    day: date
    person: str
    files: int


@dataclass(frozen=True, slots=True)
class References(Fact):
    """Which issues the human non-merge commits of the window name, newest first; at most five for one commit.

    ``referring`` of ``commits`` name one at least.
    """

    personal: ClassVar[bool] = True
    as_of: datetime
    window_days: int
    commits: int
    referring: int
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class OwnerActivity(Fact):
    """The people that CODEOWNERS names, against who committed. ``present`` is False when there is no such file.

    ``people`` named are in one of: ``active_there`` (changed a file in 90 days for which a rule of theirs decides),
    ``active_elsewhere`` (committed to other files in 90 days), ``inactive`` (committed once, not in 90 days), or
    ``unmatched`` (no commit bears that login or address: unknown, not absent). ``teams`` cannot be resolved.
    ``abandoned`` are the patterns, at most 50, of rules whose owners are all people and all inactive, of
    ``rules_of_people`` whose owners are all people that could be matched.
    """

    present: bool
    people: int
    active_there: int
    active_elsewhere: int
    inactive: int
    unmatched: int
    teams: int
    rules_of_people: int
    abandoned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HistoryForm(Fact):
    """How the history was written. Counts of commits.

    ``replayed`` are repetitions (same author, author's time, subject and paths: cherry-picks and rebased copies) over the
    whole history; each was counted once. ``squashed_365_days`` are human commits whose subject ends in a change request's
    number, each counted as one however many people signed it; ``squashed_together_365_days`` those signed by several.
    """

    replayed: int
    squashed_365_days: int
    squashed_together_365_days: int
