"""Facts, holes, and the evidence that carries either one."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import ClassVar, Generic, TypeVar

from scanner.core.subjects import Kind, Subject


class Why(StrEnum):
    """Why a fact could not be established.

    PARTIAL stands in gaps only: the fact is known and says what it leaves out. NO_SUCH_NOTION is no
    hole: the source has nothing of the kind (an edition, another forge), so what asks for it does not apply.
    """

    FORBIDDEN = "forbidden"
    AMBIGUOUS_404 = "ambiguous-404"
    RATE_LIMITED = "rate-limited"
    UNREACHABLE = "unreachable"
    UNPARSABLE = "unparsable"
    TOO_LARGE = "too-large"
    TIMED_OUT = "timed-out"
    NOT_REQUESTED = "not-requested"
    NOT_ANSWERED = "not-answered"
    UNSUPPORTED = "unsupported"
    CORRUPT = "corrupt"
    PARTIAL = "partial"
    SAMPLE_TOO_SMALL = "sample-too-small"
    CRASHED = "crashed"
    NO_SUCH_NOTION = "no-such-notion"


class Fact:
    """Base of every collected payload; concrete facts are frozen dataclasses in ``scanner/facts``.

    ``about`` says what kind of subject the fact describes. ``personal`` marks a fact that holds
    pseudonyms or keyed hashes: its digest depends on the user's key and stays out of reports.
    """

    __slots__ = ()
    about: ClassVar[Kind] = Kind.REPO
    personal: ClassVar[bool] = False


F = TypeVar("F", bound=Fact)
F_co = TypeVar("F_co", bound=Fact, covariant=True)


@dataclass(frozen=True, slots=True)
class Unknown:
    """An explicit hole. Never zero, never a pass. ``closes`` says what would fill it."""

    why: Why
    detail: str
    closes: str = ""


class Unreadable(Exception):
    """Raised inside a collector: everything it has not yet yielded is unknown for this reason."""

    def __init__(self, why: Why, detail: str, closes: str = "") -> None:
        super().__init__(detail)
        self.hole = Unknown(why, detail, closes)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact, or one hole, with its provenance.

    ``source`` is the command, path or API record it was read from; ``commit`` the commit (hex) or
    empty; ``caveat`` says what a known fact leaves out ("first 1000 of 4211 pull requests").
    ``digest`` is the SHA-256 of the stored content, set when it is stored.
    """

    subject: Subject
    fact_type: type[Fact]
    content: Fact | Unknown
    source: str
    collector: str
    version: str
    commit: str = ""
    caveat: str = ""
    digest: str = ""

    def stored_as(self, digest: str) -> Evidence:
        """The same evidence, naming the digest of its stored content."""
        return replace(self, digest=digest)

    def cited(self) -> Evidence:
        """The same without the content of a known fact: a reference to it. A hole stays."""
        return self if isinstance(self.content, Unknown) else replace(self, content=KNOWN)


@dataclass(frozen=True, slots=True)
class Across(Generic[F_co]):
    """One fact over all repositories that count: known per subject, unknown per subject."""

    known: Mapping[Subject, F_co]
    unknown: Mapping[Subject, Unknown] = field(default_factory=dict)

    def __iter__(self) -> Iterator[tuple[Subject, F_co]]:
        """Known pairs in the order of the subjects' names."""
        return iter(sorted(self.known.items(), key=lambda pair: pair[0]))

    @property
    def share_known(self) -> float:
        """Known subjects ÷ all subjects, 0 to 1; 0 when there are none."""
        total = len(self.known) + len(self.unknown)
        return len(self.known) / total if total else 0.0


class Known(Fact):
    """Stands in cited evidence for a fact whose content only the ledger holds."""

    __slots__ = ()


KNOWN = Known()

Load = Callable[[], Fact | Unknown]
"""Reads the content of an evidence again; always the same."""
_HELD = 64
"""Contents read lately that a ledger keeps at hand: those of one repository, for all its checks."""


class Ledger:
    """All evidence of one scan, by subject and fact type.

    Large contents may be left where they are stored (`defer`): they are read when asked for, and let go again.
    """

    def __init__(self, evidence: Iterator[Evidence] | tuple[Evidence, ...] | list[Evidence] = ()) -> None:
        self._by: dict[tuple[Subject, type[Fact]], Evidence] = {}
        self._cited: dict[tuple[Subject, type[Fact]], Evidence] = {}
        self._loads: dict[tuple[Subject, type[Fact]], Load] = {}
        self._held: OrderedDict[tuple[Subject, type[Fact]], Fact | Unknown] = OrderedDict()
        for item in evidence:
            self.add(item)

    def add(self, item: Evidence) -> None:
        """Record ``item``; a second evidence for one subject and fact type replaces the first."""
        key = item.subject, item.fact_type
        self._by[key] = item
        for other in (self._loads, self._held, self._cited):
            other.pop(key, None)

    def defer(self, item: Evidence, load: Load) -> None:
        """Record a known fact without its content, which ``load`` gives whenever it is needed."""
        self.add(item.cited())
        self._loads[item.subject, item.fact_type] = load

    def __iter__(self) -> Iterator[Evidence]:
        """Every evidence with its content, ordered by subject and fact name."""
        for subject, fact_type in self._ordered():
            item = self.get(subject, fact_type)
            assert item is not None
            yield item

    def citations(self) -> Iterator[Evidence]:
        """Every evidence as `cite` gives it, ordered by subject and fact name."""
        return (self._cite(key) for key in self._ordered())

    def get(self, subject: Subject, fact_type: type[Fact]) -> Evidence | None:
        """The evidence on ``fact_type`` of ``subject``, or None when nobody collected it."""
        key = subject, fact_type
        item = self._by.get(key)
        return replace(item, content=self._content(key)) if item is not None and key in self._loads else item

    def cite(self, subject: Subject, fact_type: type[Fact]) -> Evidence | None:
        """The same without the content of a known fact (`KNOWN` instead): what an indicator holds on to."""
        return self._cite((subject, fact_type)) if (subject, fact_type) in self._by else None

    def fact(self, subject: Subject, fact_type: type[F]) -> F | None:
        """The fact itself, or None when it is missing or unknown."""
        key = subject, fact_type
        content = self._content(key) if key in self._by else None
        return content if isinstance(content, fact_type) else None

    def across(self, fact_type: type[F], subjects: tuple[Subject, ...]) -> Across[F]:
        """``fact_type`` over ``subjects``; what nobody collected is unknown there."""
        known: dict[Subject, F] = {}
        unknown: dict[Subject, Unknown] = {}
        for subject in subjects:
            key = subject, fact_type
            content = self._content(key) if key in self._by else None
            if content is None:
                unknown[subject] = Unknown(Why.NOT_REQUESTED, f"{fact_type.__name__} was not collected")
            elif isinstance(content, fact_type):
                known[subject] = content
            elif isinstance(content, Unknown):
                unknown[subject] = content
        return Across(known, unknown)

    def _ordered(self) -> list[tuple[Subject, type[Fact]]]:
        return sorted(self._by, key=lambda key: (key[0], key[1].__name__))

    def _cite(self, key: tuple[Subject, type[Fact]]) -> Evidence:
        if key not in self._cited:
            self._cited[key] = self._by[key].cited()
        return self._cited[key]

    def _content(self, key: tuple[Subject, type[Fact]]) -> Fact | Unknown:
        load = self._loads.get(key)
        if load is None:
            return self._by[key].content
        if key not in self._held:
            self._held[key] = load()
            if len(self._held) > _HELD:
                self._held.popitem(last=False)
        return self._held[key]


def commonest(holes: Mapping[Subject, Unknown]) -> Unknown:
    """The hole that recurs most (ties by text), to stand for a fact unknown everywhere."""
    if not holes:
        return Unknown(Why.NOT_REQUESTED, "no repository was scanned")
    ranked = Counter(holes.values()).most_common()
    top = max(count for _, count in ranked)
    return min((h for h, count in ranked if count == top), key=lambda h: (h.why.value, h.detail))
