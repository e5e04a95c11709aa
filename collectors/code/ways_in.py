"""Whether something else than an import may lead to a module: then nobody's importing it says nothing."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

from collectors.code.graph import Raw, parents
from collectors.code.import_settings import Settings
from scanner.core.evidence import Unknown
from scanner.facts.tree import Tree
from scanner.repository import Repository

_BY_IMPORT = frozenset({"Python", "JavaScript", "TypeScript", "Rust"})
"""Languages in which nothing but an import, or a start by name, brings a file into a program."""
_STARTED = """
__init__ __main__ setup conftest manage wsgi asgi settings urls apps admin models tasks signals noxfile fabfile env dodo index main
server app cli worker sw gulpfile gruntfile middleware instrumentation build
"""
_SEARCHED = """
migrations commands versions pages routes app api bin scripts script tools public static plugins stories templatetags functions
lambdas lambda workers handlers hooks docs doc benchmarks __benchmarks__
"""
_NAMES, _FOLDERS = frozenset(_STARTED.split()), frozenset(_SEARCHED.split())
"""Names of files that programs and frameworks start with, and folders that they search for files."""
_FILE = re.compile(r"(?:\.config|\.setup|\.stories|\.worker|\.test-d|\.bench|rc)$|^(?:test_|settings|gunicorn)")
_WORD = re.compile(rb"[\w.@/-]{3,300}")
_READ, _LARGEST, _WORDS = 1_500, 300_000, 200_000
_SUFFIX = re.compile(r"\.(?:d\.ts|[cm]?[jt]sx?|pyw?|rs)$")


class WaysIn:
    """Knows what settings name and what libraries offer."""

    def __init__(self, source: Repository, tree: Tree, settings: Settings) -> None:
        self._named = _named(source, tree)
        self._settings = settings
        self._executable = {e.path for e in tree.entries if e.kind == "executable"}
        self._installed = settings.distributions | {
            posixpath.dirname(e.path) for e in tree.entries if posixpath.basename(e.path) == "setup.py"
        }
        self._packages = {package.folder for _, package in settings.packages} - settings.private

    def lead_to(self, path: str, language: str, raw: Raw) -> bool:
        """Whether ``path`` may be reached by other means: its start, its name, a setting, being part of a library."""
        if language not in _BY_IMPORT or raw.starts or path in self._executable or path.endswith(".d.ts"):
            return True
        if language == "Rust":
            return posixpath.basename(path) in ("lib.rs", "main.rs", "build.rs", "mod.rs") or self._is_crate(path)
        stem = _SUFFIX.sub("", posixpath.basename(path))
        folders = path.split("/")[:-1]
        if stem in _NAMES or _FILE.search(stem) or not _FOLDERS.isdisjoint(folders) or self._is_named(path):
            return True
        offered = self._installed if language == "Python" else self._packages
        private = any(part.startswith("_") and part != "__init__" for part in (*folders, stem))
        return not private and any(folder in offered for folder in parents(path))

    def _is_crate(self, path: str) -> bool:
        held = self._settings.crates.values()
        beginning = any(path == crate.library or path in crate.roots for crate in held)
        return beginning or not any(folder in self._settings.crates for folder in parents(path)) or _is_target(path)

    def _is_named(self, path: str) -> bool:
        parts = _SUFFIX.sub("", path).split("/")
        if posixpath.basename(path) in self._named:
            return True
        return any(".".join(parts[at:]) in self._named for at in range(len(parts) - 1))


def _is_target(path: str) -> bool:
    return any(f"/{folder}/" in f"/{path}" for folder in ("src/bin", "examples", "benches", "tests"))


def _named(source: Repository, tree: Tree) -> frozenset[str]:
    """Names of files and dotted names in settings, without the suffixes of code."""
    wanted = [
        e
        for e in tree.entries
        if (e.role == "configuration" or e.path.endswith((".html", "Procfile", "Dockerfile", "Makefile")))
        and e.kind in ("file", "executable")
        and e.role not in ("vendored", "generated")
        and (e.size_bytes or 0) <= _LARGEST
    ][:_READ]
    words: set[bytes] = set()
    for _, content in source.read([e.oid for e in wanted]):
        if not isinstance(content, Unknown) and len(words) < _WORDS:
            words.update(_WORD.findall(content))
    return frozenset(_names(word.decode("utf-8", "replace") for word in words))


def _names(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        bare = word.strip("./")
        if _SUFFIX.search(bare):
            yield posixpath.basename(bare)
        yield _SUFFIX.sub("", bare).replace("/", ".")
        inner = bare.rpartition(".")[0]
        if inner:
            yield inner.replace("/", ".")
