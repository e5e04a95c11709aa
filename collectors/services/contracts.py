"""OpenAPI and AsyncAPI documents: titles, servers, channels."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.parsing import line_of, load_json, load_yaml, mapping, sequence, text
from collectors.services.addresses import address
from collectors.services.mention import Mention, need, offer

MARKS = (b"openapi", b"swagger", b"asyncapi")
"""One of these words is in every contract."""


def read(path: str, content: bytes) -> Iterator[Mention]:
    """One contract; nothing when the document is none. ValueError when it cannot be read."""
    document = mapping(load_json(content) if path.lower().endswith(".json") else load_yaml(content))
    info = mapping(document.get("info"))
    if "asyncapi" in document:
        yield offer("api", text(info.get("title")), line_of(info, "title"), "AsyncAPI")
        yield from _channels(document)
    elif "openapi" in document or "swagger" in document:
        yield offer("api", text(info.get("title")), line_of(info, "title"), "OpenAPI")
        yield from _servers(document)


def _servers(document: dict[str, object]) -> Iterator[Mention]:
    written = [(text(mapping(s).get("url")), line_of(s)) for s in sequence(document.get("servers"))]
    written.append((f"https://{text(document.get('host'))}", line_of(document, "host")))
    for url, line in written:
        if (found := address(url)) and "." in found.host:
            yield offer("host", found.host, line, "OpenAPI server")


def _channels(document: dict[str, object]) -> Iterator[Mention]:
    """Channels by who sends: in version 2 ``publish`` is what others may send here; in version 3 operations say it."""
    channels = mapping(document.get("channels"))
    for name, value in channels.items():
        line = line_of(channels, name)
        if "subscribe" in mapping(value):
            yield offer("channel", name, line, "AsyncAPI")
        if "publish" in mapping(value):
            yield need("channel", name, line, "AsyncAPI")
    for value in mapping(document.get("operations")).values():
        operation = mapping(value)
        key = text(mapping(operation.get("channel")).get("$ref")).rpartition("/")[2]
        told = text(mapping(channels.get(key)).get("address")) or key
        if key:
            sends = text(operation.get("action")) == "send"
            yield (offer if sends else need)("channel", told, line_of(operation, "channel"), "AsyncAPI")
