"""Settings that name other services: environment variables, ConfigMaps, values files, application settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from collectors.parsing import Seq, decode, line_of, mapping, several, text
from collectors.services.addresses import Address, address
from collectors.services.mention import Mention, is_name, need, offer

_ADDRESS_ENDINGS = (
    "URL", "URI", "HOST", "HOSTNAME", "ENDPOINT", "ADDR", "ADDRESS", "DSN", "BROKERS", "BROKER", "SERVERS", "ORIGIN", "UPSTREAM", "NODES",
    "CONTACTPOINTS",
)  # fmt: skip
_NAMING = ("URL", "URI", "HOST", "HOSTNAME", "ENDPOINT", "ADDR", "ADDRESS")
"""Endings of settings whose own name is worth keeping when the value tells nothing."""
_CHANNEL_ENDINGS = ("TOPIC", "QUEUE", "STREAM", "EXCHANGE", "TOPICS", "QUEUES", "DESTINATION")
_STORE_WORDS = {
    "DB": "database", "DATABASE": "database", "POSTGRES": "database:postgresql", "POSTGRESQL": "database:postgresql",
    "PG": "database:postgresql", "PGHOST": "database:postgresql", "MYSQL": "database:mysql", "MONGO": "database:mongodb",
    "MONGODB": "database:mongodb", "DATASOURCE": "database", "ELASTICSEARCH": "database:elasticsearch", "OPENSEARCH": "database:opensearch",
    "CASSANDRA": "database:cassandra", "REDIS": "cache:redis", "MEMCACHED": "cache:memcached", "KAFKA": "queue:kafka",
    "RABBITMQ": "queue:rabbitmq", "RABBIT": "queue:rabbitmq", "AMQP": "queue:rabbitmq", "NATS": "queue:nats", "S3": "storage:s3",
}  # fmt: skip
_OWN = frozenset(
    {
        "APP",
        "BASE",
        "SITE",
        "PUBLIC",
        "ROOT",
        "SERVER",
        "HOME",
        "SELF",
        "CALLBACK",
        "REDIRECT",
        "HEALTH",
        "LISTEN",
        "BIND",
        "WEB",
    }
)
_UNREAD = ("PASSWORD", "PASSWD", "SECRET", "TOKEN", "KEY", "CREDENTIALS", "CERT", "AUTHORIZATION")
_INGRESS = ("ingress", "route", "gateway", "httproute", "virtualservice")
_LINE = re.compile(r"\s{0,20}(?:export\s{1,4})?([A-Za-z_][A-Za-z0-9_.]{0,100})\s{0,4}[=:]\s{0,4}(.{0,2000})")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ARN = re.compile(
    r"arn:aws[a-z-]{0,10}:(?:sqs|sns|kinesis):[a-z0-9-]{0,30}:\d{0,12}:(?:stream/)?([A-Za-z0-9_.-]{1,100})"
)
_SQS = re.compile(
    r"https?://(?:sqs\.[a-z0-9-]{1,30}|[a-z0-9-]{1,30}\.queue)\.amazonaws\.com/\d{1,12}/([A-Za-z0-9_.-]{1,80})"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in capitals and underscores, its value as written, its line."""

    name: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where settings hold: the cluster's namespace, the networks joined, the names that only this file sees."""

    namespace: str = ""
    networks: tuple[str, ...] = ()
    local: frozenset[str] = frozenset()


ANYWHERE = Place()


def lines_of(content: bytes) -> Iterator[Setting]:
    """Settings of an environment or properties file, one a line."""
    for number, line in enumerate(decode(content).split("\n"), start=1):
        if (match := _LINE.match(line[:2200])) and not line.lstrip().startswith("#"):
            yield Setting(capitals(match.group(1)), match.group(2).strip().strip("\"'"), number)


def tree_of(document: object) -> Iterator[Setting]:
    """Every scalar of a document, named by the keys that lead to it (``spring.kafka.topic`` is SPRING_KAFKA_TOPIC)."""
    pending: list[tuple[str, object, int]] = [("", document, 0)]
    while pending:
        name, value, line = pending.pop()
        if isinstance(value, dict):
            pairs = mapping(value).items()
            pending += reversed([(f"{name}_{k}"[-200:] if name else k, v, line_of(value, k)) for k, v in pairs])
        elif isinstance(value, list):
            lines = value.lines if isinstance(value, Seq) else [line] * len(value)
            pending += reversed([(name, v, n) for v, n in zip(value, lines, strict=True)])
        elif written := text(value):
            yield Setting(capitals(name), written, line)


def environment(value: object) -> Iterator[Setting]:
    """The variables of a container: a mapping, a list of ``NAME=value``, or a list of name and value."""
    if isinstance(value, dict):
        yield from (Setting(capitals(k), text(v), line_of(value, k)) for k, v in mapping(value).items())
    elif isinstance(value, list):
        lines = value.lines if isinstance(value, Seq) else [0] * len(value)
        for item, line in zip(value, lines, strict=True):
            if isinstance(item, dict):
                pair = mapping(item)
                yield Setting(capitals(text(pair.get("name"))), text(pair.get("value")), line_of(pair, "value") or line)
            else:
                name, _, written = text(item).partition("=")
                yield Setting(capitals(name), written, line)


def capitals(name: str) -> str:
    """``ordersUrl``, ``orders.url`` and ``orders-url`` as ORDERS_URL."""
    return _HUMP.sub("_", name[-200:]).replace(".", "_").replace("-", "_").upper()


def needs_of(settings: Iterable[Setting], place: Place = ANYWHERE) -> Iterator[Mention]:
    """What settings name: stores, channels, services, hosts; a setting of an address that tells none gives its own name."""
    for setting in settings:
        words = setting.name.split("_")
        if any(w in _UNREAD for w in words) or not words[0]:
            continue
        if found := _channel(setting, words):
            yield need("channel", found, setting.line, setting.name)
        elif (speaks := words[-1] in _ADDRESS_ENDINGS) or "://" in setting.value:
            yield from _address(setting, words, place, speaks=speaks)


def _channel(setting: Setting, words: list[str]) -> str:
    if match := _ARN.fullmatch(setting.value.strip()) or _SQS.fullmatch(setting.value.strip()):
        return match.group(1)
    ends = words[:-1] if words[-1] in ("NAME", "URL", "ARN", "ID") else words
    plain = not set("@:/") & set(setting.value) and is_name(setting.value)
    named = bool(ends) and ends[-1] in _CHANNEL_ENDINGS and plain
    return setting.value if named and any(c.isalpha() for c in setting.value) else ""


def _address(setting: Setting, words: list[str], place: Place, *, speaks: bool) -> Iterator[Mention]:
    store = next((_STORE_WORDS[w] for w in words if w in _STORE_WORDS), "")
    one_word = setting.value.strip().lower()
    found = address(setting.value)
    if (
        found is None
        and words[-1] in ("HOST", "HOSTNAME")
        and one_word.replace("-", "").isalnum()
        and not one_word.isdigit()
    ):
        found = address(f"tcp://{one_word}")
    if found is None:
        if speaks and not store:
            yield from _variable(setting, words)
    elif found.store or (store and "://" not in setting.value):
        yield from stored(found, found.store or store, setting, place)
    else:
        yield from called(found.host, setting, place)


def _variable(setting: Setting, words: list[str]) -> Iterator[Mention]:
    named = setting.name.removeprefix("NEXT_PUBLIC_").removeprefix("REACT_APP_").removeprefix("VITE_")
    stem = named.rpartition("_")[0]
    if stem and stem.rpartition("_")[2] not in _OWN and words[-1] in _NAMING and len(named) <= 60:
        yield need("variable", stem.replace("_", "-").lower(), setting.line, setting.name)


def stored(found: Address, store: str, setting: Setting, place: Place) -> Iterator[Mention]:
    """A data store by its address; one that only this file sees keeps its bare name."""
    if found.host in place.local or ("." not in found.host and not (place.namespace or place.networks)):
        yield need("store", found.host, setting.line, store)
        return
    for name in names_of(found.host, place):
        yield need("store", f"{name}/{found.database}" if found.database else name, setting.line, store)


def called(host: str, setting: Setting, place: Place) -> Iterator[Mention]:
    """A service or host that is called."""
    if host in place.local:
        yield need("local-service", host, setting.line, setting.name)
        return
    for name in names_of(host, place):
        inside = name.endswith((".svc", ".network"))
        yield need("service" if inside else "host", name, setting.line, setting.name)


def names_of(host: str, place: Place = ANYWHERE) -> tuple[str, ...]:
    """A host as it is known beyond this file (RFC 1123 names; Kubernetes' ``service.namespace.svc``, or a shared network)."""
    inner = host.removesuffix(".cluster.local")
    if inner.endswith(".svc"):
        return (inner,)
    if "." in host:
        return (host,)
    if place.networks:
        return tuple(f"{host}.{network}.network" for network in place.networks)
    return (f"{host}.{place.namespace}.svc" if place.namespace else f"{host}.svc",)


def hosts_offered(document: object) -> Iterator[Mention]:
    """Hosts under which a chart's ingress answers: ``host`` and ``hosts`` beneath a key named ingress, route or gateway."""
    pending: list[tuple[bool, object]] = [(False, document)]
    while pending:
        inside, value = pending.pop()
        if isinstance(value, list):
            pending += [(inside, v) for v in value]
        for key, item in mapping(value).items():
            if inside and key in ("host", "hostname", "hosts", "hostnames"):
                for written in (text(v).lower() for v in several(item)):
                    if _is_host(written):
                        yield offer("host", written, line_of(value, key), "ingress")
            pending.append((inside or key.lower() in _INGRESS, item))


def _is_host(written: str) -> bool:
    found = address(f"tcp://{written}")
    return found is not None and "." in found.host
