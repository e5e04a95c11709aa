"""Compose files: services, what they are built from and wait for, and the addresses in their environment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collectors.infrastructure.compose import kind_of_image
from collectors.parsing import line_of, load_yaml, mapping, several, text
from collectors.services import settings
from collectors.services.mention import Mention, need, offer
from collectors.services.references import image_name, is_address, repository_name
from scanner.facts.services import BUILT

_STORES = ("database", "cache", "queue", "storage")
_PORT = re.compile(r"(?:[\d.]{1,15}:)?[\d-]{0,11}:?\d{1,5}(?:-\d{1,5})?(?:/(?:tcp|udp))?")


def read(content: bytes) -> Iterator[Mention]:
    """One compose file. ValueError when it cannot be read."""
    document = mapping(load_yaml(content))
    services = {k: mapping(v) for k, v in mapping(document.get("services")).items()}
    shared = _shared(mapping(document.get("networks")))
    local = frozenset(services)
    for name, service in services.items():
        joined = tuple(sorted({shared[n] for n in _names(service.get("networks")) if n in shared}))
        yield from _offers(name, service, joined)
        yield from _asks(service)
        place = settings.Place(networks=joined, local=local)
        yield from settings.needs_of(settings.environment(service.get("environment")), place)


def _shared(networks: dict[str, object]) -> dict[str, str]:
    """The networks that other compose files can join too, by their names here: declared outside, or given a name."""
    out = {}
    for key, value in networks.items():
        network = mapping(value)
        outside = network.get("external")
        if outside is True or isinstance(outside, dict) or network.get("name"):
            out[key] = text(network.get("name")) or text(mapping(outside).get("name")) or key
    return out


def _names(value: object) -> list[str]:
    return list(mapping(value)) if isinstance(value, dict) else [text(v) for v in several(value)]


def _offers(name: str, service: dict[str, object], networks: tuple[str, ...]) -> Iterator[Mention]:
    line, image = line_of(service), image_name(text(service.get("image")))
    ports = [
        p for v in several(service.get("ports")) if _PORT.fullmatch(p := text(v) or text(mapping(v).get("target")))
    ]
    built = BUILT if _builds_here(service.get("build")) else ""
    told = f"ports {', '.join(ports[:10])}" if ports else ""
    yield offer("local-service", name, line, ", ".join(filter(None, (built, told))))
    yield from (offer("service", f"{name}.{network}.network", line, "compose") for network in networks)
    kind = kind_of_image(image) if image else "compute"
    if image and _builds_here(service.get("build")):
        yield offer("image", image, line_of(service, "image"), "compose")
    elif kind in _STORES:
        product = image.rsplit("/", 1)[-1]
        yield from (offer("store", f"{name}.{network}.network", line, f"{kind}:{product}") for network in networks)
        yield offer("store", name, line, f"{kind}:{product}")
    elif image and "build" not in service:
        yield need("image", image, line_of(service, "image"), f"compose service {name}")


def _context(build: object) -> str:
    return text(mapping(build).get("context", ".")) if isinstance(build, dict) else text(build)


def _builds_here(build: object) -> bool:
    context = _context(build)
    return bool(context) and not is_address(context) and not context.startswith("..")


def _asks(service: dict[str, object]) -> Iterator[Mention]:
    for key in ("depends_on", "links"):
        for target in _names(service.get(key)):
            yield need("local-service", target.partition(":")[0], line_of(service, key), key)
    for target in _names(service.get("external_links")):
        yield need("service", f"{target.partition(':')[0]}.svc", line_of(service, "external_links"), "external_links")
    build = service.get("build")
    context = _context(build)
    line = line_of(build, "context") if isinstance(build, dict) else line_of(service, "build")
    if is_address(context):
        yield need("repository", repository_name(context), line, "build context")
    elif context.startswith(".."):
        yield need("folder", context, line, "build context")
