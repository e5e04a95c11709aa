"""Addresses in settings, cut down to the host: user, password, port, path and query are dropped before anything else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from collectors.services.mention import looks_opaque

STORES = {
    "postgres": "database:postgresql", "postgresql": "database:postgresql", "mysql": "database:mysql", "mariadb": "database:mysql",
    "mongodb": "database:mongodb", "mongodb+srv": "database:mongodb", "sqlserver": "database:sqlserver", "mssql": "database:sqlserver",
    "clickhouse": "database:clickhouse", "cassandra": "database:cassandra", "cockroachdb": "database:cockroachdb", "redis": "cache:redis",
    "rediss": "cache:redis", "valkey": "cache:redis", "memcached": "cache:memcached", "amqp": "queue:rabbitmq", "amqps": "queue:rabbitmq",
    "kafka": "queue:kafka", "nats": "queue:nats", "pulsar": "queue:pulsar", "mqtt": "queue:mqtt", "s3": "storage:s3", "gs": "storage:gcs",
}  # fmt: skip
"""What the scheme of an address says is behind it: kind and product."""
_WEB = ("http", "https", "ws", "wss", "grpc", "grpcs", "tcp", "dns", "h2c")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9_.-]{0,250}[a-z0-9])?")
_DATABASE = re.compile(r"[A-Za-z0-9_-]{1,63}")
_HERE = ("localhost", "host.docker.internal", "kubernetes.docker.internal", "metadata.google.internal")
_NOWHERE = (
    ".localhost", "example.com", "example.org", "example.net", ".example", ".test", ".invalid", "your-domain.com", "yourdomain.com",
    "domain.com", "changeme",
)  # fmt: skip
MAX_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class Address:
    """A host in lower case; ``store`` is kind and product when the scheme tells, ``database`` its name when it is plain."""

    host: str
    store: str = ""
    database: str = ""


def address(written: str) -> Address | None:
    """The host of a URL or of ``host:port``; None for what is no address, leads back here, or could hide a credential.

    An ``@`` behind the authority (a password with a slash in it, or a query) makes the whole address suspect: nothing is kept.
    """
    plain = written.strip().strip("\"'")
    if len(plain) > MAX_CHARACTERS:
        return None
    scheme, separator, rest = plain.removeprefix("jdbc:").partition("://")
    if not separator:
        return _bare(plain)
    scheme = scheme.lower().partition("+")[0] if scheme.lower() not in STORES else scheme.lower()
    authority = re.split(r"[/?#;\\]", rest, maxsplit=1)[0]
    behind = rest[len(authority) :]
    if "@" in behind or (scheme not in STORES and scheme not in _WEB):
        return None
    host = _host(authority.rpartition("@")[2].split(",")[0])
    database = re.split(r"[?#;]", behind[1:], maxsplit=1)[0] if behind.startswith("/") and scheme in STORES else ""
    plain_name = _DATABASE.fullmatch(database) and not looks_opaque(database) and STORES[scheme].startswith("database")
    return Address(host, STORES.get(scheme, ""), database if plain_name else "") if host else None


def _bare(written: str) -> Address | None:
    """``host``, ``host:port`` or a list of them; a single word must carry a port or a dot."""
    first = written.split(",")[0].strip()
    host, colon, port = first.partition(":")
    told = (colon and port.isascii() and port.isdigit() and len(port) <= 5) or (not colon and "." in host)
    return Address(found) if told and (found := _host(first)) else None


def _host(authority: str) -> str:
    """The host of ``host:port`` in lower case, empty when it is none that another could reach."""
    if looks_opaque(authority):
        return ""
    host, colon, port = authority.lower().rstrip(".").partition(":")
    if not _HOST.fullmatch(host) or ".." in host or (colon and not (port.isascii() and port.isdigit())):
        return ""
    local = host in _HERE or host.startswith(("127.", "0.", "169.254."))
    return "" if local or host.endswith(_NOWHERE) or host.isdigit() else host


def hostname(written: object) -> str:
    """``written`` when it is a plain host name of two labels or more, else empty."""
    host = _host(written) if isinstance(written, str) and len(written) < 254 and ":" not in written else ""
    return host if "." in host else ""
