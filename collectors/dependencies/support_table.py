"""The shipped end-of-life table: products, the names that lead to them, and when their cycles end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from collectors.data import read_table
from collectors.parsing import load_json, mapping, several, text

Kind = Literal["runtime", "framework", "image", "database", "service", "library"]
_IMAGES = {
    "node": "nodejs", "python": "python", "ruby": "ruby", "golang": "go", "php": "php", "rust": "rust", "openjdk": "openjdk-builds-from-oracle", "eclipse-temurin": "eclipse-temurin",
    "amazoncorretto": "amazon-corretto", "postgres": "postgresql", "mysql": "mysql", "mariadb": "mariadb", "redis": "redis", "mongo": "mongodb", "elasticsearch": "elasticsearch", "docker.elastic.co/elasticsearch/elasticsearch": "elasticsearch",
    "memcached": "memcached", "rabbitmq": "rabbitmq", "nginx": "nginx", "httpd": "apache-http-server", "tomcat": "tomcat", "alpine": "alpine-linux", "debian": "debian", "ubuntu": "ubuntu", "centos": "centos", "rockylinux": "rocky-linux", "almalinux": "almalinux",
    "fedora": "fedora", "amazonlinux": "amazon-linux", "cassandra": "apache-cassandra", "kibana": "kibana", "docker.elastic.co/kibana/kibana": "kibana", "logstash": "logstash", "docker.elastic.co/logstash/logstash": "logstash", "haproxy": "haproxy", "neo4j": "neo4j",
    "influxdb": "influxdb", "grafana/grafana": "grafana", "prom/prometheus": "prometheus", "postgis/postgis": "postgresql", "timescale/timescaledb": "", "bitnami/postgresql": "postgresql", "bitnami/mongodb": "mongodb", "bitnami/mysql": "mysql", "bitnami/kafka": "apache-kafka",
    "apache/kafka": "apache-kafka", "jenkins/jenkins": "jenkins", "sonarqube": "sonarqube-server", "mcr.microsoft.com/dotnet/aspnet": "dotnet", "mcr.microsoft.com/dotnet/sdk": "dotnet", "mcr.microsoft.com/dotnet/runtime": "dotnet", "mcr.microsoft.com/mssql/server": "mssqlserver",
    "quay.io/keycloak/keycloak": "keycloak", "vault": "hashicorp-vault", "hashicorp/vault": "hashicorp-vault", "maven": "", "gradle": "gradle", "perl": "perl", "elixir": "elixir", "erlang": "erlang", "julia": "julia", "clickhouse/clickhouse-server": "clickhouse", "opensearchproject/opensearch": "opensearch",
    "solr": "solr", "couchdb": "apache-couchdb", "varnish": "vinyl-cache", "oven/bun": "bun", "denoland/deno": "deno",
}  # fmt: skip
_PACKAGES = {
    "pkg:maven/org.springframework.boot/spring-boot-starter-parent": "spring-boot", "pkg:maven/org.springframework.boot/spring-boot-dependencies": "spring-boot", "pkg:gem/railties": "ruby-on-rails",
    "pkg:composer/symfony/framework-bundle": "symfony", "pkg:composer/symfony/symfony": "symfony", "pkg:npm/@nestjs/core": "", "pkg:nuget/microsoft.netcore.app": "dotnet", "pkg:pypi/ansible-core": "ansible-core",
    "pkg:npm/@angular/core": "angular", "pkg:npm/electron": "electron", "pkg:golang/k8s.io/kubernetes": "kubernetes",
}  # fmt: skip
_NAMED_CYCLES = {
    "debian": {"trixie": "13", "bookworm": "12", "bullseye": "11", "buster": "10", "stretch": "9", "jessie": "8"},
    "ubuntu": {"resolute": "26.04", "noble": "24.04", "jammy": "22.04", "focal": "20.04", "bionic": "18.04", "xenial": "16.04", "trusty": "14.04"},
}  # fmt: skip
_VERSION = re.compile(r"v?(\d{1,5}(?:\.\d{1,8}){0,3})")


@dataclass(frozen=True, slots=True)
class Cycle:
    """A release cycle. ``ends`` is None without a published date; ``over`` when the table says it ended without one."""

    name: str
    ends: date | None
    over: bool
    released: date | None = None

    def ended(self, on: date) -> bool:
        """Whether support had ended on ``on``."""
        return self.over if self.ends is None else self.ends <= on


@dataclass(frozen=True, slots=True)
class Product:
    """A product of the table and its cycles, newest first."""

    key: str
    category: str
    cycles: tuple[Cycle, ...]

    def cycle_of(self, version: str) -> Cycle | None:
        """The cycle that ``version`` belongs to, None when the table does not tell.

        The longest cycle name that the version starts with, number by number. A version that names
        fewer numbers than the cycles do (``node:18`` is enough, ``python:3`` is not) tells nothing.
        """
        named = _NAMED_CYCLES.get(self.key, {}).get(version.split("-")[0].lower(), version)
        match = _VERSION.match(named)
        if not match:
            return None
        parts = match.group(1).split(".")
        by_name = {c.name: c for c in self.cycles}
        return next(
            (by_name[n] for length in range(len(parts), 0, -1) if (n := ".".join(parts[:length])) in by_name), None
        )

    def latest(self, on: date) -> Cycle | None:
        """The newest cycle that was out on ``on``; of those without a day none, unless all are."""
        dated = [c for c in self.cycles if c.released is not None and c.released <= on]
        undated = self.cycles if all(c.released is None for c in self.cycles) else ()
        return max(dated, key=lambda c: c.released or date.min, default=next(iter(undated), None))


class SupportTable:
    """The table, as of ``as_of``."""

    def __init__(self, content: bytes) -> None:
        document = mapping(load_json(content))
        self.as_of = date.fromisoformat(text(document["as_of"]))
        self._products = {k: _product(k, mapping(v)) for k, v in mapping(document["products"]).items()}
        self._by_purl = {
            text(i): k
            for k, v in sorted(mapping(document["products"]).items())
            for i in several(mapping(v)["identifiers"])
        } | _PACKAGES

    def product(self, key: str) -> Product | None:
        """A product by its key."""
        return self._products.get(key)

    def of_package(self, purl: str) -> Product | None:
        """The product that a package URL leads to, whatever its version."""
        bare = purl.partition("?")[0].rpartition("@")[0] if "@" in purl.rpartition("/")[2] else purl
        return self._products.get(self._by_purl.get(bare.lower().replace("%40", "@"), ""))

    def of_image(self, image: str) -> Product | None:
        """The product that a container image holds."""
        plain = (
            image.lower()
            .removeprefix("docker.io/")
            .removeprefix("index.docker.io/")
            .removeprefix("library/")
            .removeprefix("public.ecr.aws/docker/library/")
        )
        if plain in _IMAGES:
            return self._products.get(_IMAGES[plain])
        named = plain if "/" in plain else f"library/{plain}"
        return self._products.get(self._by_purl.get(f"pkg:docker/{named}", ""))


def _product(key: str, row: dict[str, object]) -> Product:
    cycles = []
    for release in several(row["releases"]):
        name, begun, end = several(release)
        cycles.append(Cycle(text(name), _day(end), end is True, _day(begun)))
    return Product(key, text(row["category"]), tuple(cycles))


def _day(written: object) -> date | None:
    return date.fromisoformat(written) if isinstance(written, str) else None


@cache
def shipped() -> SupportTable:
    """The table that comes with this release."""
    return SupportTable(read_table("endoflife.json"))


def kind_of(product: Product, *, image: bool) -> Kind:
    """What sort of component a product is."""
    if product.category == "lang" or product.key in ("nodejs", "dotnet", "deno", "bun"):
        return "runtime"
    if product.category == "database":
        return "database"
    if product.category == "framework":
        return "framework"
    if product.category == "os":
        return "image"
    return "service" if image or product.category in ("server-app", "service") else "library"
