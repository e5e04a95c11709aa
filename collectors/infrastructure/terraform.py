"""Terraform files: resources with the attributes that matter for resilience and safety."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import get_args

from collectors.ci.family import looks_secret
from collectors.data import load_table
from collectors.infrastructure.declared import Declared, fault
from collectors.infrastructure.hcl import Block, blocks
from collectors.parsing import mapping, several, text
from scanner.core.text import clean
from scanner.facts.infrastructure import Misconfiguration, Resource, ResourceKind

SENSITIVE_PORTS = (22, 3389, 5432, 3306, 1433, 27017, 6379, 9200)
_EVERYWHERE = ("0.0.0.0/0", "::/0")
_SIZES = ("instance_class", "instance_type", "node_type", "machine_type", "vm_size", "sku_name", "size", "tier")


def claims(path: str) -> bool:
    """Terraform and OpenTofu files."""
    return path.lower().endswith((".tf", ".tofu"))


@cache
def _kinds(section: str) -> tuple[tuple[str, ResourceKind], ...]:
    table = mapping(load_table("resources.toml")[section])
    pairs = ((text(p), kind) for kind in get_args(ResourceKind) for p in several(table.get(kind)))
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def kind_of(section: str, resource_type: str) -> ResourceKind:
    """The kind of a resource by the longest known start of its type."""
    return next((kind for start, kind in _kinds(section) if resource_type.startswith(start)), "other")


def parse(path: str, content: bytes) -> Declared:
    """One Terraform file. ValueError when it cannot be read."""
    found = [b for b in blocks(content) if b.kind == "resource" and len(b.labels) == 2]
    resources = tuple(_resource(path, b) for b in found)
    faults = [f for block, resource in zip(found, resources, strict=True) for f in _faults(path, block, resource)]
    return Declared(("terraform",), resources, tuple(faults))


def _resource(path: str, block: Block) -> Resource:
    resource_type, name = block.labels
    kind = kind_of("terraform", resource_type)
    return Resource(
        kind,
        clean(resource_type, 100),
        clean(name, 100),
        clean(resource_type.partition("_")[0], 40),
        path,
        block.line,
        replicas=_first(
            block.number(n)
            for n in (
                "min_size",
                "desired_count",
                "desired_capacity",
                "min_capacity",
                "node_count",
                "num_cache_nodes",
                "min_replicas",
                "instance_count",
            )
        ),
        autoscaled=True
        if kind == "autoscaler" or block.nested("autoscaling") or block.nested("scaling_config")
        else None,
        multi_zone=_multi_zone(block),
        backup_days=_backup_days(block),
        encrypted=_encrypted(block),
        public=_public(block),
        deletion_protected=_either(
            block, "deletion_protection", "deletion_protection_enabled", "enable_deletion_protection"
        ),
        tags=block.attributes["tags"].count("=") if block.attributes.get("tags", "").startswith("{") else None,
        size=clean(next((block.text(k) for k in _SIZES if k in block.attributes), ""), 60),
    )


def _first(values: Iterator[int | None]) -> int | None:
    return next((v for v in values if v is not None), None)


def _either(block: Block, *names: str) -> bool | None:
    return next((v for n in names if (v := block.flag(n)) is not None), None)


def _multi_zone(block: Block) -> bool | None:
    said = _either(
        block, "multi_az", "multi_az_enabled", "zone_redundant", "zone_redundancy_enabled", "automatic_failover_enabled"
    )
    if said is not None:
        return said
    settings = [block, *block.nested("settings")]
    if any(b.text("availability_type") for b in settings):
        return any(b.text("availability_type") == "REGIONAL" for b in settings)
    zones = next(
        (
            block.attributes[n]
            for n in ("availability_zones", "vpc_zone_identifier", "subnet_ids", "zones", "subnets")
            if n in block.attributes
        ),
        "",
    )
    return (
        True if zones.startswith("[") and zones.count(",") >= 1 and len(zones.strip("[], \n").split(",")) >= 2 else None
    )


def _backup_days(block: Block) -> int | None:
    days = _first(
        block.number(n)
        for n in (
            "backup_retention_period",
            "backup_retention_days",
            "snapshot_retention_limit",
            "automatic_snapshot_retention_period",
        )
    )
    if days is None:
        for nested in [b for s in [block, *block.nested("settings")] for b in s.nested("backup_configuration")]:
            days = 7 if nested.flag("enabled") else 0
    if days is None:
        recovery = [b.flag("enabled") for b in block.nested("point_in_time_recovery")]
        days = (35 if recovery[0] else 0) if recovery and recovery[0] is not None else None
    return days


def _encrypted(block: Block) -> bool | None:
    said = _either(
        block,
        "storage_encrypted",
        "encrypted",
        "at_rest_encryption_enabled",
        "encrypt_at_rest",
        "infrastructure_encryption_enabled",
    )
    if said is None and (
        "kms_key_id" in block.attributes
        or block.nested("server_side_encryption_configuration")
        or block.nested("server_side_encryption")
    ):
        return True
    return said


def _public(block: Block) -> bool | None:
    said = _either(
        block,
        "publicly_accessible",
        "public_network_access_enabled",
        "associate_public_ip_address",
        "allow_blob_public_access",
        "allow_nested_items_to_be_public",
    )
    if said is None and block.text("acl") in ("public-read", "public-read-write"):
        return True
    if said is None and block.labels[0] in ("aws_lb", "aws_alb", "aws_elb"):
        return block.flag("internal") is not True
    return said


def _faults(path: str, block: Block, resource: Resource) -> Iterator[Misconfiguration]:
    who = f"{resource.type}.{resource.name}"
    yield from _network_faults(path, block, who)
    if (resource.kind == "storage" and resource.public) or block.text("acl") in ("public-read", "public-read-write"):
        yield fault("public-bucket", path, block.lines.get("acl", block.line), f"{who} may be read by everyone", who)
    if (
        resource.type
        in ("aws_db_instance", "aws_rds_cluster", "aws_ebs_volume", "aws_efs_file_system", "aws_redshift_cluster")
        and not resource.encrypted
    ):
        yield fault("unencrypted-storage", path, block.line, f"{who} is not encrypted at rest", who)
    if resource.kind == "database":
        yield from _database_faults(path, block, resource, who)
    if (
        block.text("protocol") == "HTTP"
        and resource.type.endswith("listener")
        and "redirect" not in str([b.attributes for b in block.nested("default_action")])
    ):
        yield fault("plain-http-listener", path, block.line, f"{who} listens without encryption", who)
    if resource.type.startswith("aws_iam") and (policy := block.attributes.get("policy", "")) and _wildcard(policy):
        yield fault("wildcard-iam", path, block.lines.get("policy", block.line), f"{who} allows every action", who)
    for name, written in block.attributes.items():
        if written.startswith('"') and looks_secret(name, block.text(name)):
            yield fault(
                "plain-secret", path, block.lines[name], f"{name} of {who} is set to a literal value", f"{who}:{name}"
            )


def _database_faults(path: str, block: Block, resource: Resource, who: str) -> Iterator[Misconfiguration]:
    if resource.public:
        yield fault("public-database", path, block.line, f"{who} is reachable from the internet", who)
    if resource.backup_days == 0:
        yield fault(
            "no-backup", path, block.lines.get("backup_retention_period", block.line), f"{who} keeps no backups", who
        )
    if resource.deletion_protected is False:
        yield fault("no-deletion-protection", path, block.line, f"{who} can be deleted by mistake", who)
    if resource.multi_zone is False:
        yield fault("single-zone-database", path, block.line, f"{who} stands in one zone", who)


def _network_faults(path: str, block: Block, who: str) -> Iterator[Misconfiguration]:
    rules = block.nested("ingress") if block.labels[0] in ("aws_security_group", "aws_default_security_group") else []
    inbound = block.labels[0] == "aws_vpc_security_group_ingress_rule" or (
        block.labels[0] == "aws_security_group_rule" and block.text("type") == "ingress"
    )
    for rule in [*rules, *([block] if inbound else [])]:
        sources = "".join(
            rule.attributes.get(k, "") for k in ("cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6")
        )
        low, high = rule.number("from_port"), rule.number("to_port")
        everything = rule.text("protocol") == "-1" or rule.text("ip_protocol") == "-1"
        exposed = [p for p in SENSITIVE_PORTS if low is not None and high is not None and low <= p <= high]
        if any(e in sources for e in _EVERYWHERE) and (everything or exposed):
            what = f"port {exposed[0]}" if exposed else "every port"
            yield fault("open-security-group", path, rule.line, f"{who} opens {what} to the internet", who)
    if block.labels[0] == "google_compute_firewall" and "0.0.0.0/0" in block.attributes.get("source_ranges", ""):
        ports = " ".join(a.attributes.get("ports", "") for a in block.nested("allow"))
        exposed = [p for p in SENSITIVE_PORTS if f'"{p}"' in ports]
        if exposed:
            yield fault("open-security-group", path, block.line, f"{who} opens port {exposed[0]} to the internet", who)


def _wildcard(policy: str) -> bool:
    plain = "".join(policy.split()).replace('\\"', '"')
    return (
        any(mark in plain for mark in ('"Action":"*"', 'Action="*"', '"Action":["*"]', 'Action=["*"]'))
        and "Deny" not in plain
    )
