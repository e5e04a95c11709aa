"""Java and Kotlin: pom.xml, build.gradle(.kts), gradle.lockfile, version catalogues."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from collectors.dependencies.ecosystem import Ecosystem, FileKind, dependency
from collectors.parsing import MAX_BYTES, decode, load_toml, load_xml, mapping, text
from scanner.facts.dependencies import Dependency, Scope

_KINDS: dict[str, FileKind] = {
    "pom.xml": "manifest", "build.gradle": "manifest", "build.gradle.kts": "manifest", "libs.versions.toml": "manifest", "gradle.lockfile": "lock",
}  # fmt: skip
_SCOPES: dict[str, Scope] = {"test": "development", "provided": "build", "system": "runtime", "import": "build"}
_PROPERTY = re.compile(r"\$\{([\w.-]{1,100})\}")
_GRADLE = re.compile(
    r"^\s{0,80}(\w{2,60})[\s(]{1,4}(?:platform\s?\(|enforcedPlatform\s?\()?\s?['\"]([\w.-]{1,120}):([\w.-]{1,120}):([^'\":@$\s]{1,60})"
)
_ARTIFACT = re.compile(r"<artifactId>\s{0,20}([^<\s]{1,200})\s{0,20}</artifactId>")
_DYNAMIC = re.compile(r"[+\[\](,]|latest")


def kind_of(path: str) -> FileKind | None:
    """Whether ``path`` is a Maven or Gradle file."""
    return _KINDS.get(path.lower().rsplit("/", 1)[-1])


def parse(path: str, content: bytes, files: Mapping[str, bytes]) -> list[Dependency]:
    """The dependencies of one file; versions that a parent or plugin decides stay empty."""
    del files
    match path.lower().rsplit("/", 1)[-1]:
        case "pom.xml":
            return list(_pom(path, content))
        case "gradle.lockfile":
            return list(_lockfile(path, content))
        case "libs.versions.toml":
            return list(_catalogue(path, content))
        case _:
            return list(_gradle(path, content))


def _pom(path: str, content: bytes) -> Iterator[Dependency]:
    root = load_xml(content)
    if root.tag != "project":
        raise ValueError("not a Maven project")
    lines = _artifact_lines(content)
    properties = {p.tag: (p.text or "").strip() for p in root.findall("properties/*")}
    parent = root.find("parent")
    for key in ("version", "groupId"):
        own = root.findtext(key) or (parent.findtext(key) if parent is not None else "") or ""
        properties.setdefault(f"project.{key}", own.strip())
    managed = {
        _coordinates(d, properties)[:2]: _coordinates(d, properties)[2]
        for d in root.findall("dependencyManagement/dependencies/dependency")
    }
    if parent is not None:
        group, artifact, version = _coordinates(parent, properties)
        name = f"{group}:{artifact}"
        line = lines.get(artifact, 0)
        yield dependency("Maven", name, version, path=path, requirement=version, scope="build", line=line)
    listed = [(d, False) for d in root.findall("dependencies/dependency")]
    listed += [
        (d, True)
        for d in root.findall("dependencyManagement/dependencies/dependency")
        if d.findtext("scope") == "import"
    ]
    for element, imported in listed:
        group, artifact, version = _coordinates(element, properties)
        version = version or managed.get((group, artifact), "")
        if not group or not artifact:
            continue
        exact = "" if _DYNAMIC.search(version) or "${" in version else version
        optional = element.findtext("optional") == "true"
        scope: Scope = (
            "build"
            if imported
            else "optional"
            if optional
            else _SCOPES.get((element.findtext("scope") or "").strip(), "runtime")
        )
        name, line = f"{group}:{artifact}", lines.get(artifact, 0)
        yield dependency("Maven", name, exact, path=path, requirement=version, scope=scope, line=line)


def _artifact_lines(content: bytes) -> dict[str, int]:
    """The first line that names each artifact; the XML parser keeps no lines."""
    found: dict[str, int] = {}
    for number, line in enumerate(decode(content).split("\n"), start=1):
        if match := _ARTIFACT.search(line[:600]):
            found.setdefault(match.group(1), number)
    return found


def _coordinates(element: Element, properties: Mapping[str, str]) -> tuple[str, str, str]:
    group, artifact, version = (
        _filled((element.findtext(k) or "").strip(), properties) for k in ("groupId", "artifactId", "version")
    )
    return group, artifact, version


def _filled(written: str, properties: Mapping[str, str]) -> str:
    """``${name}`` replaced from the project's own properties, at most three levels deep."""
    for _ in range(3):
        if "${" not in written or len(written) > 300:
            break
        written = _PROPERTY.sub(lambda m: properties.get(m.group(1), m.group(0)), written)
    return written


def _gradle(path: str, content: bytes) -> Iterator[Dependency]:
    if len(content) > MAX_BYTES:
        raise ValueError("too large")
    for number, line in enumerate(decode(content).split("\n"), start=1):
        if match := _GRADLE.match(line[:600]):
            configuration, group, artifact, version = match.groups()
            exact = "" if _DYNAMIC.search(version) else version
            yield dependency(
                "Maven",
                f"{group}:{artifact}",
                exact,
                path=path,
                requirement=version,
                scope=_configured(configuration),
                line=number,
            )


def _configured(configuration: str) -> Scope:
    lowered = configuration.lower()
    if "test" in lowered or "debug" in lowered:
        return "development"
    return "build" if lowered in ("classpath", "annotationprocessor", "kapt", "ksp", "compileonly") else "runtime"


def _lockfile(path: str, content: bytes) -> Iterator[Dependency]:
    if len(content) > MAX_BYTES:
        raise ValueError("too large")
    for number, line in enumerate(decode(content).split("\n"), start=1):
        coordinates, separator, configurations = line.strip().partition("=")
        parts = coordinates.split(":")
        if separator and len(parts) == 3 and not line.startswith("#"):
            tests_only = all("test" in c.lower() for c in configurations.split(","))
            yield dependency(
                "Maven",
                f"{parts[0]}:{parts[1]}",
                parts[2],
                path=path,
                direct=False,
                scope="development" if tests_only else "runtime",
                line=number,
            )


def _catalogue(path: str, content: bytes) -> Iterator[Dependency]:
    document = load_toml(content)
    versions = {k: text(v) for k, v in mapping(document.get("versions")).items()}
    for value in mapping(document.get("libraries")).values():
        table = mapping(value)
        if not table:
            group, _, rest = text(value).partition(":")
            artifact, _, version = rest.partition(":")
        else:
            module = text(table.get("module")) or f"{text(table.get('group'))}:{text(table.get('name'))}"
            group, _, artifact = module.partition(":")
            reference = mapping(table.get("version")).get("ref")
            version = versions.get(text(reference), "") if reference else text(table.get("version"))
        if group and artifact:
            exact = "" if _DYNAMIC.search(version) else version
            yield dependency("Maven", f"{group}:{artifact}", exact, path=path, requirement=version, scope="unknown")


ECOSYSTEM = Ecosystem("Maven", kind_of, parse)
