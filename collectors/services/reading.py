"""Which reader a file goes to, by its name; each depends on the bytes and the suffix alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from collectors.blobs import matcher
from collectors.ci import github_actions
from collectors.infrastructure import compose as compose_files
from collectors.infrastructure import dockerfile
from collectors.infrastructure import terraform as terraform_files
from collectors.parsing import load_json, load_yaml_all, mapping, sequence, text
from collectors.services import (
    build_files,
    charts,
    compose,
    contracts,
    kubernetes,
    protobuf,
    published,
    settings,
    terraform,
)
from collectors.services.mention import Mention, Mentions, gathered, offer

Reader = Callable[[str, bytes], Iterator[Mention]]
"""From (path, content) to mentions; ValueError when the file cannot be read. Of the path only the suffix may matter."""

_ENVIRONMENT = matcher(".env", ".env.*", "*.env", "*.properties", ".flaskenv")
_SETTINGS = matcher("application*.y*ml", "bootstrap*.y*ml", "appsettings*.json", "settings*.y*ml", "*config/*.y*ml")
_CHARTS = matcher("chart.yaml", "requirements.yaml")
_VALUES = matcher("values*.y*ml", "*.values.y*ml", "*/values/*.y*ml")
_CONTRACTS = matcher("*openapi*.json", "*swagger*.json", "*asyncapi*.json", "api-docs.json")
_SKAFFOLD = matcher("skaffold*.y*ml")
_BROKERS = matcher("definitions.json", "rabbitmq*.json")
_TOOLING = matcher("*.devcontainer/*", "*-wrapper.properties", "gradle.properties")
"""Files that set up a developer's machine: what they name is no part of the estate."""
_LOCKS = ("pnpm-lock.yaml",)


def _yaml(path: str, content: bytes) -> Iterator[Mention]:
    """Contracts and manifests among all other YAML files; templates are not run."""
    if any(content.lstrip().lower().startswith(m) or b"\n" + m + b":" in content for m in contracts.MARKS):
        yield from contracts.read(path, content)
    elif b"apiVersion" in content and b"kind" in content and b"{{" not in content:
        yield from kubernetes.read(content)


def _settings(path: str, content: bytes) -> Iterator[Mention]:
    if path.lower().endswith(".json"):
        yield from settings.needs_of(settings.tree_of(load_json(content)))
    elif b"apiVersion" in content or any(mark + b":" in content for mark in contracts.MARKS):
        yield from _yaml(path, content)
    else:
        for document in load_yaml_all(content):
            yield from settings.needs_of(settings.tree_of(document))


def _broker(_: str, content: bytes) -> Iterator[Mention]:
    document = mapping(load_json(content))
    for key in ("queues", "exchanges"):
        for item in sequence(document.get(key)):
            yield offer("channel", text(mapping(item).get("name")), 0, "broker definitions")


READERS: Mapping[str, Reader] = {
    "broker": _broker,
    "chart": lambda _, content: charts.read_chart(content),
    "compose": lambda _, content: compose.read(content),
    "container": build_files.read_container,
    "contract": contracts.read,
    "environment": lambda _, content: build_files.read_environment(content),
    "manifest": published.read,
    "pipeline": lambda _, content: build_files.read_pipeline(content),
    "protobuf": lambda _, content: protobuf.read(content),
    "settings": _settings,
    "skaffold": lambda _, content: build_files.read_skaffold(content),
    "submodules": lambda _, content: build_files.read_submodules(content),
    "terraform": lambda _, content: terraform.read(content),
    "values": lambda _, content: charts.read_values(content),
    "yaml": _yaml,
}
"""Every reader by its name, under which its answers are kept."""

_CLAIMS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("manifest", published.claims), ("terraform", terraform_files.claims), ("compose", compose_files.claims),
    ("container", dockerfile.claims), ("protobuf", lambda p: p.lower().endswith(".proto")),
    ("submodules", lambda p: p == ".gitmodules"), ("environment", _ENVIRONMENT), ("chart", _CHARTS), ("values", _VALUES),
    ("skaffold", _SKAFFOLD), ("pipeline", lambda p: github_actions.claims(p) or p.lower().endswith(".gitlab-ci.yml")),
    ("contract", _CONTRACTS), ("broker", _BROKERS), ("settings", _SETTINGS),
)  # fmt: skip


def reader_of(path: str) -> str:
    """The name of the reader of ``path``, empty when it has none."""
    if _TOOLING(path):
        return ""
    for name, claims in _CLAIMS:
        if claims(path):
            return name
    lowered = path.lower()
    hidden = lowered.startswith(".") or lowered.rsplit("/", 1)[-1] in _LOCKS
    return "yaml" if lowered.endswith((".yml", ".yaml")) and not hidden else ""


def read(reader: Reader, path: str, content: bytes) -> Mentions:
    """What one file mentions, or why it could not be read."""
    try:
        return gathered(reader(path, content))
    except ValueError as error:
        return Mentions((), str(error) or "not readable")
