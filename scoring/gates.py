"""Gates: decisive findings that hold the level of a stage down while they are open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scanner.core.assessment import Finding, Status
from scanner.core.checks import CheckSpec
from scanner.core.stages import Stage


@dataclass(frozen=True, slots=True)
class Cap:
    """One open gate: the stage stays at ``level`` or below while ``count`` findings of ``check`` are open."""

    stage: Stage
    check: str
    level: int
    because: str
    count: int

    @property
    def text(self) -> str:
        """How reports print it: check, reason, number of findings."""
        return f"{self.check}: {self.because} ({self.count} finding{'' if self.count == 1 else 's'})"


def is_open(finding: Finding) -> bool:
    """Whether the finding still asks for something: neither fixed nor waived."""
    return finding.status in {Status.NEW, Status.KNOWN}


def trips(finding: Finding, spec: CheckSpec) -> bool:
    """Whether ``finding`` of check ``spec`` holds the gate of that check."""
    return spec.gate is not None and is_open(finding) and finding.severity.rank >= spec.gate.severity.rank


def open_gates(findings: Iterable[Finding], specs: Mapping[str, CheckSpec]) -> tuple[Cap, ...]:
    """Every gate that an open finding holds, ordered by stage and check."""
    counts = Counter(f.check for f in findings if f.check in specs and trips(f, specs[f.check]))
    caps = [
        Cap(specs[check].stage, check, gate.cap, gate.because, count)
        for check, count in counts.items()
        if (gate := specs[check].gate) is not None
    ]
    return tuple(sorted(caps, key=lambda cap: (cap.stage.number, cap.check)))
