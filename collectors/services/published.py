"""Packages that manifests publish, by ecosystem and name. What a manifest keeps private is not offered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from packaging.utils import canonicalize_name

from collectors.dependencies.go import directives
from collectors.parsing import MAX_BYTES, decode, key_lines, load_json, load_toml, load_xml, mapping, text
from collectors.services.mention import Mention, offer

_GEM = re.compile(r"\s{0,40}\w{1,20}\.name\s{0,10}=\s{0,10}[\"']([\w.-]{1,100})[\"']")
_NAMES = ("package.json", "pyproject.toml", "setup.cfg", "go.mod", "cargo.toml", "pom.xml", "composer.json")


def claims(path: str) -> bool:
    """Manifests that may publish a package."""
    name = path.lower().rsplit("/", 1)[-1]
    return name in _NAMES or name.endswith((".gemspec", ".csproj", ".fsproj"))


def package(ecosystem: str, name: str) -> str:
    """One spelling of a package: PyPI by PEP 503, NuGet without case, all others as written."""
    spelled = (
        canonicalize_name(name)
        if ecosystem == "PyPI"
        else name.lower()
        if ecosystem in ("NuGet", "Packagist")
        else name
    )
    return f"{ecosystem}:{spelled}"


def read(path: str, content: bytes) -> Iterator[Mention]:
    """One manifest. ValueError when it cannot be read."""
    for ecosystem, name, line in _published(path.lower().rsplit("/", 1)[-1], content):
        if name and "$" not in name:
            yield offer("package", package(ecosystem, name), line, "published")


def _published(name: str, content: bytes) -> Iterator[tuple[str, str, int]]:
    match name:
        case "package.json" | "composer.json":
            document = mapping(load_json(content))
            if document.get("private") is not True:
                line = key_lines(decode(content)).get("name", 0)
                yield "npm" if name == "package.json" else "Packagist", text(document.get("name")), line
        case "pyproject.toml":
            document = load_toml(content)
            poetry = mapping(mapping(document.get("tool")).get("poetry"))
            named = text(mapping(document.get("project")).get("name")) or text(poetry.get("name"))
            yield "PyPI", named, _line(content, "name")
        case "cargo.toml":
            crate = mapping(load_toml(content).get("package"))
            if crate.get("publish") not in (False, []):
                yield "crates.io", text(crate.get("name")), _line(content, "name")
        case "go.mod":
            yield from (("Go", w[0].strip('"'), n) for n, d, w, _ in directives(content) if d == "module" and w)
        case "pom.xml":
            root = load_xml(content)
            group = root.findtext("groupId") or root.findtext("parent/groupId") or ""
            yield "Maven", f"{group.strip()}:{(root.findtext('artifactId') or '').strip()}", 0
        case _:
            yield from _other(name, content)


def _other(name: str, content: bytes) -> Iterator[tuple[str, str, int]]:
    if name == "setup.cfg":
        yield "PyPI", _setup_name(content), _line(content, "name")
    elif name.endswith(".gemspec"):
        lines = decode(content[:MAX_BYTES]).split("\n")
        yield from (("RubyGems", m.group(1), n) for n, line in enumerate(lines, 1) if (m := _GEM.match(line[:300])))
    else:
        root = load_xml(content)
        names = [e.text or "" for e in root.iter() if e.tag == "PackageId"]
        yield from (("NuGet", n.strip(), 0) for n in names[:1])


def _setup_name(content: bytes) -> str:
    section = ""
    for line in decode(content[:MAX_BYTES]).split("\n"):
        key, separator, value = line.partition("=")
        section = line.strip() if line.startswith("[") else section
        if section == "[metadata]" and separator and key.strip() == "name":
            return value.strip()
    return ""


def _line(content: bytes, key: str) -> int:
    lines = enumerate(decode(content).split("\n"), start=1)
    return next((n for n, line in lines if line.lstrip().startswith(key) and "=" in line[:60]), 0)
