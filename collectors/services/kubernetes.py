"""Kubernetes manifests: services, workloads, hosts, images and the addresses in variables. Secrets are not read."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.infrastructure.compose import kind_of_image
from collectors.parsing import line_of, load_yaml_all, mapping, sequence, several, text
from collectors.services import settings
from collectors.services.addresses import hostname
from collectors.services.mention import Mention, need, offer
from collectors.services.references import image_name

_WORKLOADS = frozenset(("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Pod", "Rollout", "Job", "CronJob"))
_STORES = ("database", "cache", "queue", "storage")


def read(content: bytes) -> Iterator[Mention]:
    """Every object of one file. ValueError when it cannot be read."""
    for document in load_yaml_all(content):
        top = mapping(document)
        for item in several(top.get("items")) if text(top.get("kind")) == "List" else [top]:
            yield from _object(mapping(item))


def _object(item: dict[str, object]) -> Iterator[Mention]:
    kind, metadata, spec = text(item.get("kind")), mapping(item.get("metadata")), mapping(item.get("spec"))
    name, namespace, line = text(metadata.get("name")), text(metadata.get("namespace")), line_of(metadata, "name")
    place = settings.Place(namespace=namespace)
    if kind == "Service" and text(item.get("apiVersion")) == "v1":
        yield offer("service", settings.names_of(name, place)[0], line, _ports(spec))
        if outside := hostname(spec.get("externalName")):
            yield need("host", outside, line_of(spec, "externalName"), "ExternalName")
    elif kind in ("Ingress", "HTTPRoute", "GRPCRoute", "Route", "VirtualService"):
        yield from _hosts(spec)
    elif kind == "ConfigMap":
        yield from settings.needs_of(settings.environment(item.get("data")), place)
    elif kind == "KafkaTopic":
        yield offer("channel", text(spec.get("topicName")) or name, line, "KafkaTopic")
    elif kind in _WORKLOADS:
        yield offer("workload", name, line, kind)
        yield from _containers(kind, spec, name, place)


def _ports(spec: dict[str, object]) -> str:
    ports = [p for v in sequence(spec.get("ports")) if (p := text(mapping(v).get("port"))).isdigit()]
    return f"ports {', '.join(ports[:10])}" if ports else ""


def _hosts(spec: dict[str, object]) -> Iterator[Mention]:
    rules = [(mapping(r).get("host"), line_of(r, "host")) for r in sequence(spec.get("rules"))]
    names = [(h, line_of(spec, key)) for key in ("hostnames", "hosts", "host") for h in several(spec.get(key))]
    for written, line in [*rules, *names]:
        if host := hostname(written):
            yield offer("host", host, line, "ingress")


def _containers(kind: str, spec: dict[str, object], name: str, place: settings.Place) -> Iterator[Mention]:
    if kind == "CronJob":
        spec = mapping(mapping(spec.get("jobTemplate")).get("spec"))
    pod = spec if kind == "Pod" else mapping(mapping(spec.get("template")).get("spec"))
    for container in (mapping(c) for key in ("containers", "initContainers") for c in sequence(pod.get(key))):
        image, line = image_name(text(container.get("image"))), line_of(container, "image")
        role = kind_of_image(image) if image else "compute"
        if role in _STORES:
            product = image.rsplit("/", 1)[-1]
            yield offer("store", settings.names_of(name, place)[0], line, f"{role}:{product}")
        elif image:
            yield need("image", image, line, f"{kind} {name}")
        yield from settings.needs_of(settings.environment(container.get("env")), place)
