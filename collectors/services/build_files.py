"""Files that build: what containers start from, what workflows publish, which repositories are submodules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collectors.infrastructure import dockerfile
from collectors.infrastructure.compose import kind_of_image
from collectors.parsing import MAX_BYTES, decode, line_of, load_yaml, mapping, several, text, walk
from collectors.services import settings
from collectors.services.mention import Mention, need, offer
from collectors.services.references import image_name, is_address, repository_name

OWN_NAME = "own-repository"
"""Stands in an image's name for the name of the repository that builds it."""
_PUSH = re.compile(r"docker\s{1,4}(?:image\s{1,4})?push\s{1,4}(?:--?[\w-]{1,20}\s{1,4}){0,3}[\"']?([^\s\"';&|]{1,200})")
_OWN = re.compile(r"\$\{\{\s{0,4}github\.repository\s{0,4}\}\}|\$\{?GITHUB_REPOSITORY\}?|\$\{?CI_PROJECT_PATH\}?")


def read_container(path: str, content: bytes) -> Iterator[Mention]:
    """A container file. ValueError when it cannot be read."""
    for base in dockerfile.parse(path, content).images:
        image = image_name(base.image)
        if image and kind_of_image(image) == "compute":
            yield need("image", image, base.line, "base image")


def read_pipeline(content: bytes) -> Iterator[Mention]:
    """Images that a workflow pushes. ValueError when it cannot be read."""
    for holder in walk(load_yaml(content)):
        uses, given = text(holder.get("uses")).partition("@")[0].lower(), mapping(holder.get("with"))
        pushes = uses == "docker/build-push-action" and text(given.get("push")) not in ("", "false")
        if uses == "docker/metadata-action" or pushes:
            key = "images" if uses == "docker/metadata-action" else "tags"
            for written in re.split(r"[\n,]", text(given.get(key))):
                yield from _published(written.strip().removeprefix("name="), line_of(given, key))
        for key in ("run", "script", "before_script", "after_script", "command"):
            for script in several(holder.get(key)):
                for match in _PUSH.finditer(text(script)[:50_000]):
                    yield from _published(match.group(1), line_of(holder, key))


def _published(written: str, line: int) -> Iterator[Mention]:
    plain = _OWN.sub(OWN_NAME, written)
    head, colon, tag = plain.rpartition(":")
    name = head if colon and "/" not in tag else plain
    if name and "$" not in name and "{" not in name and (image := image_name(name)):
        yield offer("image", image, line, "pipeline")


def read_skaffold(content: bytes) -> Iterator[Mention]:
    """The images that Skaffold builds. ValueError when it cannot be read."""
    for artifact in several(mapping(mapping(load_yaml(content)).get("build")).get("artifacts")):
        if image := image_name(text(mapping(artifact).get("image"))):
            yield offer("image", image, line_of(artifact, "image"), "Skaffold")


def read_submodules(content: bytes) -> Iterator[Mention]:
    """The repositories of .gitmodules."""
    for number, line in enumerate(decode(content[:MAX_BYTES]).split("\n"), start=1):
        key, _, value = line.partition("=")
        url = value.strip()
        if key.strip() == "url" and is_address(url):
            yield need("repository", repository_name(url), number, "submodule")
        elif key.strip() == "url" and url.startswith("../"):
            yield need(
                "repository",
                url.removeprefix("../").removesuffix("/").removesuffix(".git").lower(),
                number,
                "submodule",
            )


def read_environment(content: bytes) -> Iterator[Mention]:
    """An environment or properties file. ValueError when it is too large."""
    if len(content) > MAX_BYTES:
        raise ValueError("too large")
    yield from settings.needs_of(settings.lines_of(content))
