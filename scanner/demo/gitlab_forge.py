"""What only a GitLab knows: plain records beside those of `scanner.demo.forge`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DeployTokenRecord:
    """A deploy token; only GitLab has them."""

    name: str
    scopes: tuple[str, ...] = ("read_repository",)
    expires_at: datetime | None = None
    revoked: bool = False
    expired: bool = False


@dataclass(frozen=True, slots=True)
class RegistryRecord:
    """The container registry and its expiration policy; only GitLab has them."""

    enabled: bool = True
    cleans: bool = True
    keep_n: int | None = 10
    older_than: str | None = "90d"
    size_bytes: int = 0


UNUSED_REGISTRY = RegistryRecord()
"""On and empty, as GitLab makes it with every project."""
