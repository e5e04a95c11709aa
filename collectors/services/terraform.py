"""Terraform: where modules come from, whose state is read, which stores, channels and hosts are declared or looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from collectors.infrastructure.hcl import Block, blocks
from collectors.infrastructure.terraform import kind_of
from collectors.services import settings
from collectors.services.addresses import hostname
from collectors.services.mention import Mention, need, offer
from collectors.services.references import is_address, repository_name

_REGISTRY = re.compile(
    r"(?:([a-z0-9.-]{1,100}\.[a-z]{2,20})/)?([\w-]{1,64})/([\w-]{1,64})/([\w-]{1,64})(?://.{0,200})?"
)
_PAIR = re.compile(r"\"?([A-Za-z_][A-Za-z0-9_]{0,100})\"?[ \t]{0,40}[=:][ \t]{0,4}\"([^\"\n]{0,500})\"")
_STATE = {
    "s3": ("bucket", "key"), "gcs": ("bucket", "prefix"), "azurerm": ("storage_account_name", "container_name", "key"),
    "remote": ("organization", "name"), "pg": ("schema_name",), "consul": ("path",),
}  # fmt: skip
_IDENTIFIERS = (
    "identifier",
    "cluster_identifier",
    "db_instance_identifier",
    "replication_group_id",
    "cluster_id",
    "bucket",
    "name",
)
_CHANNELS = (
    "aws_sqs_queue", "aws_sns_topic", "aws_kinesis_stream", "google_pubsub_topic", "azurerm_servicebus_queue", "azurerm_servicebus_topic",
    "azurerm_eventhub", "kafka_topic", "confluent_kafka_topic", "rabbitmq_queue", "rabbitmq_exchange", "aws_cloudwatch_event_bus",
)  # fmt: skip
_LITERAL = re.compile(r"[\w./-]{1,150}")
_STORES = ("database", "cache", "storage")
_NAMED = ("name", "topic_name")


def read(content: bytes) -> Iterator[Mention]:
    """One Terraform file. ValueError when it cannot be read."""
    for block in blocks(content):
        if block.kind == "module":
            yield from _module(block)
        elif block.kind == "terraform":
            yield from _backend(block)
        elif block.kind in ("resource", "data") and len(block.labels) == 2:
            yield from _state(block) if block.labels[0] == "terraform_remote_state" else _declared(block)
            yield from _variables(block)


def _module(block: Block) -> Iterator[Mention]:
    source, line = block.text("source"), block.lines.get("source", block.line)
    if is_address(source):
        yield need("repository", repository_name(source), line, "Terraform module")
    elif source.startswith(".."):
        yield need("folder", source, line, "Terraform module")
    elif match := _REGISTRY.fullmatch(source):
        # A registry takes modules only from repositories of this name (https://developer.hashicorp.com/terraform/registry/modules/publish).
        _, owner, name, provider = match.groups()
        yield need("repository", f"{owner}/terraform-{provider}-{name}".lower(), line, "Terraform module")


def _backend(block: Block) -> Iterator[Mention]:
    for backend in block.nested("backend"):
        told = {_quoted(w, "name") for w in backend.nested("workspaces")}
        spaces = {"name": min(told)} if told else {}
        keys = _STATE.get(backend.labels[0], ()) if backend.labels else ()
        yield from _stated(
            "offer",
            backend.labels[0] if keys else "",
            [spaces.get(k) or _quoted(backend, k) for k in keys],
            backend.line,
        )
    for cloud in block.nested("cloud"):
        told = {_quoted(w, "name") for w in cloud.nested("workspaces")}
        yield from _stated("offer", "remote", [_quoted(cloud, "organization"), min(told, default="")], cloud.line)


def _state(block: Block) -> Iterator[Mention]:
    backend = block.text("backend")
    pairs = dict(_PAIR.findall(block.attributes.get("config", "")))
    yield from _stated("need", backend, [pairs.get(k, "") for k in _STATE.get(backend, ())], block.line)


def _stated(side: Literal["offer", "need"], backend: str, parts: list[str], line: int) -> Iterator[Mention]:
    if parts and all(_LITERAL.fullmatch(p) for p in parts):
        made = offer if side == "offer" else need
        yield made("state", f"{backend}:{'/'.join(parts)}", line, "Terraform state")


def _quoted(block: Block, name: str) -> str:
    """An attribute written as a plain text; empty when it is computed or absent."""
    written = block.text(name) if block.attributes.get(name, "").startswith('"') else ""
    return written if _LITERAL.fullmatch(written) else ""


def _declared(block: Block) -> Iterator[Mention]:
    what, side = block.labels[0], offer if block.kind == "resource" else need
    if what in _CHANNELS:
        name = next((n for key in _NAMED if (n := _quoted(block, key))), "")
        yield side("channel", name, block.line, what)
    elif (kind := kind_of("terraform", what)) in _STORES:
        name = next((n for key in _IDENTIFIERS if (n := _quoted(block, key))), "")
        if name:
            yield side("store", f"{what}:{name}", block.line, f"{kind}:{what}")
    elif what in ("aws_route53_record", "cloudflare_record", "google_dns_record_set") and block.kind == "resource":
        yield offer("host", hostname(_quoted(block, "name")), block.line, "DNS record")


def _variables(block: Block) -> Iterator[Mention]:
    """Addresses in the variables of functions and containers."""
    for holder in [block, *block.nested("environment")]:
        for key in ("environment", "variables", "env_vars", "environment_variables"):
            line = holder.lines.get(key, holder.line)
            written = _PAIR.findall(holder.attributes.get(key, ""))
            yield from settings.needs_of(settings.Setting(settings.capitals(k), v, line) for k, v in written)
