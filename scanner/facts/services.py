"""Facts about how a repository hangs together with others: what it offers, and what it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scanner.core.evidence import Fact

LinkKind = Literal[
    "package", "image", "repository", "chart", "proto", "state", "host", "service", "local-service", "workload", "store",
    "channel", "api", "variable",
]  # fmt: skip
"""What a name is the name of, and how it is written.

``package`` is ecosystem and name (``npm:@acme/ui``); ``image`` the name without tag; ``repository`` ``owner/name``, or the
name alone of a checkout beside this one; ``chart`` a Helm chart; ``proto`` the path of a protobuf file; ``state`` the place of
a Terraform state; ``host`` a full host name; ``service`` a cluster or network name (``orders.shop.svc``, ``orders.svc`` where
no namespace is told, ``orders.acme.network``); ``local-service`` a compose service that only its own file sees; ``workload``
what runs in a cluster; ``store`` a data store (``host`` or ``host/database``, ``aws_db_instance:orders``, a bare name where it
is seen from here alone); ``channel`` a topic or queue; ``api`` the title or package of a contract; ``variable`` the name of a
setting that should hold an address and holds none that others would know.
"""


BUILT = "built here"
"""How the detail of a compose service begins whose image is built from this repository."""


@dataclass(frozen=True, slots=True)
class Link:
    """One name that is offered or asked for, and where. ``detail`` says what it is or what named it.

    Addresses are kept as host names alone: no user, password, port, path or query (a database's name excepted).
    """

    kind: LinkKind
    name: str
    detail: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class ServiceSurface(Fact):
    """What a repository offers to others and what it asks for, by its own files; nothing is run or resolved.

    ``packages`` asked for are direct and not for development. ``files`` were read; ``unparsed`` are (path, reason).
    """

    offers: tuple[Link, ...]
    needs: tuple[Link, ...]
    files: int
    unparsed: tuple[tuple[str, str], ...]

    @property
    def serves(self) -> bool:
        """Whether something here runs as a service: in a cluster, under a host, or from an image that is built here."""
        running = any(o.kind in ("workload", "service", "host", "image") for o in self.offers)
        return running or any(o.kind == "local-service" and o.detail.startswith(BUILT) for o in self.offers)
