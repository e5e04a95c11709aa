"""Hand-made estates: repositories as files by path, and surfaces as lists of names."""

from __future__ import annotations

from collections.abc import Mapping

from collectors.dependencies.packages import claims, read
from collectors.infrastructure.services import surface
from collectors.services import reading
from scanner.core.subjects import Kind, Subject
from scanner.facts.services import Link, LinkKind, ServiceSurface

Files = Mapping[str, str | bytes]


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


def surface_of(files: Files, name: str = "acme/api") -> ServiceSurface:
    """The surface of a repository that holds ``files``."""
    told = {p: _bytes(c) for p, c in sorted(files.items())}
    answers = [(p, reading.read(reading.READERS[r], p, c)) for p, c in told.items() if (r := reading.reader_of(p))]
    manifests = read({p: c for p, c in told.items() if claims(p)})
    return surface(answers, [p for p in told if p.endswith(".proto")], manifests, name)


def estate(repositories: Mapping[str, Files]) -> dict[Subject, ServiceSurface]:
    """Surfaces of repositories ``acme/<name>``."""
    return {Subject(Kind.REPO, f"acme/{n}"): surface_of(files, f"acme/{n}") for n, files in repositories.items()}


def names(links: tuple[Link, ...], *kinds: LinkKind) -> list[str]:
    """The distinct names of links of these kinds."""
    return sorted({link.name for link in links if link.kind in kinds})


def links(side: Mapping[LinkKind, tuple[str, ...]], detail: str = "") -> tuple[Link, ...]:
    """Links by kind, all at line 3 of config.yaml."""
    return tuple(Link(kind, name, detail, "config.yaml", 3) for kind, listed in side.items() for name in listed)


def plain_surface(
    offers: Mapping[LinkKind, tuple[str, ...]] | None = None,
    needs: Mapping[LinkKind, tuple[str, ...]] | None = None,
    *,
    detail: str = "",
    files: int = 1,
    unread: int = 0,
) -> ServiceSurface:
    """A surface of plain names; ``unread`` of its ``files`` could not be read."""
    unparsed = tuple((f"broken{i}.yaml", "not YAML") for i in range(unread))
    return ServiceSurface(links(offers or {}, detail), links(needs or {}, detail), files, unparsed)


SHOP: dict[str, Files] = {
    "orders": {
        "package.json": '{\n "name": "@acme/orders-client"\n}\n',
        "docker-compose.yml": (
            "services:\n  api:\n    build: .\n    image: registry.acme.io/orders:1\n    depends_on: [db]\n    ports: ['8080:80']\n"
            "    environment:\n      DATABASE_URL: postgres://app:hunter2hunter2@db:5432/orders\n  db:\n    image: postgres:16\n"
        ),
        "k8s/orders.yaml": """\
apiVersion: v1
kind: Service
metadata: {name: orders, namespace: shop}
spec: {ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, namespace: shop}
spec:
  template:
    spec:
      containers:
        - name: orders
          image: registry.acme.io/orders:1
          env:
            - name: PAYMENTS_URL
              value: http://payments:8080/charge?token=t0psecret-token
            - name: DATABASE_URL
              value: postgres://app:hunter2hunter2@db.acme.internal:5432/shop?sslpassword=hunter3hunter3
            - name: ORDERS_TOPIC
              value: orders.created
""",
        "proto/acme/orders/v1/orders.proto": 'syntax = "proto3";\npackage acme.orders.v1;\nservice Orders { rpc Get (Id) returns (Order); }\n',
    },
    "payments": {
        "package.json": '{"name": "payments", "private": true, "dependencies": {"@acme/orders-client": "^1.0.0", "express": "4.18.2"}}',
        "deploy/payments.yaml": """\
apiVersion: v1
kind: Service
metadata: {name: payments, namespace: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: payments, namespace: shop}
spec:
  template:
    spec:
      containers:
        - name: payments
          image: registry.acme.io/payments
          env:
            - {name: DB_URL, value: "jdbc:postgresql://db.acme.internal:5432/shop?user=pay&password=hunter4hunter4"}
            - {name: STRIPE_URL, value: "https://sk_live_abc@api.stripe.com/v1"}
""",
    },
    "gateway": {
        "ingress.yaml": "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: api}\nspec:\n  rules:\n    - host: api.acme.io\n",
        "api/gateway.proto": 'syntax = "proto3";\npackage acme.gateway.v1;\nimport "acme/orders/v1/orders.proto";\nimport "google/protobuf/empty.proto";\n',
    },
    "web": {
        ".env.example": "API_BASE_URL=https://api.acme.io/v2/items?key=hunter5hunter5\nAPP_URL=http://localhost:3000\nORDERS_URL=http://localhost:8081\n",
        "compose.yaml": "services:\n  web: {build: .}\n  orders: {build: ../orders}\n",
    },
    "infra": {
        "main.tf": (
            'terraform {\n  backend "s3" {\n    bucket = "acme-state"\n    key    = "infra/main.tfstate"\n  }\n}\n'
            'resource "aws_sqs_queue" "created" {\n  name = "orders.created"\n}\n'
            'resource "aws_db_instance" "shop" {\n  identifier = "shop-prod"\n  password = "hunter6hunter6"\n}\n'
        ),
    },
}  # fmt: skip
"""Five repositories: orders and payments need each other and share a database; web calls the gateway's host."""
SECRETS = (*(f"hunter{i}hunter{i}" for i in range(2, 7)), "t0psecret", "sk_live", "app:", "user=pay")
"""What must never leave the files of `SHOP`."""
