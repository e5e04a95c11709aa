"""The ``--fail-on`` conditions: what makes a scan end with exit code 4."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from scanner.cli import output
from scanner.core.outcomes import Severity
from scanner.core.stages import Stage
from scanner.pipeline.events import Watcher
from scanner.pipeline.unchanged import Told

if TYPE_CHECKING:
    from scanner.core.assessment import Assessment


class Condition(NamedTuple):
    """A condition as typed, and whether what a scan told meets it: None when what it asks could not be judged."""

    text: str
    verdict: Callable[[Told], bool | None]

    def met(self, told: Told) -> str:
        """What is met, in words; empty when it is not. What could not be judged is met: unknown is never a pass."""
        verdict = self.verdict(told)
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
        open_states = {Status.NEW.value} if new else {Status.NEW.value, Status.KNOWN.value}
        grave = {severity.value for severity in Severity if severity.rank >= least}
        return Condition(text, lambda t: any(s in grave and status in open_states for s, status in t.findings))
    compared = re.fullmatch(r"([a-z]+)<(\d{1,3})", text)
    if compared and compared[1] == "score":
        bound = int(compared[2])
        return Condition(text, lambda t: _below(t.score, bound))
    if compared and compared[1] in {s.value for s in Stage}:
        stage, level = compared[1], int(compared[2])
        return Condition(text, lambda t: _below(dict(t.levels).get(stage), level))
    raise ValueError(f"{text!r} is no condition; write {FORMS}")


def told(assessment: Assessment, scan: int, words: str, repositories: int, warnings: tuple[str, ...]) -> Told:
    """What the finished ``scan`` tells, with all that conditions ask of its assessment.

    There is no score of the whole when so little is known that it has no level.
    """
    return Told(
        scan, words, repositories, warnings,
        score=None if assessment.overall.level is None else assessment.overall.score,
        levels=tuple((stage.stage.value, stage.level) for stage in assessment.stages),
        findings=tuple(sorted({(finding.severity.value, finding.status.value) for finding in assessment.findings})),
    )  # fmt: skip


def exit_code(conditions: Iterable[Condition], told: Told, watcher: Watcher, otherwise: int) -> int:
    """4 when a condition is met, which is said; else ``otherwise``."""
    met = [words for condition in conditions if (words := condition.met(told))]
    if met:
        output.say(watcher, "fail-on", f"assay: --fail-on met: {', '.join(met)}")
    return 4 if met else otherwise


def _below(figure: float | None, bound: int) -> bool | None:
    return None if figure is None else figure < bound
