"""Python: requirements files, pyproject.toml (PEP 621, PEP 735, Poetry), Pipfile, setup.cfg, and their lock files."""

from __future__ import annotations

import configparser
import posixpath
from collections.abc import Iterator, Mapping

from packaging.requirements import InvalidRequirement, Requirement

from collectors.dependencies.ecosystem import LOCK_BYTES, Ecosystem, FileKind, dependency, folder_of
from collectors.parsing import MAX_BYTES, decode, load_json, load_toml, mapping, several, text
from scanner.facts.dependencies import Dependency, Scope

_DEVELOPMENT = (
    "dev",
    "test",
    "doc",
    "lint",
    "typing",
    "types",
    "style",
    "ci",
    "qa",
    "check",
    "debug",
    "local",
    "bench",
)
_BUILD = ("build",)
_LOCKS = ("uv.lock", "poetry.lock", "pipfile.lock", "pdm.lock", "pylock.toml")
_MAX_INCLUDES = 20


def kind_of(path: str) -> FileKind | None:
    """Whether ``path`` is a Python manifest or lock file."""
    name = path.lower().rsplit("/", 1)[-1]
    if name in _LOCKS:
        return "lock"
    if name in ("pyproject.toml", "pipfile", "setup.cfg"):
        return "manifest"
    in_folder = path.lower().rpartition("/")[0].rsplit("/", 1)[-1] == "requirements"
    listed = name.endswith((".txt", ".in", ".pip")) and ("requirements" in name or "constraints" in name or in_folder)
    return "manifest" if listed and "constraints" not in name else None


def parse(path: str, content: bytes, files: Mapping[str, bytes]) -> list[Dependency]:
    """The dependencies of one file; ``-r`` includes are read where they stand."""
    name = path.lower().rsplit("/", 1)[-1]
    match name:
        case "pyproject.toml":
            return list(_pyproject(path, content))
        case "uv.lock" | "poetry.lock" | "pdm.lock" | "pylock.toml":
            return list(_toml_lock(path, content))
        case "pipfile":
            return list(_pipfile(path, content))
        case "pipfile.lock":
            return list(_pipfile_lock(path, content))
        case "setup.cfg":
            return list(_setup_cfg(path, content))
        case _:
            return list(_requirements(path, content, files))


def scope_of(name: str, default: Scope = "runtime") -> Scope:
    """The scope that a group or file name speaks of."""
    lowered = name.lower()
    if any(word in lowered for word in _DEVELOPMENT):
        return "development"
    return "build" if any(word in lowered for word in _BUILD) else default


def requirement(written: str, path: str, scope: Scope, line: int) -> Dependency | None:
    """A PEP 508 requirement; None for what is none (a path, a URL, an option)."""
    try:
        parsed = Requirement(written)
    except InvalidRequirement:
        return None
    pins = [s.version for s in parsed.specifier if s.operator in ("==", "===") and not s.version.endswith(".*")]
    return dependency(
        "PyPI",
        parsed.name,
        pins[0] if pins else "",
        path=path,
        requirement=str(parsed.specifier),
        scope=scope,
        line=line,
    )


def includes(path: str, content: bytes) -> list[str]:
    """The paths that the ``-r`` lines of a requirements file point to."""
    lines = decode(content[:MAX_BYTES]).split("\n")
    return [posixpath.normpath(posixpath.join(folder_of(path), i)) for line in lines if (i := _included(line.strip()))]


def _requirements(path: str, content: bytes, files: Mapping[str, bytes]) -> Iterator[Dependency]:
    pending, seen = [(path, content)], {path}
    while pending:
        here, data = pending.pop(0)
        if len(data) > MAX_BYTES:
            raise ValueError("too large")
        scope = scope_of(here.rsplit("/", 1)[-1])
        number = 0
        lines = decode(data).split("\n")
        while number < len(lines):
            start, line = number + 1, lines[number].strip()
            number += 1
            while line.endswith("\\") and number < len(lines):
                line = line[:-1].strip() + " " + lines[number].strip()
                number += 1
            if included := _included(line):
                target = posixpath.normpath(posixpath.join(folder_of(here), included))
                # A file that is a manifest by its own name is read under that name.
                if target in files and target not in seen and kind_of(target) is None and len(seen) < _MAX_INCLUDES:
                    seen.add(target)
                    pending.append((target, files[target]))
                continue
            bare = line.split(" #", 1)[0].split(" --hash", 1)[0].split(" --", 1)[0].strip()
            if bare and not bare.startswith(("#", "-")) and (found := requirement(bare, here, scope, start)):
                yield found


def _included(line: str) -> str:
    for option in ("-r", "--requirement"):
        if line.startswith(option):
            return line[len(option) :].lstrip(" =").split(" #", 1)[0].strip()
    return ""


def _pyproject(path: str, content: bytes) -> Iterator[Dependency]:
    document = load_toml(content)
    lines = _quoted_lines(content)
    project = mapping(document.get("project"))
    groups: list[tuple[Scope, object]] = [("runtime", project.get("dependencies"))]
    groups += [(scope_of(k, "optional"), v) for k, v in mapping(project.get("optional-dependencies")).items()]
    groups += [("development", v) for v in mapping(document.get("dependency-groups")).values()]
    groups.append(("build", mapping(document.get("build-system")).get("requires")))
    groups.append(("development", mapping(mapping(mapping(document.get("tool")).get("uv"))).get("dev-dependencies")))
    for scope, listed in groups:
        for item in several(listed):
            if isinstance(item, str) and (found := requirement(item, path, scope, lines.get(item, 0))):
                yield found
    poetry = mapping(mapping(document.get("tool")).get("poetry"))
    tables: list[tuple[Scope, object]] = [
        ("runtime", poetry.get("dependencies")),
        ("development", poetry.get("dev-dependencies")),
    ]
    tables += [
        (scope_of(k, "optional"), mapping(v).get("dependencies")) for k, v in mapping(poetry.get("group")).items()
    ]
    for scope, table in tables:
        yield from _table(path, mapping(table), scope)


def _table(path: str, table: dict[str, object], scope: Scope) -> Iterator[Dependency]:
    """Poetry's and Pipfile's name = requirement tables."""
    for name, value in table.items():
        written = text(mapping(value).get("version")) if isinstance(value, dict) else text(value)
        local = isinstance(value, dict) and ({"path", "git", "url", "file"} & set(value))
        if name.lower() == "python" or local:
            continue
        pinned = written.removeprefix("===").removeprefix("==").strip() if written.startswith("==") else ""
        optional: Scope = "optional" if isinstance(value, dict) and value.get("optional") is True else scope
        yield dependency(
            "PyPI",
            name,
            "" if "*" in pinned or "," in pinned else pinned,
            path=path,
            requirement=written,
            scope=optional,
        )


def _toml_lock(path: str, content: bytes) -> Iterator[Dependency]:
    document = load_toml(content, max_bytes=LOCK_BYTES)
    lines = _name_lines(content)
    for package in map(mapping, several(document.get("package", document.get("packages")))):
        source = mapping(package.get("source"))
        local = {"editable", "virtual", "directory", "path"} & set(source) or text(source.get("type")) in (
            "directory",
            "file",
        )
        name, version = text(package.get("name")), text(package.get("version"))
        if name and version and not local:
            scope: Scope = "development" if text(package.get("category")) == "dev" else "unknown"
            yield dependency("PyPI", name, version, path=path, direct=False, scope=scope, line=lines.get(name, 0))


def _pipfile(path: str, content: bytes) -> Iterator[Dependency]:
    document = load_toml(content)
    yield from _table(path, mapping(document.get("packages")), "runtime")
    yield from _table(path, mapping(document.get("dev-packages")), "development")


def _pipfile_lock(path: str, content: bytes) -> Iterator[Dependency]:
    document = mapping(load_json(content, max_bytes=LOCK_BYTES))
    sections: tuple[tuple[str, Scope], ...] = (("default", "runtime"), ("develop", "development"))
    for section, scope in sections:
        for name, value in mapping(document.get(section)).items():
            version = text(mapping(value).get("version")).removeprefix("==")
            if version:
                yield dependency("PyPI", name, version, path=path, direct=False, scope=scope)


def _setup_cfg(path: str, content: bytes) -> Iterator[Dependency]:
    if len(content) > MAX_BYTES:
        raise ValueError("too large")
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(decode(content))
    except configparser.Error:
        raise ValueError("not an INI file") from None
    listed: list[tuple[Scope, str]] = []
    if parser.has_section("options"):
        listed.append(("runtime", parser.get("options", "install_requires", fallback="")))
        listed.append(("build", parser.get("options", "setup_requires", fallback="")))
    if parser.has_section("options.extras_require"):
        listed += [(scope_of(k, "optional"), v) for k, v in parser.items("options.extras_require")]
    for scope, lines in listed:
        for line in lines.split("\n"):
            if line.strip() and (found := requirement(line.split(" #")[0].strip(), path, scope, 0)):
                yield found


def _quoted_lines(content: bytes) -> dict[str, int]:
    """The line on which each quoted text first stands."""
    out: dict[str, int] = {}
    for number, line in enumerate(decode(content).split("\n"), start=1):
        for quote in ('"', "'"):
            for quoted in line[:2000].split(quote)[1::2]:
                out.setdefault(quoted, number)
    return out


def _name_lines(content: bytes) -> dict[str, int]:
    """The line of each ``name = "…"`` that starts its line."""
    lines = enumerate(decode(content).split("\n"), start=1)
    named = ((line[8:].rstrip().rstrip('"'), number) for number, line in lines if line.startswith('name = "'))
    out: dict[str, int] = {}
    for name, number in named:
        out.setdefault(name, number)
    return out


ECOSYSTEM = Ecosystem("PyPI", kind_of, parse)
