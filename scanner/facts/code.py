"""Facts about the code itself: functions, imports, static-analysis hits, secrets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from scanner.core.evidence import Fact
from scanner.core.outcomes import Certainty, Severity


@dataclass(frozen=True, slots=True)
class Function:
    """One function or method. ``complexity`` is McCabe's cyclomatic number; ``lines`` its length.

    ``cognitive`` is SonarSource's cognitive complexity, ``nesting`` the deepest level of control flow in it (0 for none); None
    where only a reader without a syntax tree knows the language.
    """

    path: str
    name: str
    line: int
    language: str
    complexity: int
    lines: int
    parameters: int
    cognitive: int | None = None
    nesting: int | None = None


@dataclass(frozen=True, slots=True)
class Functions(Fact):
    """Every function of product code in the languages measured.

    ``unparsed`` are (path, reason); ``code_lines_measured`` ÷ ``code_lines`` is the share seen.
    """

    functions: tuple[Function, ...]
    languages: tuple[str, ...]
    code_lines_measured: int
    code_lines: int
    unparsed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ImportGraph(Fact):
    """Imports between the repository's own product modules; ``modules`` are paths or package folders.

    ``external`` counts imports that lead outside; ``unresolved`` those that look internal but were not found.
    """

    languages: tuple[str, ...]
    modules: tuple[str, ...]
    edges: tuple[tuple[str, str], ...]
    imported_by_tests: tuple[str, ...]
    """Product modules that some test file imports directly."""
    external: int
    unresolved: int


@dataclass(frozen=True, slots=True)
class CodeFinding:
    """One hit of a static analyser. ``anchor`` is the hit's normalised line, for the fingerprint."""

    tool: str
    rule: str
    path: str
    line: int
    severity: Severity
    certainty: Certainty
    message: str
    anchor: str


@dataclass(frozen=True, slots=True)
class CodeFindings(Fact):
    """Static analysis of product code. ``suppressed`` marks (``# nosec``) were ignored and counted."""

    tool: str
    tool_version: str
    languages: tuple[str, ...]
    findings: tuple[CodeFinding, ...]
    code_lines: int
    suppressed: int
    unparsed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Secret:
    """A credential seen in the tree or the history: kind and place only, never the value.

    ``fingerprint`` is a keyed hash; ``live`` when it still stands at the analysed commit; ``fixture``
    when its path is a test, example or documentation.
    """

    kind: str
    path: str
    line: int
    commit: str
    committed_at: datetime | None
    live: bool
    fixture: bool
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Secrets(Fact):
    """Credentials found in the whole history; fingerprints are keyed, so the fact is personal to the user's key."""

    personal: ClassVar[bool] = True
    tool: str
    tool_version: str
    secrets: tuple[Secret, ...]
    target_suppressions: int
    """Ignore files and allow-marks of the target; all were overridden."""


@dataclass(frozen=True, slots=True)
class Smell:
    """A pattern that costs at scale: a query in a loop, a blocking call in async code, an unbounded read."""

    kind: str
    path: str
    line: int
    detail: str


@dataclass(frozen=True, slots=True)
class ScaleSmells(Fact):
    """Scale smells in Python product code, by the syntax tree."""

    smells: tuple[Smell, ...]
    code_lines: int
    async_functions: int
