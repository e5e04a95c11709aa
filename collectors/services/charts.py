"""Helm: charts, what they depend on, and the images and addresses in their values. Templates are not run."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.infrastructure.compose import kind_of_image
from collectors.parsing import line_of, load_yaml, mapping, sequence, text, walk
from collectors.services import settings
from collectors.services.mention import Mention, need, offer
from collectors.services.references import image_name


def read_chart(content: bytes) -> Iterator[Mention]:
    """Chart.yaml or requirements.yaml. ValueError when it cannot be read."""
    chart = mapping(load_yaml(content))
    if name := text(chart.get("name")):
        yield offer("chart", name, line_of(chart, "name"))
    for dependency in map(mapping, sequence(chart.get("dependencies"))):
        name, source = text(dependency.get("name")), text(dependency.get("repository"))
        if source.startswith("file://.."):
            yield need("folder", source.removeprefix("file://"), line_of(dependency), f"chart {name}")
        elif kind_of_image(name) == "compute" and not source.startswith("file://"):
            yield need("chart", name, line_of(dependency, "name"), "chart dependency")


def read_values(content: bytes) -> Iterator[Mention]:
    """A values file. ValueError when it cannot be read."""
    document = load_yaml(content)
    for holder in walk(document):
        repository, registry = text(holder.get("repository")), text(holder.get("registry"))
        image = image_name(f"{registry}/{repository}" if registry and repository else repository)
        described = "tag" in holder or "pullPolicy" in holder or bool(registry)
        if image and described and "://" not in repository and kind_of_image(image) == "compute":
            yield need("image", image, line_of(holder, "repository"), "chart values")
    for key in ("env", "environment", "extraEnv", "extraEnvVars"):
        for holder in walk(document):
            if isinstance(holder.get(key), list):
                yield from settings.needs_of(settings.environment(holder[key]))
    yield from settings.hosts_offered(document)
    answered = {m.name for m in settings.hosts_offered(document)}
    yield from (m for m in settings.needs_of(settings.tree_of(document)) if m.name not in answered)
