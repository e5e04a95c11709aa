import json
from dataclasses import asdict

import pytest

from collectors.services import reading
from collectors.services.mention import MAX_MENTIONS
from tests.builders_services import SECRETS, SHOP, names, surface_of


def test_no_credential_of_an_address_is_kept() -> None:
    for name, files in SHOP.items():
        kept = json.dumps(asdict(surface_of(files, f"acme/{name}")))
        assert not [s for s in SECRETS if s in kept]


HIDING = [
    "postgres://app:pa/ss-hunter2@db.acme.io/orders", "postgres://app:hunter2@x@db.acme.io:5432/orders?sslmode=hunter2",
    "postgres://hunter2:12/3@db.acme.io/x",
    "https://hunter2/x@api.acme.io",
    "https://hunter2?x@api.acme.io",
    "https://hunter2:hunter2@api.acme.io/hooks/hunter2?sig=hunter2#hunter2", "https://api.acme.io/?next=hunter2@acme.io",
    "redis://:hunter2@cache.acme.io:6379/0", "mongodb+srv://u:hunter2@cluster0.acme.io/shop?authSource=hunter2",
    "amqp://u:hunter2@mq.acme.io/hunter2", "jdbc:sqlserver://db.acme.io:1433;databaseName=shop;password=hunter2",
    "jdbc:oracle:thin:u/hunter2@db.acme.io:1521:x", "host=db.acme.io user=u password=hunter2", "hunter2@hunter2", "//hunter2:x@y",
    "https://api.acme.io\\@hunter2.evil", "http://[::1]:80/hunter2", "s3://hunter2@bucket/hunter2", "ftp://u:hunter2@ftp.acme.io/",
    "server=tcp:x,1433;password=hunter2", "postgres://app:hun?ter2hunter2@db.acme.io/x", "postgres://app:p#hunter2@db.acme.io/x",
]  # fmt: skip


@pytest.mark.parametrize("value", HIDING)
@pytest.mark.parametrize("name", ["DATABASE_URL", "ORDERS_HOST", "ORDERS_ENDPOINT", "ORDERS_QUEUE", "ORDERS_TOPIC"])
@pytest.mark.parametrize(
    "shape", [".env", "compose.yaml", "values.yaml", "k8s/a.yaml", "config/app.yml", "main.tf", "appsettings.json"]
)
def test_an_address_that_hides_a_credential_gives_its_host_at_most(shape: str, name: str, value: str) -> None:
    written = json.dumps(value)
    files = {
        ".env": f"{name}={value}\n",
        "compose.yaml": f"services:\n  a:\n    image: x\n    environment:\n      {name}: {written}\n",
        "values.yaml": f"env:\n  - name: {name}\n    value: {written}\n{name.lower()}: {written}\n",
        "k8s/a.yaml": f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata:\n  {name}: {written}\n",
        "config/app.yml": f"app:\n  {name}: {written}\n",
        "main.tf": f'resource "aws_lambda_function" "a" {{\n  environment {{\n    variables = {{ {name} = {written} }}\n  }}\n}}\n',
        "appsettings.json": json.dumps({"App": {name: value}}),
    }
    fact = surface_of({shape: files[shape]})
    assert not fact.unparsed
    assert "hunter2" not in json.dumps(asdict(fact))


@pytest.mark.parametrize(
    "name", ["API_TOKEN_URL", "DB_PASSWORD_HOST", "SECRET_ENDPOINT", "ACCESS_KEY_URL", "SIGNING_SECRET_QUEUE"]
)
def test_settings_named_after_credentials_are_not_read(name: str) -> None:
    assert surface_of({".env": f"{name}=plain.acme.io\n"}).needs == ()


@pytest.mark.parametrize(
    "value",
    [
        "https://a3f9c2d87be41f60a3f9c2d87be41f60.acme.io/",
        "eyJhbGciOiJIUzI1NiJ9AbC.eyJzdWIiOiIxMjM0NTY3ODkwIn0.x",
        "http://Zx81kQpT02mmAlqoWiRt.io",
    ],
)
def test_what_looks_like_a_key_is_no_host(value: str) -> None:
    assert names(surface_of({".env": f"ORDERS_URL={value}\n"}).needs, "host", "service", "store", "channel") == []


@pytest.mark.parametrize(
    ("value", "kind", "name"),
    [
        ("https://API.acme.io:8443/v1", "host", "api.acme.io"), ("http://orders:8080", "service", "orders.svc"),
        ("http://orders.shop.svc.cluster.local/x", "service", "orders.shop.svc"), ("grpc://orders.shop:50051", "host", "orders.shop"),
        ("postgresql+asyncpg://u:p@db.acme.io/shop", "store", "db.acme.io/shop"), ("redis://cache.acme.io:6379/0", "store", "cache.acme.io"),
        ("kafka1.acme.io:9092,kafka2.acme.io:9092", "host", "kafka1.acme.io"), ("postgres://u:p@db/shop", "store", "db"),
        ("https://sqs.eu-west-1.amazonaws.com/123456789012/orders-created", "channel", "orders-created"),
        ("arn:aws:sns:eu-west-1:123456789012:orders-created", "channel", "orders-created"),
        ("http://localhost:8000", "variable", "orders"), ("${ORDERS}", "variable", "orders"), ("https://example.com", "variable", "orders"),
        ("http://127.0.0.1:9", "variable", "orders"), ("", "variable", "orders"),
    ],
)  # fmt: skip
def test_an_address_by_what_it_names(value: str, kind: str, name: str) -> None:
    found = surface_of({".env": f"# ORDERS_URL=http://old.acme.io\nexport ORDERS_URL={value}\n"}).needs
    assert [(link.kind, link.name, link.line) for link in found] == [(kind, name, 2)]


def test_settings_say_what_a_bare_host_is() -> None:
    fact = surface_of(
        {
            ".env": "DB_HOST=db1.acme.io\nREDIS_HOST=cache\nORDERS_HOST=orders\nKAFKA_BROKERS=k1.acme.io:9092,k2.acme.io:9092\nPAID_QUEUE=paid\n"
        }
    )
    assert [(link.kind, link.name, link.detail) for link in fact.needs] == [
        ("channel", "paid", "PAID_QUEUE"), ("service", "orders.svc", "ORDERS_HOST"), ("store", "cache", "cache:redis"),
        ("store", "db1.acme.io", "database"), ("store", "k1.acme.io", "queue:kafka"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "image", ["hunter2:hunter2/x@registry.acme.io/a", "$IMAGE", "{{ .Values.image }}", "a b", "scratch", ""]
)
def test_what_is_no_image(image: str) -> None:
    assert surface_of({"compose.yaml": f"services: {{a: {{image: '{image}'}}}}\n"}).needs == ()


def test_compose() -> None:
    fact = surface_of({
        "dev/docker-compose.yml": """\
services:
  api:
    build: {context: ../../orders}
    depends_on: {db: {condition: service_healthy}}
    networks: [backbone, inner]
    environment:
      - USERS_URL=http://users:8080
      - DB_HOST=db
  lib:
    build: ../shared
  mail:
    build: https://github.com/Acme/mail.git#main:docker
  edge:
    image: ghcr.io/Acme/edge:2
  db:
    image: docker.io/library/postgres:16
networks:
  backbone: {external: true, name: acme-net}
  inner: {}
"""
    })  # fmt: skip
    assert names(fact.offers, "local-service") == ["api", "db", "edge", "lib", "mail"]
    assert names(fact.offers, "service") == ["api.acme-net.network"]
    assert names(fact.offers, "store") == ["db"]
    assert names(fact.needs, "local-service", "store") == ["db"]
    assert names(fact.needs, "service") == ["users.acme-net.network"]
    assert names(fact.needs, "image") == ["ghcr.io/acme/edge"]
    assert names(fact.needs, "repository") == ["acme/mail", "orders"], "../shared lies within the repository"
    assert fact.serves, "lib is built here"


def test_a_database_in_an_image_of_ones_own_is_a_store_and_an_image() -> None:
    fact = surface_of(
        {"compose.yaml": "services:\n  db: {build: ../pg, image: postgres}\n  own: {build: pg, image: acme/postgres}\n"}
    )
    assert names(fact.offers, "store", "image") == ["acme/postgres", "db"]
    assert names(fact.needs, "repository", "image") == ["pg"]


def test_kubernetes_secrets_are_not_read_and_templates_not_run() -> None:
    fact = surface_of({
        "secret.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {DB_URL: 'postgres://db.acme.io/x'}\n",
        "chart/templates/a.yaml": "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}-x\n{{- if .on }}\n",
        "list.yaml": "apiVersion: v1\nkind: List\nitems:\n  - {apiVersion: v1, kind: Service, metadata: {name: a}, spec: {externalName: x.acme.io}}\n",
        "route.yaml": "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r}\nspec: {hostnames: [shop.acme.io, '*.acme.io']}\n",
    })  # fmt: skip
    assert [(link.kind, link.name) for link in fact.offers] == [("host", "shop.acme.io"), ("service", "a.svc")]
    assert [(link.kind, link.name) for link in fact.needs] == [("host", "x.acme.io")]
    assert not fact.unparsed


def test_charts() -> None:
    fact = surface_of({
        "chart/Chart.yaml": """\
name: shop
dependencies:
  - {name: acme-common, repository: "oci://registry.acme.io/charts"}
  - {name: postgresql, repository: "https://charts.bitnami.com/bitnami"}
  - {name: sub, repository: "file://../sub"}
  - {name: far, repository: "file://../../platform/charts/far"}
""",
        "chart/values-prod.yaml": """\
image: {repository: registry.acme.io/shop, tag: "1"}
ingress: {enabled: true, hosts: [{host: shop.acme.io, paths: []}]}
usersUrl: https://users.acme.io
postgresql: {host: db.acme.io}
""",
    })  # fmt: skip
    assert names(fact.offers, "chart") == ["shop"]
    assert names(fact.offers, "host") == ["shop.acme.io"]
    assert names(fact.needs, "chart") == ["acme-common"]
    assert names(fact.needs, "repository") == ["platform"]
    assert names(fact.needs, "image") == ["registry.acme.io/shop"]
    assert names(fact.needs, "host") == ["users.acme.io"]
    assert names(fact.needs, "store") == ["db.acme.io"]


def test_terraform() -> None:
    fact = surface_of({
        "live/main.tf": """\
terraform {
  backend "s3" {
    bucket = "acme-state"
    key    = "live/main.tfstate"
  }
}
module "vpc" {
  source = "git::https://oauth2:hunter2hunter2@github.com/Acme/terraform-vpc.git//modules/a?ref=v1"
}
module "eks" { source = "terraform-aws-modules/eks/aws" }
module "here" { source = "../modules/x" }
module "beside" { source = "../../platform/x" }
data "terraform_remote_state" "net" {
  backend = "s3"
  config = {
    bucket = "acme-state"
    key    = "net/main.tfstate"
  }
}
data "terraform_remote_state" "any" {
  backend = "s3"
  config  = { bucket = var.bucket, key = "x" }
}
data "aws_db_instance" "shop" { db_instance_identifier = "shop-prod" }
resource "aws_db_instance" "own" { identifier = "own-prod" }
resource "aws_db_instance" "open" { identifier = "${var.env}-db" }
resource "aws_sqs_queue" "q" { name = "paid" }
resource "aws_sqs_queue" "computed" { name = var.queue }
resource "aws_db_instance" "referred" { identifier = aws_x.y.name }
resource "aws_route53_record" "r" { name = "shop.acme.io" }
"""
    })  # fmt: skip
    assert [(link.kind, link.name) for link in fact.offers] == [
        ("channel", "paid"), ("host", "shop.acme.io"), ("state", "s3:acme-state/live/main.tfstate"), ("store", "aws_db_instance:own-prod"),
    ]  # fmt: skip
    assert [(link.kind, link.name) for link in fact.needs] == [
        ("repository", "acme/terraform-vpc"), ("repository", "platform"), ("repository", "terraform-aws-modules/terraform-aws-eks"),
        ("state", "s3:acme-state/net/main.tfstate"), ("store", "aws_db_instance:shop-prod"),
    ]  # fmt: skip
    assert "hunter2" not in repr(fact)


def test_contracts() -> None:
    fact = surface_of({
        "openapi.yaml": "openapi: 3.1.0\ninfo: {title: Orders API}\nservers:\n  - url: https://api.acme.io/v1\n  - url: /relative\n  - url: 'https://{tenant}.acme.io'\n",
        "swagger.json": '{"swagger": "2.0", "info": {"title": "Old"}, "host": "old.acme.io"}',
        "events.yaml": "asyncapi: 2.6.0\ninfo: {title: Events}\nchannels:\n  orders.created: {subscribe: {}}\n  orders.cancel: {publish: {}}\n",
        "asyncapi3.yaml": """\
asyncapi: 3.0.0
info: {title: Events 3}
channels:
  paid: {address: payments.paid}
  due: {}
operations:
  tell: {action: send, channel: {$ref: '#/channels/paid'}}
  hear: {action: receive, channel: {$ref: '#/channels/due'}}
""",
    })  # fmt: skip
    assert names(fact.offers, "api") == ["Events", "Events 3", "Old", "Orders API"]
    assert names(fact.offers, "host") == ["api.acme.io", "old.acme.io"]
    assert names(fact.offers, "channel") == ["orders.created", "payments.paid"]
    assert names(fact.needs, "channel") == ["due", "orders.cancel"]


def test_protobuf() -> None:
    fact = surface_of({
        "p/a.proto": """\
// package wrong.one;
/* import "wrong.proto";
   service Wrong {} */
syntax = "proto3"; package acme.a.v1;
import public "acme/b.proto"; import 'c.proto';
import "google/protobuf/any.proto";
option go_package = "x;y{";
message M { string package = 1; message service { } }
service Orders { rpc Get (M) returns (M) { } }
"""
    })  # fmt: skip
    assert [(link.kind, link.name, link.line) for link in fact.offers] == [
        ("api", "acme.a.v1", 4), ("api", "acme.a.v1.Orders", 9), ("proto", "p/a.proto", 1),
    ]  # fmt: skip
    assert [(link.name, link.line) for link in fact.needs] == [("acme/b.proto", 5), ("c.proto", 5)]


@pytest.mark.parametrize(
    "content",
    [
        '"' + '\\"' * 499_000,
        "/*" * 400_000,
        "{" * 900_000,
        "import " * 140_000,
        "a.b=" * 240_000,
        "\n" * 999_000,
        'import "x',
    ],
)
def test_hostile_protobuf_is_read_in_bounds(content: str) -> None:
    fact = surface_of({"a.proto": content})
    assert not fact.needs
    assert not fact.unparsed


def test_hostile_settings_are_read_in_bounds() -> None:
    lines = [
        "A_URL=" + "http://" * 200_000,
        "A" * 900_000,
        "A_URL=" + "a." * 400_000,
        ("A_URL=x@" * 10 + "\n") * 10_000,
        "docker push " * 80_000,
    ]
    for content in lines:
        assert not [n for n in surface_of({".env": content}).needs if n.kind != "variable"]
        surface_of({".gitlab-ci.yml": f"a:\n  script: '{content[:900_000]}'\n"})


PUBLISHED = [
    ("package.json", '{"name": "@acme/ui"}', "npm:@acme/ui"), ("pyproject.toml", '[project]\nname = "Acme_Core.Lib"\n', "PyPI:acme-core-lib"),
    ("pyproject.toml", '[tool.poetry]\nname = "old"\n', "PyPI:old"), ("setup.cfg", "[x]\nname = no\n[metadata]\nname = acme-cfg\n", "PyPI:acme-cfg"),
    ("go.mod", "module github.com/acme/lib/v2\n", "Go:github.com/acme/lib/v2"), ("Cargo.toml", '[package]\nname = "acme"\n', "crates.io:acme"),
    ("pom.xml", "<project><parent><groupId>io.acme</groupId></parent><artifactId>core</artifactId></project>", "Maven:io.acme:core"),
    ("acme.gemspec", 'Gem::Specification.new do |spec|\n  spec.name = "acme"\n', "RubyGems:acme"), ("composer.json", '{"name": "Acme/Lib"}', "Packagist:acme/lib"),
    ("A.csproj", "<Project><PropertyGroup><PackageId>Acme.A</PackageId></PropertyGroup></Project>", "NuGet:acme.a"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "content", "name"), PUBLISHED)
def test_published_packages(path: str, content: str, name: str) -> None:
    assert names(surface_of({path: content}).offers, "package") == [name]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("package.json", '{"name": "app", "private": true}'),
        ("Cargo.toml", '[package]\nname = "a"\npublish = false\n'),
        ("pom.xml", "<project><artifactId>${x}</artifactId></project>"),
    ],
)
def test_what_is_kept_private_is_not_offered(path: str, content: str) -> None:
    assert surface_of({path: content}).offers == ()


def test_published_images() -> None:
    fact = surface_of(
        {
            ".github/workflows/ship.yml": """\
on: push
jobs:
  ship:
    steps:
      - uses: docker/metadata-action@v5
        with: {images: "ghcr.io/${{ github.repository }}"}
      - uses: docker/build-push-action@v6
        with: {push: true, tags: "registry.acme.io/api:latest,registry.acme.io/api:${{ github.sha }}"}
      - uses: docker/build-push-action@v6
        with: {push: false, tags: "registry.acme.io/tried:1"}
      - run: docker push registry.acme.io/tool:1
""",
            "Dockerfile": "FROM registry.acme.io/base:3 AS b\nFROM postgres:16\nCOPY --from=b /x /x\n",
            "skaffold.yaml": "build: {artifacts: [{image: registry.acme.io/skaffolded}]}\n",
            ".gitmodules": '[submodule "x"]\n\turl = ../Shared.git\n[submodule "y"]\n\turl = git@gitlab.acme.io:Team/Sub/y.git\n',
        },
        "Acme/Api",
    )
    assert names(fact.offers, "image") == [
        "ghcr.io/acme/api",
        "registry.acme.io/api",
        "registry.acme.io/skaffolded",
        "registry.acme.io/tool",
    ]
    assert names(fact.needs, "image") == ["registry.acme.io/base"]
    assert names(fact.needs, "repository") == ["shared", "team/sub/y"]


BOMB = "a: &a [1,1,1,1,1,1,1,1,1]\n" + "".join(
    f"{c}: &{c} [{','.join(['*' + p] * 9)}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "path", ["compose.yaml", "values.yaml", "Chart.yaml", "config/a.yml", ".github/workflows/a.yml", "skaffold.yaml"]
)
@pytest.mark.parametrize(
    ("content", "why"),
    [(BOMB, "too many values"), ("[" * 5000, "too deep"), ("a: [", "not YAML"), ("x: 1\n" * 400_000, "over the limit")],
    ids=["bomb", "deep", "broken", "huge"],
)
def test_hostile_yaml_is_named_with_its_reason(path: str, content: str, why: str) -> None:
    fact = surface_of({path: content})
    assert [(p, why in reason) for p, reason in fact.unparsed] == [(path, True)]
    assert not fact.needs


@pytest.mark.parametrize("reader", sorted(reading.READERS))
@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 1000, b"\xff\xfea\x00", b"\xef\xbb\xbf{}", b"[]", b"null", b'"', b"services: [1, {a: 2}]\nspec: 3\n", b"a\r\nb=\r\n", b"{" * 50_000,
     b"services:\n  a:\n  b: {environment: [1, [2], {name: [3]}], networks: {x: }, build: [1], ports: [[1]], depends_on: 3}\n",
     b"apiVersion: v1\nkind: Deployment\nmetadata: []\nspec: {template: {spec: {containers: [1, {env: {a: b}, image: [1]}]}}}\n"],
)  # fmt: skip
@pytest.mark.parametrize("suffix", [".yaml", ".json", ".proto"])
def test_odd_bytes_never_raise(reader: str, content: bytes, suffix: str) -> None:
    reading.read(reading.READERS[reader], f"x{suffix}", content)


def test_names_are_bounded_and_clean() -> None:
    fact = surface_of({
        ".env": "".join(f"A{i}_URL=http://h{i}.acme.io\n" for i in range(5_000)),
        "compose.yaml": 'services:\n  "<script>": {image: "a b"}\n  "x\\u202ey": {image: "$(rm)"}\n  "' + "n" * 400 + '": {}\n',
    })  # fmt: skip
    assert len(fact.needs) == MAX_MENTIONS
    assert names(fact.offers, "local-service") == ["xy"], (
        "of hostile names only a hidden mark's is left, without the mark"
    )
