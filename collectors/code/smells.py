"""Patterns that cost at scale in a Python file, by its syntax tree: blocking calls in async code, queries in loops."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from collectors.code.python_source import syntax_tree
from scanner.core.text import clean

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
_POSSIBLE = re.compile(
    rb"\basync[\s\\]+def\b|\.[\s\\]*objects\b|(?:%s|\))[\s\\]*\.[\s\\]*(?:%s)\s*\("
    % ("|".join(_QUERY_OWNERS).encode(), "|".join(sorted((*_QUERY_METHODS, "query"))).encode()),
    re.IGNORECASE,
)
"""A file without any of these has no smell and no async function."""
_LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Smelled:
    """The smells of one blob: (kind, line, called name); and its number of async functions."""

    smells: tuple[tuple[str, int, str], ...]
    async_functions: int


def parse(content: bytes) -> Smelled:
    """Blocking calls in async functions, and database queries inside loops of the same function.

    Raises SyntaxError on what is not Python of this interpreter's grammar and could hold some.
    """
    if _POSSIBLE.search(content) is None:
        return Smelled((), 0)
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
        repeated = _repeated(node) if isinstance(node, _LOOPS) else ()
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
