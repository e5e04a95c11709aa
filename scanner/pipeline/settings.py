"""What a scan depends on beside repositories, date and code: the programs found here, the advisories, the network."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from scanner.core.evidence import Unreadable
from scanner.tools import find_tool

TOOLS = {"gitleaks": "secrets in the tree and the history", "bandit": "static analysis of Python"}
"""The programs that collectors start, and what stays unknown without them."""


def settings_key(offline: bool, advisories: Path | None) -> str:
    """SHA-256 (hex) that names them; ``advisories`` is a folder or zip of OSV records."""
    parts: list[object] = [offline, sorted(name for name in TOOLS if find_tool(name))]
    if advisories is not None:
        from scanner.advisories.database import sources_digest

        try:
            parts.append(sources_digest(advisories))
        except (Unreadable, OSError):  # its absence is told for every repository that asks for it
            parts.append(str(advisories.resolve()))
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
