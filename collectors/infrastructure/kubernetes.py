"""Kubernetes manifests: workloads, autoscalers, policies, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.ci.family import looks_secret
from collectors.infrastructure.compose import kind_of_image
from collectors.infrastructure.declared import Declared, fault, unpinned
from collectors.infrastructure.images import image
from collectors.parsing import line_of, load_yaml_all, mapping, sequence, several, text
from scanner.core.text import clean
from scanner.facts.infrastructure import BaseImage, Misconfiguration, Resource, ResourceKind

_KINDS: dict[str, ResourceKind] = {
    "Deployment": "compute", "StatefulSet": "compute", "DaemonSet": "compute", "ReplicaSet": "compute", "Pod": "compute", "Rollout": "compute", "Job": "job", "CronJob": "job",
    "HorizontalPodAutoscaler": "autoscaler", "ScaledObject": "autoscaler", "VerticalPodAutoscaler": "autoscaler", "PodDisruptionBudget": "other", "NetworkPolicy": "network", "Service": "network",
    "Ingress": "load-balancer", "Gateway": "load-balancer", "HTTPRoute": "load-balancer", "PersistentVolumeClaim": "storage", "Secret": "secret-store", "ExternalSecret": "secret-store",
    "SealedSecret": "secret-store", "PrometheusRule": "alert", "ServiceMonitor": "log", "PodMonitor": "log", "Role": "identity", "ClusterRole": "identity", "RoleBinding": "identity",
    "ClusterRoleBinding": "identity", "ServiceAccount": "identity", "Schedule": "backup", "Certificate": "identity", "PostgreSQL": "database", "Cluster": "database", "Kafka": "queue", "Namespace": "other",
}  # fmt: skip
_WORKLOADS = frozenset(("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Pod", "Rollout", "Job", "CronJob"))
_LIVE = frozenset(("Deployment", "StatefulSet", "DaemonSet", "Rollout"))


def parse(path: str, content: bytes) -> Declared:
    """Every Kubernetes object of a YAML file; nothing when it holds none. ValueError when it cannot be read."""
    if b"apiVersion" not in content or b"kind" not in content:
        return Declared()
    if b"{{" in content and path.lower().rpartition("/")[0].endswith("templates"):
        return Declared(unparsed="a template, not a manifest")
    objects = [mapping(d) for d in load_yaml_all(content)]
    objects = [
        o
        for top in objects
        for o in ([mapping(i) for i in several(top.get("items"))] if text(top.get("kind")) == "List" else [top])
    ]
    objects = [o for o in objects if o.get("apiVersion") and o.get("kind") and _is_cluster_object(o)]
    if not objects:
        return Declared()
    resources: list[Resource] = []
    faults: list[Misconfiguration] = []
    images: list[BaseImage] = []
    for item in objects:
        resources.append(_resource(path, item))
        kind = text(item.get("kind"))
        if kind in _WORKLOADS:
            pod = _pod(item)
            used = [i for c in _containers(pod) if (i := image(text(c.get("image")), path, line_of(c, "image")))]
            images += used
            faults += [*_pod_faults(path, item, pod), *unpinned(tuple(used))]
        elif kind in ("Role", "ClusterRole"):
            faults += _role_faults(path, item)
        elif kind == "Secret":
            faults += _secret_faults(path, item)
    return Declared(("kubernetes",), tuple(resources), tuple(faults), tuple(images))


def _is_cluster_object(item: dict[str, object]) -> bool:
    version = text(item.get("apiVersion"))
    foreign = (
        "backstage.io",
        "kustomize.config",
        "skaffold",
        "kind.x-k8s.io",
        "v2beta1/skaffold",
        "ctlptl",
        "tilt.dev",
        "tekton.dev",
    )
    return bool(mapping(item.get("metadata"))) and not version.startswith(foreign)


def _pod(item: dict[str, object]) -> dict[str, object]:
    spec = mapping(item.get("spec"))
    if text(item.get("kind")) == "CronJob":
        spec = mapping(mapping(spec.get("jobTemplate")).get("spec"))
    return spec if text(item.get("kind")) == "Pod" else mapping(mapping(spec.get("template")).get("spec"))


def _containers(pod: dict[str, object], *, start_up: bool = True) -> list[dict[str, object]]:
    return [
        mapping(c)
        for key in (("containers", "initContainers") if start_up else ("containers",))
        for c in sequence(pod.get(key))
    ]


def _resource(path: str, item: dict[str, object]) -> Resource:
    kind, spec, metadata = text(item.get("kind")), mapping(item.get("spec")), mapping(item.get("metadata"))
    pod = _pod(item) if kind in _WORKLOADS else {}
    main = _containers(pod, start_up=False)
    replicas = spec.get("replicas", spec.get("minReplicas", spec.get("minReplicaCount")))
    role = _KINDS.get(kind, "other")
    if (
        kind in ("StatefulSet", "Deployment")
        and main
        and (known := kind_of_image(text(main[0].get("image")).partition(":")[0])) in ("database", "cache", "queue")
    ):
        role = known
    spread = "topologySpreadConstraints" in pod or "podAntiAffinity" in mapping(pod.get("affinity"))
    return Resource(
        role, f"k8s:{clean(kind, 60)}", clean(text(metadata.get("name")), 100), "kubernetes", path, line_of(item),
        replicas=replicas if isinstance(replicas, int) and not isinstance(replicas, bool) else 1 if kind in ("Deployment", "StatefulSet") else None,
        autoscaled=True if role == "autoscaler" else None,
        multi_zone=True if spread else None,
        public=text(spec.get("type")) == "LoadBalancer" if kind == "Service" else None,
        limits=all(bool(mapping(mapping(c.get("resources")).get("limits"))) for c in main) if main else None,
        probes=all("livenessProbe" in c or "readinessProbe" in c for c in main) if main and kind in _LIVE else None,
        tags=len(mapping(metadata.get("labels"))),
    )  # fmt: skip


def _pod_faults(path: str, item: dict[str, object], pod: dict[str, object]) -> Iterator[Misconfiguration]:
    kind, name = text(item.get("kind")), clean(text(mapping(item.get("metadata")).get("name")), 100)
    who = f"{kind} {name}"
    if pod.get("hostNetwork") is True or pod.get("hostPID") is True:
        yield fault(
            "host-network", path, line_of(pod, "hostNetwork"), f"{who} shares the host's network or processes", who
        )
    for volume in sequence(pod.get("volumes")):
        if "hostPath" in mapping(volume):
            yield fault("host-path", path, line_of(volume, "hostPath"), f"{who} mounts a folder of the host", who)
    for container in _containers(pod):
        anchor = f"{who}/{clean(text(container.get('name')), 60)}"
        yield from _container_faults(path, anchor, mapping(pod.get("securityContext")), container)
    for container in _containers(pod, start_up=False):
        anchor = f"{who}/{clean(text(container.get('name')), 60)}"
        if not mapping(mapping(container.get("resources")).get("limits")):
            yield fault("no-resource-limits", path, line_of(container), f"{anchor} has no resource limits", anchor)
        if kind in _LIVE and not ({"livenessProbe", "readinessProbe"} & set(container)):
            yield fault("no-probes", path, line_of(container), f"{anchor} has no health probe", anchor)


def _container_faults(
    path: str, anchor: str, pod_context: dict[str, object], container: dict[str, object]
) -> Iterator[Misconfiguration]:
    context = mapping(container.get("securityContext"))
    if context.get("privileged") is True:
        yield fault("privileged-container", path, line_of(context, "privileged"), f"{anchor} is privileged", anchor)
    if not _not_root(pod_context, context):
        yield fault("root-container", path, line_of(container), f"{anchor} may run as root", anchor)
    if context.get("allowPrivilegeEscalation") is True:
        yield fault("privilege-escalation", path, line_of(context), f"{anchor} may gain privileges", anchor)
    for variable in map(mapping, sequence(container.get("env"))):
        if looks_secret(text(variable.get("name")), variable.get("value")):
            shown = clean(text(variable.get("name")), 60)
            message = f"{shown} of {anchor} is set to a literal value"
            yield fault("plain-secret", path, line_of(variable, "value"), message, f"{anchor}:{shown}")


def _not_root(pod: dict[str, object], container: dict[str, object]) -> bool:
    said = container.get("runAsNonRoot", pod.get("runAsNonRoot"))
    user = container.get("runAsUser", pod.get("runAsUser"))
    return said is True or (isinstance(user, int) and user > 0)


def _secret_faults(path: str, item: dict[str, object]) -> Iterator[Misconfiguration]:
    """A Secret that carries its values in the repository; the values themselves are never kept."""
    name = clean(text(mapping(item.get("metadata")).get("name")), 100)
    for key in ("data", "stringData"):
        literal = [
            k for k, v in mapping(item.get(key)).items() if text(v) and "$" not in text(v) and "{{" not in text(v)
        ]
        if literal:
            yield fault(
                "plain-secret",
                path,
                line_of(item, key),
                f"Secret {name} carries {len(literal)} values in the repository",
                f"Secret {name}",
            )


def _role_faults(path: str, item: dict[str, object]) -> Iterator[Misconfiguration]:
    name = clean(text(mapping(item.get("metadata")).get("name")), 100)
    for rule in sequence(item.get("rules")):
        verbs, resources = (sequence(mapping(rule).get(k)) for k in ("verbs", "resources"))
        if "*" in verbs and "*" in resources:
            yield fault("wildcard-role", path, line_of(rule), f"role {name} may do everything", name)
