"""Every report format below ``reports``, by name."""

from __future__ import annotations

from collections.abc import Mapping

import reports
from reports.format import ReportFormat
from scanner.core.checks import plugins


def formats() -> Mapping[str, ReportFormat]:
    """The formats by name, ordered by name; ValueError when two share a name or a file name."""
    found: list[ReportFormat] = sorted(plugins(reports, "FORMAT", ReportFormat), key=lambda f: f.name)
    for unique in ({f.name for f in found}, {f.filename for f in found}):
        if len(unique) != len(found):
            raise ValueError("two report formats share a name or a file name")
    return {f.name: f for f in found}
