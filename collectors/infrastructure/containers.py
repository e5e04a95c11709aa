"""Collects container files and every image that they, compose files and Kubernetes manifests name."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.blobs import candidates, contents
from collectors.infrastructure import dockerfile, reading
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown
from scanner.facts.infrastructure import BaseImage, ContainerFile, Containers
from scanner.facts.tree import Tree
from scanner.repository import Repository


def claims(path: str) -> bool:
    """Container files, and YAML that may name images."""
    return dockerfile.claims(path) or (reading.claims(path) and path.lower().endswith((".yml", ".yaml")))


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Containers; a container file that cannot be read is named with its reason."""
    files: list[ContainerFile] = []
    images: list[BaseImage] = []
    unparsed: list[tuple[str, str]] = []
    for entry, content in contents(ask.source, candidates(ask.fact(Tree), claims)):
        try:
            if isinstance(content, Unknown):
                unparsed.append((entry.path, content.detail))
            elif dockerfile.claims(entry.path):
                one = dockerfile.parse(entry.path, content)
                files.append(one.file)
                images += one.images
            else:
                images += reading.read(entry.path, content).images
        except ValueError as error:
            unparsed.append((entry.path, str(error)))
    ordered = sorted(set(images), key=lambda i: (i.path, i.line, i.image, i.tag))
    yield found(
        Containers(tuple(files), tuple(ordered), tuple(unparsed)), "container files of the tree", commit=ask.source.head
    )


COLLECTOR = Collector("containers", "1", Repository, (Containers,), collect, needs=(Tree,))
