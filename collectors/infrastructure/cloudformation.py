"""CloudFormation and SAM templates, YAML or JSON, read without resolving functions."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.infrastructure.declared import Declared, fault
from collectors.infrastructure.terraform import SENSITIVE_PORTS, kind_of
from collectors.parsing import line_of, load_json, load_yaml, mapping, several, text
from scanner.core.text import clean
from scanner.facts.infrastructure import Misconfiguration, Resource


def parse(path: str, content: bytes) -> Declared:
    """One template; nothing when the file is none. ValueError when it cannot be read."""
    if b"Resources" not in content or not (b"AWS::" in content or b"AWSTemplateFormatVersion" in content):
        return Declared()
    document = load_json(content) if path.lower().endswith(".json") else load_yaml(content)
    declared = mapping(mapping(document).get("Resources"))
    resources: list[Resource] = []
    faults: list[Misconfiguration] = []
    for name, value in declared.items():
        entry = mapping(value)
        kind = text(entry.get("Type"))
        if not kind.startswith("AWS::"):
            continue
        properties = mapping(entry.get("Properties"))
        resource = _resource(path, name, kind, properties, line_of(declared, name))
        resources.append(resource)
        faults += _faults(resource, properties)
    return Declared(("cloudformation",), tuple(resources), tuple(faults)) if resources else Declared()


def _resource(path: str, name: str, kind: str, properties: dict[str, object], line: int) -> Resource:
    backup = _number(properties, "BackupRetentionPeriod")
    recovery = _flag(mapping(properties.get("PointInTimeRecoverySpecification")), "PointInTimeRecoveryEnabled")
    return Resource(
        kind_of("cloudformation", kind), clean(kind, 100), clean(name, 100), "aws", path, line,
        replicas=next((v for k in ("MinSize", "DesiredCount", "MinCapacity") if (v := _number(properties, k)) is not None), None),
        autoscaled=True if "AutoScaling" in kind else None,
        multi_zone=_flag(properties, "MultiAZ"),
        backup_days=backup if backup is not None else {True: 35, False: 0}.get(bool(recovery)) if recovery is not None else None,
        encrypted=next((v for k in ("StorageEncrypted", "Encrypted", "AtRestEncryptionEnabled") if (v := _flag(properties, k)) is not None), True if "BucketEncryption" in properties else None),
        public=_flag(properties, "PubliclyAccessible"),
        deletion_protected=_flag(properties, "DeletionProtection"),
        tags=len(several(properties["Tags"])) if "Tags" in properties else None,
        size=clean(text(properties.get("DBInstanceClass") or properties.get("InstanceType")), 60),
    )  # fmt: skip


def _flag(properties: dict[str, object], key: str) -> bool | None:
    value = properties.get(key)
    return value if isinstance(value, bool) else {"true": True, "false": False}.get(text(value).lower())


def _number(properties: dict[str, object], key: str) -> int | None:
    written = text(properties.get(key))
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else None


def _faults(resource: Resource, properties: dict[str, object]) -> Iterator[Misconfiguration]:
    who, path = f"{resource.type} {resource.name}", resource.path
    if resource.kind == "database" and resource.public:
        yield fault("public-database", path, resource.line, f"{who} is reachable from the internet", who)
    if resource.backup_days == 0:
        yield fault("no-backup", path, resource.line, f"{who} keeps no backups", who)
    if resource.type == "AWS::RDS::DBInstance" and not resource.encrypted:
        yield fault("unencrypted-storage", path, resource.line, f"{who} is not encrypted at rest", who)
    if text(properties.get("AccessControl")).startswith("PublicRead"):
        yield fault(
            "public-bucket",
            path,
            line_of(properties, "AccessControl") or resource.line,
            f"{who} may be read by everyone",
            who,
        )
    for rule in map(mapping, several(properties.get("SecurityGroupIngress"))):
        low, high = _number(rule, "FromPort"), _number(rule, "ToPort")
        exposed = [p for p in SENSITIVE_PORTS if low is not None and high is not None and low <= p <= high]
        everything = text(rule.get("IpProtocol")) == "-1"
        if (exposed or everything) and text(rule.get("CidrIp") or rule.get("CidrIpv6")) in ("0.0.0.0/0", "::/0"):
            what = f"port {exposed[0]}" if exposed else "every port"
            yield fault(
                "open-security-group", path, line_of(rule) or resource.line, f"{who} opens {what} to the internet", who
            )
    for statement in _statements(properties):
        if text(statement.get("Effect")) == "Allow" and "*" in [text(a) for a in several(statement.get("Action"))]:
            yield fault(
                "wildcard-iam", path, line_of(statement, "Action") or resource.line, f"{who} allows every action", who
            )


def _statements(properties: dict[str, object]) -> Iterator[dict[str, object]]:
    documents = [
        properties.get("PolicyDocument"),
        *(mapping(p).get("PolicyDocument") for p in several(properties.get("Policies"))),
    ]
    for document in documents:
        yield from map(mapping, several(mapping(document).get("Statement")))
