"""The declaration of one step of a plan."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.core.checks import Effort
from scanner.core.stages import Stage


@dataclass(frozen=True, slots=True)
class Step:
    """A step that raises the answers of the checks it ``addresses`` to ``target`` points (0 to 100).

    ``target`` is what the step realistically reaches, not the ideal. ``kpi`` is the id of the check that
    will show it. ``prerequisites`` are ids of steps without which this one would not last. ``fix`` is a
    ready setting, file or command, shown and never applied. ``id`` is never reused.
    """

    id: str
    title: str
    stage: Stage
    addresses: tuple[str, ...]
    effort: Effort
    owner_role: str
    kpi: str
    target: float = 85.0
    prerequisites: tuple[str, ...] = ()
    fix: str = ""
