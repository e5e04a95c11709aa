"""Which advisory data a scan uses."""

from __future__ import annotations

from pathlib import Path

from scanner.advisories.source import Advisories
from scanner.pipeline.work import AdvisorySource

_ONLINE_SECONDS = 15


def advisory_source(given: Path | None, offline: bool, cache: Path) -> AdvisorySource:
    """The advisory database at ``given``; else, online, pip-audit's services; else nothing. Opened in each worker."""

    def database() -> Advisories | None:
        from scanner.advisories.database import AdvisoryDatabase

        assert given is not None
        return AdvisoryDatabase(given, cache / "advisories")

    def services() -> Advisories | None:
        from scanner.advisories.python_service import PipAuditSource

        return PipAuditSource(_ONLINE_SECONDS, cache / "pip-audit")

    def nothing() -> Advisories | None:
        return None

    if given is not None:
        return database
    return nothing if offline else services
