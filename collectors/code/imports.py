"""The import graph of product code, and what is known of its modules."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from collectors.code import import_statements
from collectors.code.c_includes import IncludeResolver
from collectors.code.csharp_imports import CSharpResolver
from collectors.code.go_imports import GoResolver
from collectors.code.graph import Raw, Resolver
from collectors.code.import_settings import Settings, settings
from collectors.code.jvm_types import JvmResolver
from collectors.code.measures import measures
from collectors.code.php_imports import PhpResolver
from collectors.code.python_imports import PythonResolver
from collectors.code.ruby_requires import RubyResolver
from collectors.code.rust_crates import RustResolver
from collectors.code.script_imports import ScriptResolver
from collectors.code.script_settings import mappings
from collectors.code.ways_in import WaysIn
from collectors.tree.languages import language_of
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown
from scanner.facts.code import ImportGraph
from scanner.facts.structure import Module, Modules
from scanner.facts.tree import Tree, TreeEntry
from scanner.repository import Repository

LANGUAGES = ("C", "C#", "C++", "Go", "Java", "JavaScript", "Kotlin", "PHP", "Python", "Ruby", "Rust", "TypeScript")


def graph(
    roles: Mapping[str, str], raws: Mapping[str, Raw], resolvers: Mapping[str, Resolver]
) -> tuple[ImportGraph, frozenset[str]]:
    """The graph of the files in ``raws``, and the modules that others take in as parts.

    ``roles`` tells product files from test files, by path.
    """
    product = sorted(p for p in raws if roles[p] == "product")
    modules = {p: resolvers[language_of(p)].module(p) for p in product}
    own = frozenset(modules.values())
    edges: set[tuple[str, str]] = set()
    tested: set[str] = set()
    parts: set[str] = set()
    external = unresolved = 0
    for path in sorted(raws):
        out = resolvers[language_of(path)].resolve(path, raws[path])
        if path in modules:
            edges.update((modules[path], target) for target in out.modules & own if target != modules[path])
            parts |= out.parts & own
            external += out.external
            unresolved += out.unresolved
        else:
            tested |= out.modules & own
    fact = ImportGraph(
        languages=tuple(sorted({language_of(p) for p in product})),
        modules=tuple(sorted(own)),
        edges=tuple(sorted(edges)),
        imported_by_tests=tuple(sorted(tested)),
        external=external,
        unresolved=unresolved,
    )
    return fact, frozenset(parts)


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
    read = settings(ask.source, tree)
    resolvers = _resolvers(tree, raws, read)
    fact, parts = graph(roles, raws, resolvers)
    caveat = f"the imports of {unread} files could not be read" if unread else ""
    source = f"imports in {tree.commit[:12]}"
    yield found(fact, source, commit=tree.commit, caveat=caveat)
    product = {path: raw for path, raw in raws.items() if roles[path] == "product"}
    ways = WaysIn(ask.source, tree, read)
    known = modules_of(product, resolvers, ways, parts)
    yield found(Modules(known, tuple(read.layerings)), source, commit=tree.commit, caveat=caveat)


def modules_of(
    raws: Mapping[str, Raw], resolvers: Mapping[str, Resolver], ways: WaysIn, parts: frozenset[str]
) -> tuple[Module, ...]:
    """What is known of each module, summed over its files."""
    found: dict[str, Module] = {}
    for path in sorted(raws):
        raw, language = raws[path], language_of(path)
        module = resolvers[language].module(path)
        reached = module in parts or ways.lead_to(path, language, raw)
        before = found.get(module)
        found[module] = Module(
            module,
            language,
            posixpath.dirname(path),
            raw.types + (before.types if before else 0),
            raw.abstract_types + (before.abstract_types if before else 0),
            reached or (before is not None and before.reached),
        )
    return tuple(found[module] for module in sorted(found))


def _is_source(entry: TreeEntry) -> bool:
    return (
        entry.role in ("product", "test")
        and entry.kind in ("file", "executable")
        and language_of(entry.path) in LANGUAGES
        and posixpath.splitext(entry.path)[1].lower() in import_statements.SUFFIXES
    )


def _resolvers(tree: Tree, raws: Mapping[str, Raw], read: Settings) -> dict[str, Resolver]:
    paths = [e.path for e in tree.entries if e.kind in ("file", "executable")]

    def of(*languages: str) -> dict[str, Raw]:
        return {path: raw for path, raw in raws.items() if language_of(path) in languages}

    folders = {name: package.folder for name, package in read.packages if name}
    scripts = ScriptResolver(paths, mappings(read.configs, folders), read.packages)
    jvm = JvmResolver(of("Java", "Kotlin"))
    includes = IncludeResolver(raws)
    return {
        "C": includes,
        "C#": CSharpResolver(of("C#"), read.projects),
        "C++": includes,
        "Go": GoResolver(paths, read.modules),
        "Java": jvm,
        "JavaScript": scripts,
        "Kotlin": jvm,
        "PHP": PhpResolver(of("PHP"), read.psr4),
        "Python": PythonResolver(paths),
        "Ruby": RubyResolver(paths),
        "Rust": RustResolver(of("Rust"), read.crates),
        "TypeScript": scripts,
    }


COLLECTOR = Collector(
    name="code-imports",
    version="4",
    source=Repository,
    provides=(ImportGraph, Modules),
    needs=(Tree,),
    collect=collect,
)
