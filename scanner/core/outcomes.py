"""What a check can answer, and the places that ride along with the answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scanner.core.evidence import Evidence, Unknown
from scanner.core.subjects import Subject


class Basis(StrEnum):
    """How a figure came to be known."""

    MEASURED = "measured"
    INFERRED = "inferred"
    DECLARED = "declared"


class Severity(StrEnum):
    """How bad a finding is; compare by `rank` (0 info … 4 critical)."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for info up to 4 for critical."""
        return list(Severity).index(self)


class Certainty(StrEnum):
    """How sure a rule is that what it found is what it says."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a check saw something worth a finding.

    ``rule`` names what was seen (``bandit:B602``, ``CVE-2019-10906``); ``anchor`` is what stays the
    same when lines move (a function name, a normalised line, a package): it makes the fingerprint.
    ``subject`` is set only by checks over the whole estate, to name the repository.
    """

    message: str
    severity: Severity
    rule: str = ""
    path: str = ""
    line: int | None = None
    commit: str = ""
    anchor: str = ""
    certainty: Certainty = Certainty.HIGH
    subject: Subject | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure in the unit of the check's scale, and why it is that figure.

    ``sample`` is the number of observations behind it (None: a whole count, no sample);
    ``certainty`` from 0 to 1 lowers the confidence of inferred and declared figures.
    """

    value: float
    because: str
    sample: int | None = None
    window_days: int | None = None
    basis: Basis = Basis.MEASURED
    places: tuple[Place, ...] = ()
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The question has no meaning for this subject; it leaves the score untouched."""

    because: str


Outcome = Measured | NotApplicable | Unknown


@dataclass(frozen=True, slots=True)
class Indicator:
    """The answer of one check about one subject.

    ``known`` is the share (0 to 1) of the repositories behind an estate-wide answer that could be
    read; the rest of the weight counts as unknown.
    """

    check: str
    subject: Subject
    outcome: Outcome
    evidence: tuple[Evidence, ...] = ()
    known: float = 1.0
