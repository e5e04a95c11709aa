"""Checks, indicators and inputs with plain defaults for tests of scoring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from scanner.core.assessment import SubjectProfile
from scanner.core.checks import CheckSpec, Effort, Gate, Rank, Scale, Source
from scanner.core.evidence import Evidence, Fact, Unknown, Why
from scanner.core.outcomes import Indicator, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.stages import Stage
from scanner.core.subjects import Kind, Subject
from scoring.assess import Inputs

AS_OF = date(2026, 6, 30)
ORG = Subject(Kind.ORG, "acme")
API = Subject(Kind.REPO, "acme/api")
WEB = Subject(Kind.REPO, "acme/web")
HOLE = Unknown(Why.FORBIDDEN, "the token may not read it", "grant administration:read")


class Seen(Fact):
    """A fact about a repository."""


class Persons(Fact):
    """A fact that holds pseudonyms."""

    personal = True


def spec(check: str, stage: Stage = Stage.PROCESS, practice: str = "review", **given: Any) -> CheckSpec:
    """A check whose value in percent is its points, needing no sample."""
    defaults: dict[str, Any] = {
        "question": f"Is {check} well?",
        "rationale": "It matters.",
        "scale": Scale("%", ((0, 0), (100, 100)), (Source(Rank.OURS, "test"),), given.pop("sample", 1)),
        "remedy": f"Mend {check}.",
        "effort": Effort(1),
    }
    return CheckSpec(id=check, stage=stage, practice=practice, **(defaults | given))


def gate(severity: Severity = Severity.CRITICAL, cap: int = 2) -> Gate:
    return Gate(severity, "a live secret is in the history", cap)


def measured(value: float, **given: Any) -> Measured:
    return Measured(value, given.pop("because", f"{value:g} seen"), **given)


def answer(check: str, subject: Subject, outcome: Outcome | float, **given: Any) -> Indicator:
    return Indicator(check, subject, measured(outcome) if isinstance(outcome, int | float) else outcome, **given)


def place(message: str = "bad", severity: Severity = Severity.MEDIUM, **given: Any) -> Place:
    return Place(message, severity, **given)


def evidence(
    subject: Subject, fact: type[Fact] = Seen, content: Fact | Unknown | None = None, **given: Any
) -> Evidence:
    defaults: dict[str, Any] = {"source": f"git show {subject.name}", "collector": "test", "version": "1"}
    return Evidence(subject, fact, fact() if content is None else content, **(defaults | given))


def profile(subject: Subject, weight: float = 1.0, **given: Any) -> SubjectProfile:
    defaults: dict[str, Any] = {"repo_class": "active", "criticality": 3, "note": ""}
    return SubjectProfile(subject=subject, weight=weight, **(defaults | given))


def inputs(
    specs: Iterable[CheckSpec],
    indicators: Iterable[Indicator],
    weights: Mapping[Subject, float] | None = None,
    **given: Any,
) -> Inputs:
    """The estate of ``weights`` (api and web alike unless given); a check is of the estate when its indicators are."""
    made, answers = {s.id: s for s in specs}, tuple(indicators)
    about = dict.fromkeys(made, Kind.REPO) | {i.check: i.subject.kind for i in answers}
    defaults: dict[str, Any] = {
        "engagement": "acme", "title": "Acme", "tool_version": "0", "as_of": AS_OF, "targets": ("acme",), "org": ORG,
        "profiles": tuple(profile(s, w) for s, w in (weights or {API: 1.0, WEB: 1.0}).items()),
        "specs": made, "about": about, "indicators": answers, "holes": (),
    }  # fmt: skip
    return Inputs(**(defaults | given))


NOT_APPLICABLE = NotApplicable("there is no code")
