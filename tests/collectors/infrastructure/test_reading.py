import pytest

from collectors.infrastructure.declared import Declared
from collectors.infrastructure.infrastructure import environments, read
from scanner.core.outcomes import Severity


def rules(declared: Declared) -> list[tuple[str, int]]:
    return sorted((f.rule, f.line) for f in declared.faults)


COMPOSE = b"""\
services:
  web:
    image: acme/web
    privileged: true
    environment:
      - DB_PASSWORD=correcthorse
      - SECRET_KEY=${SECRET_KEY}
    deploy: {replicas: 3, resources: {limits: {memory: 1g}}}
  db:
    image: postgres:14@sha256:00
    healthcheck: {test: pg_isready}
    volumes: [/var/run/docker.sock:/x]
  own:
    build: .
    image: own
"""


def test_compose() -> None:
    declared = read("docker-compose.yml", COMPOSE)
    assert rules(declared) == [
        ("docker-socket", 12),
        ("image-latest-tag", 3),
        ("plain-secret", 5),
        ("privileged-container", 4),
    ]
    assert [(r.name, r.kind, r.replicas, r.limits, r.probes) for r in declared.resources] == [
        ("web", "compute", 3, True, False), ("db", "database", None, False, True), ("own", "compute", None, False, False),
    ]  # fmt: skip
    assert [f.severity for f in declared.faults if f.rule == "plain-secret"] == [Severity.MEDIUM]
    assert [i.image for i in declared.images] == ["acme/web", "postgres"]
    assert "correcthorse" not in repr(declared)


KUBERNETES = b"""\
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, labels: {app: api}}
spec:
  replicas: 2
  template:
    spec:
      hostNetwork: true
      containers:
        - name: main
          image: acme/api:1.2
          securityContext: {privileged: true}
          env:
            - {name: API_TOKEN, value: abcd1234efgh}
            - {name: OTHER_TOKEN, valueFrom: {secretKeyRef: {name: a, key: b}}}
        - name: side
          image: acme/side:latest
          securityContext: {runAsNonRoot: true}
          resources: {limits: {cpu: 1}}
          livenessProbe: {}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: api}
spec: {minReplicas: 2, maxReplicas: 9}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: god}
rules:
  - {apiGroups: ["*"], resources: ["*"], verbs: ["*"]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  template:
    spec:
      securityContext: {runAsUser: 999}
      containers: [{name: pg, image: "postgres:14", resources: {limits: {cpu: 1}}, readinessProbe: {}}]
---
apiVersion: v1
kind: Secret
metadata: {name: s}
stringData: {password: hunter2hunter2}
"""


def test_kubernetes() -> None:
    declared = read("k8s/all.yaml", KUBERNETES)
    assert rules(declared) == [
        ("host-network", 8), ("image-latest-tag", 17), ("no-probes", 10), ("no-resource-limits", 10), ("plain-secret", 14), ("plain-secret", 45),
        ("privileged-container", 12), ("root-container", 10), ("wildcard-role", 31),
    ]  # fmt: skip
    deployment, scaler, role, database, secret = declared.resources
    assert (deployment.kind, deployment.replicas, deployment.limits, deployment.probes, deployment.tags) == (
        "compute",
        2,
        False,
        False,
        1,
    )
    assert (scaler.kind, scaler.replicas, scaler.autoscaled) == ("autoscaler", 2, True)
    assert role.kind == "identity"
    assert (database.kind, database.replicas, database.limits, database.probes) == ("database", 1, True, True)
    assert secret.kind == "secret-store"
    assert "hunter2" not in repr(declared)
    assert "abcd1234" not in repr(declared)


TERRAFORM = b"""\
resource "aws_db_instance" "main" {
  instance_class          = "db.t3.micro"
  multi_az                = false
  backup_retention_period = 0
  storage_encrypted       = true
  publicly_accessible     = true
  deletion_protection     = var.protect
  password                = "correcthorsebattery"
  tags = {
    Name = "x"
    Team = "y"
  }
}
resource "aws_security_group" "sg" {
  ingress {
    from_port   = 20
    to_port     = 30
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_s3_bucket" "b" {
  acl = "public-read"
}
resource "aws_autoscaling_group" "g" {
  min_size = 2
  availability_zones = ["a", "b"]
}
resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}
resource "google_sql_database_instance" "g" {
  settings {
    availability_type = "REGIONAL"
    backup_configuration {
      enabled = true
    }
  }
}
data "aws_ami" "x" {}
"""


def test_terraform() -> None:
    declared = read("infra/main.tf", TERRAFORM)
    assert rules(declared) == [
        ("no-backup", 4), ("open-security-group", 15), ("plain-secret", 8), ("public-bucket", 34), ("public-database", 1), ("single-zone-database", 1), ("wildcard-iam", 41),
    ]  # fmt: skip
    database, group, bucket, scaling, policy, sql = declared.resources
    assert (
        database.kind,
        database.size,
        database.multi_zone,
        database.backup_days,
        database.encrypted,
        database.public,
        database.deletion_protected,
        database.tags,
    ) == ("database", "db.t3.micro", False, 0, True, True, None, 2)
    assert (group.kind, bucket.kind, policy.kind) == ("network", "storage", "identity")
    assert (scaling.kind, scaling.replicas, scaling.autoscaled, scaling.multi_zone) == ("autoscaler", 2, True, True)
    assert (sql.multi_zone, sql.backup_days, sql.encrypted) == (True, 7, None), "what the file does not say is unknown"
    assert "correcthorse" not in repr(declared)


CLOUDFORMATION = b"""\
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      PubliclyAccessible: true
      BackupRetentionPeriod: !Ref Days
      StorageEncrypted: true
  Sg:
    Type: AWS::EC2::SecurityGroup
    Properties:
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyDocument:
            Statement: {Effect: Allow, Action: "*", Resource: "*"}
"""


def test_cloudformation() -> None:
    declared = read("stack.yaml", CLOUDFORMATION)
    assert declared.tools == ("cloudformation",)
    assert rules(declared) == [("open-security-group", 13), ("public-database", 3), ("wildcard-iam", 20)]
    assert declared.resources[0].backup_days is None


def test_templates_are_named_as_unread_and_other_yaml_is_silent() -> None:
    helm = read("chart/templates/a.yaml", b"apiVersion: v1\nkind: Service\nmetadata: {name: {{ .Values.x }}}\n")
    assert helm.unparsed
    assert read("mkdocs.yml", b"site_name: x\nnav: !!python/name:x\n") == Declared()
    assert read("notes.yaml", b"apiVersion: backstage.io/v1\nkind: Component\nmetadata: {name: a}\n") == Declared()


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("docker-compose.yml", b"services: ["), ("a.tf", b'resource "a" {'), ("a.tf", b"\xff\x00{"), ("k8s/a.yaml", b"apiVersion: v1\nkind: [\n"), ("a.tf", b"a {\n" * 500 + b"}\n" * 500),
        ("cfn/template.json", b'{"Resources": AWS::'), ("Dockerfile", b"nonsense"), ("compose.yaml", b"a: &a [*a]"),
    ],
)  # fmt: skip
def test_broken_files_are_value_errors(path: str, content: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read(path, content)


@pytest.mark.parametrize("path", ["docker-compose.yml", "k8s/a.yaml", "a.tf", "stack.yaml"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"services: 3",
        b"services: {a: [1], b: null}",
        b"apiVersion: v1\nkind: Pod\nmetadata: {name: 1}\nspec: [1]",
        b"apiVersion: [v1]\nkind: {a: b}",
        b"Resources: {A: [AWS::]}",
        b'x = "AWS::"',
    ],
)
def test_odd_shapes_never_crash(path: str, content: bytes) -> None:
    try:
        declared = read(path, content)
    except ValueError:
        return
    assert isinstance(declared, Declared)


def test_environments() -> None:
    assert environments(["infra/prod/main.tf", "values-staging.yaml", "product/main.tf", "a/dev_db.tf"]) == (
        "development",
        "production",
        "staging",
    )
