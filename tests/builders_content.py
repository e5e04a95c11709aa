"""OSV records and small trees for tests of the collectors that read configuration."""

from __future__ import annotations

from typing import Any

from scanner.facts.dependencies import Dependencies, Dependency


def osv(
    identifier: str, ecosystem: str, name: str, *events: dict[str, str], kind: str = "ECOSYSTEM", **more: Any
) -> dict[str, Any]:
    """A small OSV record with one affected package and one range."""
    affected: dict[str, Any] = {"package": {"ecosystem": ecosystem, "name": name}}
    if events:
        affected["ranges"] = [{"type": kind, "events": list(events)}]
    if "versions" in more:
        affected["versions"] = more.pop("versions")
    return {
        "id": identifier,
        "modified": "2026-01-02T00:00:00Z",
        "published": "2026-01-01T00:00:00Z",
        "affected": [affected],
        **more,
    }


def locked(ecosystem: str, name: str, version: str, **given: Any) -> Dependency:
    """A direct runtime dependency of a lock file."""
    defaults: dict[str, Any] = {
        "requirement": "", "purl": "", "direct": True, "scope": "runtime", "path": "lock", "line": 1,
    }  # fmt: skip
    return Dependency(ecosystem, name, version, **(defaults | given))


def dependencies(*entries: Dependency) -> Dependencies:
    """The fact with these entries and no manifests."""
    return Dependencies((), entries)
