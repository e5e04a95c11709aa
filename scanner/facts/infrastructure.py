"""Facts about containers and declared infrastructure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scanner.core.evidence import Fact
from scanner.core.outcomes import Severity


@dataclass(frozen=True, slots=True)
class BaseImage:
    """An image a container file or manifest names; ``tag`` and ``digest`` as written, empty when absent."""

    image: str
    tag: str
    digest: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class ContainerFile:
    """One Dockerfile. ``user`` is the last USER of the final stage, empty when none (root)."""

    path: str
    stages: int
    user: str
    healthcheck: bool
    adds_remote: bool
    copies_everything: bool
    secret_in_environment: bool


@dataclass(frozen=True, slots=True)
class Containers(Fact):
    """All container files and the images that they, compose files and Kubernetes manifests name."""

    files: tuple[ContainerFile, ...]
    images: tuple[BaseImage, ...]
    unparsed: tuple[tuple[str, str], ...]


ResourceKind = Literal[
    "compute", "database", "cache", "queue", "storage", "network", "identity", "load-balancer", "cluster", "cdn",
    "dashboard", "alert", "slo", "log", "backup", "budget", "secret-store", "autoscaler", "job", "dns", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Resource:
    """One declared resource (Terraform, CloudFormation, Kubernetes, compose), normalised.

    None means: the file does not say. ``replicas`` is the declared or minimum count; ``backup_days``
    the retention; ``tags`` the number of tags or labels.
    """

    kind: ResourceKind
    type: str
    name: str
    provider: str
    path: str
    line: int
    replicas: int | None = None
    autoscaled: bool | None = None
    multi_zone: bool | None = None
    backup_days: int | None = None
    encrypted: bool | None = None
    public: bool | None = None
    deletion_protected: bool | None = None
    limits: bool | None = None
    probes: bool | None = None
    tags: int | None = None
    size: str = ""


@dataclass(frozen=True, slots=True)
class Misconfiguration:
    """A known fault of an infrastructure or container file, by rule id."""

    rule: str
    severity: Severity
    path: str
    line: int
    message: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Infrastructure(Fact):
    """All declared infrastructure of the tree. Empty: none is declared here. ``tools`` are terraform, kubernetes and so on."""

    tools: tuple[str, ...]
    resources: tuple[Resource, ...]
    misconfigurations: tuple[Misconfiguration, ...]
    environments: tuple[str, ...]
    unparsed: tuple[tuple[str, str], ...]

    def of(self, *kinds: ResourceKind) -> tuple[Resource, ...]:
        """The resources of these kinds."""
        return tuple(r for r in self.resources if r.kind in kinds)


@dataclass(frozen=True, slots=True)
class RuntimeTraits(Fact):
    """Twelve-factor and operations signals, each with the paths that show it (empty: none seen).

    ``environment_config`` reads settings from the environment; ``hard_coded_endpoints`` are product
    code lines with an absolute host or address; ``local_state`` writes files or keeps sessions on local disk.
    """

    environment_config: tuple[str, ...]
    hard_coded_endpoints: tuple[tuple[str, int], ...]
    local_state: tuple[tuple[str, int], ...]
    health_endpoints: tuple[str, ...]
    api_contracts: tuple[str, ...]
    migrations: tuple[str, ...]
    load_tests: tuple[str, ...]
    dashboards: tuple[str, ...]
    alerts: tuple[str, ...]
    slos: tuple[str, ...]
    deployable: bool
    """A container file, Procfile, serverless, chart or deploy pipeline is there: it runs somewhere."""
