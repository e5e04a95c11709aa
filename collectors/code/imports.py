"""The import graph of product code: Python, JavaScript, TypeScript, Go and Java."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from collectors.code import go_imports, script_imports
from collectors.code.go_imports import GoResolver
from collectors.code.graph import Raw, Resolver
from collectors.code.java_imports import JavaResolver
from collectors.code.measures import measures
from collectors.code.python_imports import PythonResolver
from collectors.code.script_imports import ScriptResolver
from collectors.tree.languages import language_of
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown
from scanner.facts.code import ImportGraph
from scanner.facts.tree import Tree, TreeEntry
from scanner.repository import Repository

LANGUAGES = ("Go", "Java", "JavaScript", "Python", "TypeScript")
_SETTINGS = (*script_imports.CONFIGS, "package.json", "go.mod")


def graph(roles: Mapping[str, str], raws: Mapping[str, Raw], resolvers: Mapping[str, Resolver]) -> ImportGraph:
    """The graph of the files in ``raws``. ``roles`` tells product files from test files, by path."""
    product = sorted(p for p in raws if roles[p] == "product")
    modules = {p: resolvers[language_of(p)].module(p) for p in product}
    own = frozenset(modules.values())
    edges: set[tuple[str, str]] = set()
    tested: set[str] = set()
    external = unresolved = 0
    for path in sorted(raws):
        out = resolvers[language_of(path)].resolve(path, raws[path])
        if path in modules:
            edges.update((modules[path], target) for target in out.modules & own if target != modules[path])
            external += out.external
            unresolved += out.unresolved
        else:
            tested |= out.modules & own
    return ImportGraph(
        languages=tuple(sorted({language_of(p) for p in product})),
        modules=tuple(sorted(own)),
        edges=tuple(sorted(edges)),
        imported_by_tests=tuple(sorted(tested)),
        external=external,
        unresolved=unresolved,
    )


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Imports of product and test files; imports inside functions and for types only count like others."""
    tree = ask.fact(Tree)
    wanted = [e for e in tree.entries if _is_source(e)]
    raws: dict[str, Raw] = {}
    unread = 0
    measured = measures(ask.source, tree)
    for entry in wanted:
        seen = measured[entry.path]
        missed = isinstance(seen, Unknown) or bool(seen.unread)
        unread += missed
        if not missed or entry.role == "product":
            raws[entry.path] = Raw(()) if isinstance(seen, Unknown) else seen.raw
    roles = {e.path: e.role for e in wanted}
    fact = graph(roles, raws, _resolvers(ask.source, tree, raws))
    caveat = f"the imports of {unread} files could not be read" if unread else ""
    yield found(fact, f"imports in {tree.commit[:12]}", commit=tree.commit, caveat=caveat)


def _is_source(entry: TreeEntry) -> bool:
    return (
        entry.role in ("product", "test")
        and entry.kind in ("file", "executable")
        and language_of(entry.path) in LANGUAGES
        and entry.path.lower().endswith((".py", ".pyw", ".go", ".java", *script_imports.SUFFIXES))
    )


def _resolvers(source: Repository, tree: Tree, raws: Mapping[str, Raw]) -> dict[str, Resolver]:
    paths = [e.path for e in tree.entries if e.kind in ("file", "executable")]
    configs, packages, modules = _settings(source, tree)
    scripts = ScriptResolver(paths, configs, packages)
    return {
        "Python": PythonResolver(paths),
        "JavaScript": scripts,
        "TypeScript": scripts,
        "Go": GoResolver(paths, modules),
        "Java": JavaResolver({path: raw for path, raw in raws.items() if path.endswith(".java")}),
    }


def _settings(
    source: Repository, tree: Tree
) -> tuple[dict[str, script_imports.Paths], dict[str, tuple[str, str]], dict[str, str]]:
    """(tsconfig paths by folder, package name → (folder, main file), Go module → folder). Unreadable ones are left out."""
    configs: dict[str, script_imports.Paths] = {}
    packages: dict[str, tuple[str, str]] = {}
    modules: dict[str, str] = {}
    entries = [
        e
        for e in tree.entries
        if e.role in ("configuration", "data", "product") and posixpath.basename(e.path) in _SETTINGS
    ][:5_000]
    for entry, (_, content) in zip(entries, source.read([e.oid for e in entries]), strict=True):
        folder, name = posixpath.split(entry.path)
        if isinstance(content, Unknown):
            continue
        if name == "go.mod":
            modules[go_imports.module_path(content)] = folder
            continue
        try:
            loaded = script_imports.parse_config(content)
        except ValueError:
            continue
        if name == "package.json":
            packages.update(_package(folder, loaded))
        else:
            mapping = script_imports.paths_of(folder, loaded)
            if mapping is not None and (folder not in configs or name == "tsconfig.json"):
                configs[folder] = mapping
    modules.pop("", None)
    return configs, packages, modules


def _package(folder: str, loaded: object) -> dict[str, tuple[str, str]]:
    if not isinstance(loaded, dict) or not isinstance(loaded.get("name"), str):
        return {}
    main = loaded.get("main")
    return {loaded["name"]: (folder, main if isinstance(main, str) else "")}


COLLECTOR = Collector(
    name="code-imports",
    version="3",
    source=Repository,
    provides=(ImportGraph,),
    needs=(Tree,),
    collect=collect,
)
