"""Advisories for Python packages from pip-audit's own client of the OSV service, when the network is allowed."""

from __future__ import annotations

from pathlib import Path

import requests
from packaging.version import InvalidVersion, Version
from pip_audit._service import OsvService, ResolvedDependency, ServiceError

from scanner.advisories.source import Advisories, Advisory, merged
from scanner.core.evidence import Unreadable, Why
from scanner.core.outcomes import Severity
from scanner.core.text import clean


class PipAuditSource(Advisories):
    """pip-audit's `OsvService`. It tells no severity, so each hit counts as medium without a score.

    ``timeout`` is in seconds per request, ``cache`` a private folder for answers, ``url`` another
    endpoint that speaks the same protocol.
    """

    source = "pip-audit (OSV service)"

    def __init__(self, timeout: int, cache: Path, url: str = "") -> None:
        self._service = OsvService(cache, timeout, url) if url else OsvService(cache, timeout)

    def covers(self, ecosystem: str) -> bool:
        """PyPI alone."""
        return ecosystem == "PyPI"

    def match(self, ecosystem: str, name: str, version: str) -> list[Advisory]:
        """See `Advisories.match`; Unreadable(UNREACHABLE) when the service does not answer."""
        if not self.covers(ecosystem):
            return []
        try:
            asked = ResolvedDependency(name=name, version=Version(version))
        except InvalidVersion:
            raise ValueError(f"version {clean(version, 60)} of {clean(name, 80)} cannot be compared") from None
        try:
            _, results = self._service.query(asked)
        except (ServiceError, requests.RequestException, ValueError, KeyError, TypeError) as error:
            detail = f"the advisory service did not answer ({type(error).__name__})"
            raise Unreadable(Why.UNREACHABLE, detail, "allow the network, or give --advisories PATH") from None
        return merged(
            Advisory(
                clean(result.id, 60),
                tuple(sorted(clean(a, 60) for a in result.aliases)),
                Severity.MEDIUM,
                None,
                tuple(str(v) for v in sorted(v for v in result.fix_versions if v > asked.version)[:1]),
                result.published.date() if result.published else None,
                clean(result.description, 200),
            )
            for result in results
        )

    def close(self) -> None:
        """Close the connections."""
        self._service.session.close()
