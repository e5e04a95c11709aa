"""How a report format is declared: found as the module-level value ``FORMAT``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scanner.core.assessment import Assessment
from scanner.core.checks import CheckSpec

Catalogue = Mapping[str, CheckSpec]
"""The declarations of the checks by id: units, thresholds, remedies and sources for "how do you know?"."""


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """One output format. ``render`` is pure: the same assessment and catalogue give the same bytes.

    ``suffix`` starts with a dot; ``filename`` is the name under which the pipeline writes the bytes.
    """

    name: str
    suffix: str
    media_type: str
    filename: str
    render: Callable[[Assessment, Catalogue], bytes]
