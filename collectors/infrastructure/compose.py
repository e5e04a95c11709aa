"""Compose files: services, their images and what is wrong with them."""

from __future__ import annotations

from dataclasses import replace

from collectors.blobs import matcher
from collectors.ci.family import looks_secret
from collectors.infrastructure.declared import Declared, fault, unpinned
from collectors.infrastructure.images import image
from collectors.parsing import line_of, load_yaml, mapping, several, text
from scanner.core.outcomes import Severity
from scanner.core.text import clean
from scanner.facts.infrastructure import BaseImage, Misconfiguration, Resource, ResourceKind

_KINDS: tuple[tuple[ResourceKind, tuple[str, ...]], ...] = (
    ("database", ("postgres", "mysql", "mariadb", "mongo", "mssql", "cockroach", "cassandra", "timescale", "postgis", "neo4j", "clickhouse", "elasticsearch", "opensearch", "influxdb")),
    ("cache", ("redis", "memcached", "valkey", "keydb", "dragonfly")),
    ("queue", ("rabbitmq", "kafka", "nats", "activemq", "redpanda", "pulsar", "localstack", "zookeeper")),
    ("load-balancer", ("nginx", "traefik", "haproxy", "envoy", "caddy")),
    ("storage", ("minio", "azurite")),
    ("secret-store", ("vault",)),
    ("dashboard", ("grafana", "kibana")),
    ("alert", ("alertmanager",)),
    ("log", ("loki", "fluentd", "fluent-bit", "logstash", "promtail")),
)  # fmt: skip


_PLAIN_SECRET = Severity.MEDIUM
"""A literal password in a compose file mostly opens a database on a developer's own machine."""

claims = matcher("docker-compose*.yml", "docker-compose*.yaml", "compose.y*ml", "compose.*.y*ml", "docker-stack*.y*ml")
"""Compose files under their usual names."""


def kind_of_image(name: str) -> ResourceKind:
    """What an image is there for, by its name; compute unless it is a known service."""
    last = name.lower().rsplit("/", 1)[-1]
    return next((kind for kind, words in _KINDS if any(w in last for w in words)), "compute")


def parse(path: str, content: bytes) -> Declared:
    """One compose file. ValueError when it cannot be read."""
    services = {k: mapping(v) for k, v in mapping(mapping(load_yaml(content)).get("services")).items()}
    resources: list[Resource] = []
    faults: list[Misconfiguration] = []
    images: list[BaseImage] = []
    for name, service in services.items():
        line = line_of(service)
        named = image(text(service.get("image")), path, line_of(service, "image")) if service.get("image") else None
        if named and "build" not in service:
            images.append(named)
        deploy = mapping(service.get("deploy"))
        replicas = deploy.get("replicas", service.get("scale"))
        limits = bool(mapping(deploy.get("resources")).get("limits")) or "mem_limit" in service
        resources.append(
            Resource(
                kind_of_image(named.image if named else ""), "compose:service", clean(name, 100), "compose", path, line,
                replicas=replicas if isinstance(replicas, int) and not isinstance(replicas, bool) else None,
                limits=limits, probes="healthcheck" in service, tags=len(several(service.get("labels"))) or None,
            )
        )  # fmt: skip
        faults += _faults(path, clean(name, 100), service)
    return Declared(("compose",), tuple(resources), (*faults, *unpinned(tuple(images))), tuple(images))


def _faults(path: str, name: str, service: dict[str, object]) -> list[Misconfiguration]:
    out = []
    if service.get("privileged") is True:
        out.append(
            fault("privileged-container", path, line_of(service, "privileged"), f"service {name} is privileged", name)
        )
    if text(service.get("network_mode")) == "host":
        out.append(
            fault(
                "host-network", path, line_of(service, "network_mode"), f"service {name} uses the host's network", name
            )
        )
    if any(
        "docker.sock" in text(v if not isinstance(v, dict) else mapping(v).get("source"))
        for v in several(service.get("volumes"))
    ):
        out.append(
            fault(
                "docker-socket",
                path,
                line_of(service, "volumes"),
                f"service {name} may command the host's Docker",
                name,
            )
        )
    for variable, value in _environment(service.get("environment")):
        if looks_secret(variable, value):
            out.append(
                replace(
                    fault(
                        "plain-secret",
                        path,
                        line_of(service, "environment"),
                        f"{clean(variable, 60)} of service {name} is set to a literal value",
                        f"{name}:{variable}",
                    ),
                    severity=_PLAIN_SECRET,
                )
            )
    return out


def _environment(value: object) -> list[tuple[str, object]]:
    if isinstance(value, dict):
        return list(mapping(value).items())
    pairs = (text(v).partition("=") for v in several(value))
    return [(name, written) for name, _, written in pairs]
