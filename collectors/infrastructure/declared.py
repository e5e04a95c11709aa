"""What a reader of one infrastructure language gives."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.core.outcomes import Severity
from scanner.core.text import clean
from scanner.facts.infrastructure import BaseImage, Misconfiguration, Resource

SEVERITIES = {
    "privileged-container": Severity.HIGH, "host-network": Severity.MEDIUM, "host-path": Severity.MEDIUM, "root-container": Severity.MEDIUM, "no-resource-limits": Severity.LOW, "no-probes": Severity.LOW,
    "image-latest-tag": Severity.LOW, "privilege-escalation": Severity.LOW, "docker-socket": Severity.HIGH, "plain-secret": Severity.HIGH, "wildcard-role": Severity.HIGH,
    "open-security-group": Severity.HIGH, "public-bucket": Severity.HIGH, "unencrypted-storage": Severity.MEDIUM, "public-database": Severity.HIGH, "no-backup": Severity.MEDIUM, "wildcard-iam": Severity.HIGH,
    "no-deletion-protection": Severity.LOW, "single-zone-database": Severity.LOW, "plain-http-listener": Severity.MEDIUM, "public-cluster-endpoint": Severity.MEDIUM, "no-network-isolation": Severity.MEDIUM,
}  # fmt: skip
"""How bad each fault is (ours, after the CIS benchmarks for Docker, Kubernetes and AWS: what opens the system is high)."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What one file declares."""

    tools: tuple[str, ...] = ()
    resources: tuple[Resource, ...] = ()
    faults: tuple[Misconfiguration, ...] = ()
    images: tuple[BaseImage, ...] = ()
    unparsed: str = ""
    """Why part of the file was not read, empty when it was."""


def fault(rule: str, path: str, line: int, message: str, anchor: str) -> Misconfiguration:
    """A fault with the severity of its rule."""
    return Misconfiguration(rule, SEVERITIES[rule], path, line, clean(message, 200), clean(anchor, 120))


def unpinned(images: tuple[BaseImage, ...]) -> list[Misconfiguration]:
    """Images that name no version."""
    return [
        fault("image-latest-tag", i.path, i.line, f"{i.image} is not pinned to a version", i.image)
        for i in images
        if not i.digest and i.tag in ("", "latest")
    ]
