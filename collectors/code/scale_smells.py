"""Patterns that cost at scale in Python product code, by its syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from collectors.code.python_source import syntax_tree
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown
from scanner.core.text import clean
from scanner.facts.code import ScaleSmells, Smell
from scanner.facts.tree import CodeSize, Tree, TreeEntry
from scanner.repository import Repository

BLOCKING, QUERY_IN_LOOP = "blocking-call-in-async", "query-in-loop"

_BLOCKING = frozenset({
    "time.sleep", "open", "input", "os.system", "os.popen", "socket.create_connection", "urllib.request.urlopen", "urlopen",
    "requests.get", "requests.post", "requests.put", "requests.patch", "requests.delete", "requests.head", "requests.request",
    "httpx.get", "httpx.post", "httpx.put", "httpx.patch", "httpx.delete", "httpx.request", "subprocess.run", "subprocess.call",
    "subprocess.check_call", "subprocess.check_output", "psycopg2.connect", "pymysql.connect", "sqlite3.connect",
})  # fmt: skip
_QUERY_METHODS = frozenset({"execute", "executemany", "scalars", "fetch", "fetchrow", "fetchval"})
_QUERY_OWNERS = ("cursor", "session", "conn", "connection", "db", "engine", "database", "cur", "tx", "transaction")
_MANAGER_METHODS = frozenset({
    "get", "filter", "exclude", "all", "first", "last", "create", "count", "exists", "get_or_create", "update_or_create", "values",
})  # fmt: skip
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Smelled:
    """The smells of one blob: (kind, line, called name); and its number of async functions."""

    smells: tuple[tuple[str, int, str], ...]
    async_functions: int


def parse(content: bytes) -> Smelled:
    """Blocking calls in async functions, and database queries inside loops of the same function.

    Raises SyntaxError on what is not Python of this interpreter's grammar.
    """
    tree = syntax_tree(content)
    smells: set[tuple[str, int, str]] = set()
    asyncs = 0
    waiting: list[tuple[ast.AST, bool, bool]] = [(tree, False, False)]
    while waiting:
        node, in_async, in_loop = waiting.pop()
        if isinstance(node, ast.Call):
            called = dotted(node.func)
            if in_async and called in _BLOCKING:
                smells.add((BLOCKING, node.lineno, clean(called, 80)))
            if in_loop and is_query(called):
                smells.add((QUERY_IN_LOOP, node.lineno, clean(called, 80)))
        if isinstance(node, _SCOPES):
            asyncs += isinstance(node, ast.AsyncFunctionDef)
            in_async, in_loop = isinstance(node, ast.AsyncFunctionDef), False
        repeated = _repeated(node)
        waiting += [(child, in_async, in_loop or child in repeated) for child in ast.iter_child_nodes(node)]
    return Smelled(tuple(sorted(smells, key=lambda s: (s[1], s[0], s[2]))), asyncs)


def _repeated(node: ast.AST) -> frozenset[ast.AST]:
    """The children of a loop that run more than once: not the iterable it starts from, nor its ``else``."""
    match node:
        case ast.For() | ast.AsyncFor():
            return frozenset(node.body)
        case ast.While():
            return frozenset((node.test, *node.body))
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
            return frozenset((node.elt, *node.generators[1:]))
        case ast.DictComp():
            return frozenset((node.key, node.value, *node.generators[1:]))
    return frozenset()


def dotted(node: ast.expr) -> str:
    """The dotted name that is called, ``()`` for calls in between; empty when it does not start with a name."""
    parts: list[str] = []
    at: ast.expr = node
    for _ in range(20):
        match at:
            case ast.Attribute():
                parts.append(at.attr)
                at = at.value
            case ast.Call():
                parts.append("()")
                at = at.func
            case ast.Name():
                return ".".join([at.id, *reversed(parts)]).replace(".()", "()")
            case _:
                return ""
    return ""


def is_query(called: str) -> bool:
    """Whether a dotted call reads as a database query (DB-API, SQLAlchemy, Django)."""
    owner, _, method = called.rpartition(".")
    last = owner.rpartition(".")[2].removesuffix("()").lower()
    if method in _QUERY_METHODS and last.lstrip("_").endswith(_QUERY_OWNERS):
        return True
    if ".objects" in f"{owner}." and method in _MANAGER_METHODS:
        return owner.endswith(".objects")
    return method == "query" and last.lstrip("_").endswith(_QUERY_OWNERS)


def _parse(entry: TreeEntry, content: bytes) -> Smelled:
    del entry
    return parse(content)


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Smells of every Python product file."""
    tree, size = ask.fact(Tree), ask.fact(CodeSize)
    wanted = [
        e for e in tree.entries if e.role == "product" and e.kind in ("file", "executable") and e.path.endswith(".py")
    ]
    smells: list[Smell] = []
    asyncs = unparsed = 0
    for entry, seen in ask.source.per_blob("code-scale-smells", COLLECTOR.version, wanted, _parse, Smelled):
        if isinstance(seen, Unknown):
            unparsed += 1
            continue
        asyncs += seen.async_functions
        smells += [Smell(kind, entry.path, line, detail) for kind, line, detail in seen.smells]
    python = sum(f.code for f in size.files if f.language == "Python" and f.role == "product")
    caveat = f"{unparsed} files could not be parsed" if unparsed else ""
    yield found(
        ScaleSmells(tuple(smells), python, asyncs), f"ast on {tree.commit[:12]}", commit=tree.commit, caveat=caveat
    )


COLLECTOR = Collector(
    name="code-scale-smells",
    version="1",
    source=Repository,
    provides=(ScaleSmells,),
    needs=(Tree, CodeSize),
    collect=collect,
)
