"""The ``--fail-on`` conditions: what makes a scan end with exit code 4."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from scanner.core.outcomes import Severity
from scanner.core.stages import Stage

if TYPE_CHECKING:
    from scanner.core.assessment import Assessment


class Condition(NamedTuple):
    """A condition as typed, and whether an assessment meets it: None when what it asks could not be judged."""

    text: str
    verdict: Callable[[Assessment], bool | None]

    def met(self, assessment: Assessment) -> str:
        """What is met, in words; empty when it is not. What could not be judged is met: unknown is never a pass."""
        verdict = self.verdict(assessment)
        if verdict is None:
            return f"{self.text} (not assessable)"
        return self.text if verdict else ""


FORMS = "critical, high, medium or low (an open finding of that severity or worse), new:high (a new one), score<60, or security<3 (a stage's level); a score or level that is not assessable meets its condition"


def parse(text: str) -> Condition:
    """The condition that ``text`` writes; ValueError saying the forms when it writes none."""
    from scanner.core.assessment import Status

    new, _, name = text.rpartition(":")
    if name in {s.value for s in Severity} and new in ("", "new"):
        least = Severity(name).rank
        open_states = (Status.NEW,) if new else (Status.NEW, Status.KNOWN)
        return Condition(text, lambda a: any(f.severity.rank >= least and f.status in open_states for f in a.findings))
    compared = re.fullmatch(r"([a-z]+)<(\d{1,3})", text)
    if compared and compared[1] == "score":
        bound = int(compared[2])
        return Condition(text, lambda a: _below(_whole(a), bound))
    if compared and compared[1] in {s.value for s in Stage}:
        stage, level = Stage(compared[1]), int(compared[2])
        return Condition(text, lambda a: _below(next((s.level for s in a.stages if s.stage is stage), None), level))
    raise ValueError(f"{text!r} is no condition; write {FORMS}")


def _whole(assessment: Assessment) -> float | None:
    """The score of the whole; None when so little is known that it has no level."""
    return None if assessment.overall.level is None else assessment.overall.score


def _below(figure: float | None, bound: int) -> bool | None:
    return None if figure is None else figure < bound
