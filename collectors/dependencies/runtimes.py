"""Runtime versions that configuration pins: version files, CI set-up steps, manifests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from collectors.ci import github_actions
from collectors.dependencies.go import directives
from collectors.infrastructure.hcl import blocks
from collectors.parsing import decode, key_lines, line_of, load_json, load_xml, load_yaml, mapping, text, walk

_FILES = {
    ".python-version": "python", ".nvmrc": "nodejs", ".node-version": "nodejs", ".ruby-version": "ruby", ".java-version": "java", ".go-version": "go", ".php-version": "php", ".terraform-version": "terraform",
}  # fmt: skip
_ASDF = {
    "python": "python",
    "nodejs": "nodejs",
    "node": "nodejs",
    "ruby": "ruby",
    "java": "java",
    "golang": "go",
    "go": "go",
    "php": "php",
    "terraform": "terraform",
    "elixir": "elixir",
    "erlang": "erlang",
    "rust": "rust",
}
_SETUP = {
    "actions/setup-python": ("python-version", "python"), "actions/setup-node": ("node-version", "nodejs"), "actions/setup-go": ("go-version", "go"), "ruby/setup-ruby": ("ruby-version", "ruby"),
    "actions/setup-java": ("java-version", "java"), "shivammathur/setup-php": ("php-version", "php"), "actions/setup-dotnet": ("dotnet-version", "dotnet"),
}  # fmt: skip
_ENGINES = {
    "postgres": "amazon-rds-postgresql", "mysql": "amazon-rds-mysql", "mariadb": "amazon-rds-mariadb", "aurora-postgresql": "amazon-aurora-postgresql", "redis": "amazon-elasticache-redis",
}  # fmt: skip
_JAVA = "eclipse-temurin"
"""The end of support of a bare Java version is that of Eclipse Temurin's builds."""
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,6}){0,3}")


@dataclass(frozen=True, slots=True)
class Pinned:
    """A product of the end-of-life table at a version as written."""

    product: str
    version: str
    line: int


def claims(path: str) -> bool:
    """Files that may pin the version of a runtime or a managed service."""
    name = path.lower().rsplit("/", 1)[-1]
    listed = (
        name in _FILES
        or name in (".tool-versions", "package.json", "go.mod", "pom.xml")
        or name.endswith((".csproj", ".fsproj", ".tf"))
    )
    return listed or github_actions.claims(path)


def pinned(path: str, content: bytes) -> list[Pinned]:
    """What one file pins. ValueError when it cannot be read.

    A lower bound pins nothing: neither ``requires-python`` nor the ``go`` line of a module, which its users exceed.
    """
    name = path.lower().rsplit("/", 1)[-1]
    if github_actions.claims(path):
        return list(_workflow(content))
    match name:
        case ".tool-versions":
            return list(_tool_versions(content))
        case "package.json":
            return list(_engines(content))
        case "go.mod":
            return [
                Pinned("go", words[0].removeprefix("go"), line)
                for line, directive, words, _ in directives(content)
                if directive == "toolchain" and words
            ]
        case "pom.xml":
            return list(_maven(content))
        case _ if name.endswith((".csproj", ".fsproj")):
            return list(_target_framework(content))
        case _ if name.endswith(".tf"):
            return list(_managed(content))
        case _:
            return list(_version_file(_FILES[name], content))


def _version_file(product: str, content: bytes) -> Iterator[Pinned]:
    for number, line in enumerate(decode(content[:10_000]).split("\n"), start=1):
        written = line.strip().removeprefix("ruby-").removeprefix("go")
        match = re.search(_NUMBER, written) if product == "java" else re.match(rf"v?({_NUMBER.pattern})", written)
        if match and not written.startswith("#"):
            yield Pinned(_JAVA if product == "java" else product, match.group(match.lastindex or 0), number)
            return


def _tool_versions(content: bytes) -> Iterator[Pinned]:
    for number, line in enumerate(decode(content[:50_000]).split("\n"), start=1):
        words = line.split("#", 1)[0].split()
        if len(words) >= 2 and words[0] in _ASDF and (match := _NUMBER.search(words[1])):
            product = _ASDF[words[0]]
            yield Pinned(_JAVA if product == "java" else product, match.group(), number)


def _engines(content: bytes) -> Iterator[Pinned]:
    """``engines.node`` when it names one major (``18``, ``18.x``, ``^18``, ``~18.2``), not a lower bound."""
    document = mapping(load_json(content))
    written = text(mapping(document.get("engines")).get("node")).strip()
    if match := re.fullmatch(r"[\^~=v]{0,2}(\d{1,3})(?:\.(?:\d{1,4}|x|\*)){0,2}", written):
        yield Pinned("nodejs", match.group(1), key_lines(decode(content)).get("node", 0))


def _maven(content: bytes) -> Iterator[Pinned]:
    root = load_xml(content)
    for key in ("maven.compiler.release", "maven.compiler.target", "java.version"):
        written = (root.findtext(f"properties/{key}") or "").strip()
        if match := _NUMBER.fullmatch(written):
            at = re.search(rf"<{re.escape(key)}>", decode(content))
            line = decode(content)[: at.start()].count("\n") + 1 if at else 0
            yield Pinned(_JAVA, match.group().removeprefix("1."), line)
            return


def _target_framework(content: bytes) -> Iterator[Pinned]:
    for element in load_xml(content).iter():
        if element.tag in ("TargetFramework", "TargetFrameworks"):
            for moniker in (element.text or "").lower().split(";")[:10]:
                if match := re.fullmatch(r"net(?:coreapp)?(\d{1,2}\.\d)(?:-.{1,40})?", moniker.strip()):
                    yield Pinned("dotnet", match.group(1), 0)


def _workflow(content: bytes) -> Iterator[Pinned]:
    """Versions that set-up steps name, where they name one; a matrix tests many and pins none."""
    for holder in walk(load_yaml(content)):
        key, product = _SETUP.get(text(holder.get("uses")).partition("@")[0], ("", ""))
        options = mapping(holder.get("with"))
        versions = (
            [v.strip().removesuffix(".x") for v in text(options.get(key)).split("\n") if v.strip()] if key else []
        )
        if len(versions) == 1 and _NUMBER.fullmatch(versions[0]):
            named, version = (_JAVA, versions[0].removeprefix("1.")) if product == "java" else (product, versions[0])
            yield Pinned(named, version, line_of(options, key))


def _managed(content: bytes) -> Iterator[Pinned]:
    for block in blocks(content):
        if block.kind == "resource" and block.labels:
            engine, version = block.text("engine"), block.text("engine_version") or block.text("version")
            product = _ENGINES.get(engine, "")
            if block.labels[0] == "aws_eks_cluster":
                product = "amazon-eks"
            if block.labels[0] == "aws_lambda_function" and (runtime := block.text("runtime")):
                yield Pinned("aws-lambda", runtime, block.line)
            elif product and version:
                yield Pinned(product, version, block.line)
