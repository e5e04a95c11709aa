"""Which reader an infrastructure file goes to."""

from __future__ import annotations

from collectors.ci.pipelines import family_of
from collectors.infrastructure import cloudformation, compose, kubernetes, terraform
from collectors.infrastructure.declared import Declared

_NOT_MANIFESTS = (".github/", ".gitlab/", ".circleci/", "node_modules/", ".azure-pipelines/")
_LOCKS = ("pnpm-lock.yaml", "package.json", "package-lock.json", "composer.json", "tsconfig.json")
_MARKS = (b"apiVersion", b"AWSTemplateFormatVersion", b"AWS::")


def claims(path: str) -> bool:
    """Terraform, compose, and every YAML file outside CI folders; JSON only where its name speaks of a template."""
    lowered = path.lower()
    name = lowered.rsplit("/", 1)[-1]
    if lowered.startswith(_NOT_MANIFESTS) or name in _LOCKS or family_of(path) is not None:
        return False
    if lowered.endswith(".json"):
        return any(word in lowered for word in ("cloudformation", "cfn", "template", "k8s", "kubernetes"))
    return terraform.claims(path) or lowered.endswith((".yml", ".yaml"))


def read(path: str, content: bytes) -> Declared:
    """What one file declares; nothing when it declares no infrastructure. ValueError when it should and cannot be read."""
    if terraform.claims(path):
        return terraform.parse(path, content)
    if compose.claims(path):
        return compose.parse(path, content)
    if b"{{" in content and b"apiVersion" in content and path.lower().rpartition("/")[0].endswith("templates"):
        return Declared(("helm",), unparsed="a template, not a manifest")
    if path.lower().endswith("chart.yaml"):
        return Declared(("helm",))
    if not any(mark in content for mark in _MARKS):
        return Declared()
    declared = cloudformation.parse(path, content)
    if declared.resources or path.lower().endswith(".json"):
        return declared
    return kubernetes.parse(path, content)
