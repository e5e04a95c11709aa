"""Declaring, discovering and running checks: one file, one pure function, one declaration."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import ModuleType
from typing import Any, Generic, Literal, ParamSpec, get_args, get_origin, get_type_hints

from scanner.core.evidence import Across, Evidence, Fact, Ledger, Unknown, Why, commonest
from scanner.core.outcomes import Indicator, NotApplicable, Outcome, Severity
from scanner.core.stages import Stage
from scanner.core.subjects import Kind, Subject

P = ParamSpec("P")


class Rank(StrEnum):
    """How good the source of a threshold is."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a formula or threshold comes from: a standard or study (primary), a report of one, or our argument."""

    rank: Rank
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """The threshold curve of a check: piecewise linear from value (in ``unit``) to points (0 to 100).

    ``curve`` holds (value, points) with strictly rising values; beyond its ends the points stay
    level. ``sample`` is the number of observations below which the answer counts only in part.
    """

    unit: str
    curve: tuple[tuple[float, float], ...]
    sources: tuple[Source, ...]
    sample: int = 1

    def points(self, value: float) -> float:
        """Points from 0 (worst) to 100 (best) for ``value``."""
        first, last = self.curve[0], self.curve[-1]
        if value <= first[0]:
            return first[1]
        if value >= last[0]:
            return last[1]
        for (x0, y0), (x1, y1) in zip(self.curve, self.curve[1:], strict=False):
            if value <= x1:
                return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
        raise ValueError(f"value {value!r} is not a number on the curve")

    @property
    def best(self) -> float:
        """The value that earns the most points (the first such value on the curve)."""
        return max(self.curve, key=lambda point: point[1])[0]


@dataclass(frozen=True, slots=True)
class Gate:
    """While a finding of this check at ``severity`` or worse is open, its stage stays at level ``cap`` or below."""

    severity: Severity
    because: str
    cap: int = 2


@dataclass(frozen=True, slots=True)
class Effort:
    """Person-days to put things right: ``base`` once, plus ``each`` per repository or per finding.

    Low and high are ``spread`` times less and more than the likely figure.
    """

    base: float
    each: float = 0.0
    per: Literal["repository", "finding", "estate"] = "estate"
    spread: float = 2.0

    @property
    def formula(self) -> str:
        """The formula in words, as reports print it."""
        many = {"repository": "repositories", "finding": "findings", "estate": "estates"}[self.per]
        varying = f" + {self.each:g} d × number of {many}" if self.each else ""
        return f"{self.base:g} d{varying} (÷ and × {self.spread:g} for low and high)"


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """Everything that docs, scoring, reports and ``assay explain`` say about a check; declared once.

    ``id`` is never reused. ``practice`` is a practice key of ``stage``. ``weight`` is relative to the
    other checks of the practice. ``controls`` cites control ids of other frameworks.
    """

    id: str
    stage: Stage
    practice: str
    question: str
    rationale: str
    scale: Scale
    remedy: str
    effort: Effort
    weight: float = 1.0
    gate: Gate | None = None
    controls: tuple[str, ...] = ()
    status: Literal["preview", "stable", "retired"] = "stable"
    since: str = "0.1.0"

    def __post_init__(self) -> None:
        if self.practice not in {p.key for p in self.stage.spec.practices}:
            raise ValueError(f"{self.id}: stage {self.stage.value} has no practice {self.practice!r}")


@dataclass(frozen=True, slots=True)
class Need:
    """One parameter of a check: a fact of the subject, or (``across``) of every repository."""

    fact: type[Fact]
    across: bool


@dataclass(frozen=True, slots=True)
class Check(Generic[P]):
    """A declaration, the pure function that answers it, and the facts that function reads."""

    spec: CheckSpec
    answer: Callable[P, Outcome]
    needs: Mapping[str, Need]

    @property
    def about(self) -> Kind:
        """REPO when it is asked of each repository, ORG when once of the estate."""
        local = any(not n.across and n.fact.about is Kind.REPO for n in self.needs.values())
        return Kind.REPO if local else Kind.ORG

    def __call__(self, *facts: P.args, **named: P.kwargs) -> Outcome:
        """The bare function, for tests."""
        return self.answer(*facts, **named)

    def run(self, subject: Subject, org: Subject, repos: tuple[Subject, ...], ledger: Ledger) -> Indicator:
        """Answer for ``subject``; a missing or unknown fact makes the answer Unknown, uncalled."""
        arguments: dict[str, object] = {}
        cited: list[Evidence] = []
        known = 1.0
        for name, need in self.needs.items():
            if need.across:
                across = _having(ledger.across(need.fact, repos))
                cited += [e for r in repos if (e := ledger.cite(r, need.fact)) is not None]
                if not across.known:
                    return Indicator(self.spec.id, subject, _unanswered(commonest(across.unknown)), tuple(cited))
                known = min(known, across.share_known)
                arguments[name] = across
                continue
            whose = org if need.fact.about is Kind.ORG else subject
            item = ledger.cite(whose, need.fact)
            if item is None:
                hole = Unknown(Why.NOT_REQUESTED, f"{need.fact.__name__} was not collected")
                return Indicator(self.spec.id, subject, hole, tuple(cited))
            cited.append(item)
            if isinstance(item.content, Unknown):
                return Indicator(self.spec.id, subject, _unanswered(item.content), tuple(cited))
            arguments[name] = ledger.fact(whose, need.fact)
        # `needs` was read from this very signature, so the names and types agree.
        answer: Callable[..., Outcome] = self.answer
        return Indicator(self.spec.id, subject, answer(**arguments), tuple(cited), known)


def _having(across: Across[Fact]) -> Across[Fact]:
    """``across`` without the subjects whose source has no such notion, unless it is all of them."""
    holes = {s: u for s, u in across.unknown.items() if u.why is not Why.NO_SUCH_NOTION}
    return Across(across.known, holes) if across.known or holes else across


def _unanswered(hole: Unknown) -> Outcome:
    """What a check answers in place of a missing fact."""
    return NotApplicable(hole.detail) if hole.why is Why.NO_SUCH_NOTION else hole


def check(spec: CheckSpec) -> Callable[[Callable[P, Outcome]], Check[P]]:
    """Attach a declaration to a pure function whose parameter types are its dependencies."""

    def wrap(answer: Callable[P, Outcome]) -> Check[P]:
        hints = get_type_hints(answer)
        return Check(spec, answer, {p: _need(spec.id, p, hints[p]) for p in inspect.signature(answer).parameters})

    return wrap


def _need(check_id: str, name: str, hint: object) -> Need:
    across = get_origin(hint) is Across
    fact = get_args(hint)[0] if across else hint
    if not (isinstance(fact, type) and issubclass(fact, Fact)):
        raise TypeError(f"{check_id}: parameter {name} must be a Fact or Across[Fact]")
    return Need(fact, across)


def modules_below(package: ModuleType) -> Iterator[ModuleType]:
    """Every module below ``package``, imported, in the order of their names."""
    for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        yield importlib.import_module(info.name)


@cache
def discover(package: ModuleType) -> tuple[Check[Any], ...]:
    """Every check below ``package``, ordered by id; ValueError when two share an id."""
    found: dict[str, Check[Any]] = {}
    for module in modules_below(package):
        for value in vars(module).values():
            if not isinstance(value, Check) or value.answer.__module__ != module.__name__:
                continue
            if value.spec.id in found and found[value.spec.id] is not value:
                raise ValueError(f"duplicate check id {value.spec.id} in {module.__name__}")
            found[value.spec.id] = value
    return tuple(found[i] for i in sorted(found))


def plugins(package: ModuleType, name: str, kind: type[types.GenericAlias | Any]) -> Iterator[Any]:
    """Every module-level value called ``name`` of type ``kind`` below ``package``."""
    for module in modules_below(package):
        value = vars(module).get(name)
        if isinstance(value, kind):
            yield value
