"""Patterns that cost at scale in a Python file, by its syntax tree: blocking calls in async code, queries in loops."""

from __future__ import annotations

import ast
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from collectors.code.python_source import statement
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
_ASYNC = re.compile(rb"async[\s\\]+def\b")
_QUERY = re.compile(rb"\.[\s\\]*(?:(objects)\b|(?:%s)\s*\()" % "|".join(sorted((*_QUERY_METHODS, "query"))).encode())
_OWNED = tuple(owner.encode() for owner in (*_QUERY_OWNERS, ")"))
_OWNER_BYTES = 200
"""Where the name before a query is looked for."""
_LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Smelled:
    """The smells of one blob: (kind, line, called name); and its number of async functions."""

    smells: tuple[tuple[str, int, str], ...]
    async_functions: int


def parse(content: bytes, root: Node | None = None) -> Smelled:
    """Blocking calls in async functions, and database queries inside loops of the same function.

    Where the syntax tree's ``root`` is given and without error, only the statements that could hold some are read. Raises
    SyntaxError on what is not Python of this interpreter's grammar and could hold some.
    """
    places = sorted(_places(content))
    if not places:
        return Smelled((), 0)
    seen: set[tuple[str, int, str]] = set()
    asyncs = 0
    whole = [(0, len(content))]
    for start, end in whole if root is None or root.has_error else _statements(root, places):
        tree, before = statement(content, start, end)
        smelled = _smelled(tree, content.count(b"\n", 0, start) - before)
        seen.update(smelled.smells)
        asyncs += smelled.async_functions
    return Smelled(tuple(sorted(seen, key=lambda s: (s[1], s[0], s[2]))), asyncs)


def _places(content: bytes) -> Iterator[int]:
    """Where async functions start and what may be a query stands. A file without any has neither smell nor async function."""
    yield from (match.start() for match in _ASYNC.finditer(content))
    for match in _QUERY.finditer(content):
        at = match.start()
        before = content[max(0, at - _OWNER_BYTES) : at].rstrip(b" \t\r\n\f\\").lower()
        if match[1] or before.endswith(_OWNED):
            yield at


def _statements(root: Node, places: list[int]) -> Iterator[tuple[int, int]]:
    """The byte ranges of the statements of the file, and of the classes there, that hold one of the ``places``."""
    waiting = list(root.named_children)
    while waiting:
        node = waiting.pop()
        start, end = node.start_byte, node.end_byte
        inside = places[bisect_left(places, start) : bisect_left(places, end)]
        body = node.child_by_field_name("body") if inside and node.type == "class_definition" else None
        if body is not None and inside[0] >= body.start_byte and body.start_point.row > node.start_point.row:
            waiting += body.named_children
        elif inside:
            yield start, end


def _smelled(tree: ast.Module, lines: int) -> Smelled:
    """The smells of a tree whose first line stands ``lines`` further down, and its async functions."""
    smells: set[tuple[str, int, str]] = set()
    asyncs = 0
    waiting: list[tuple[ast.AST, bool, bool]] = [(tree, False, False)]
    while waiting:
        node, in_async, in_loop = waiting.pop()
        if isinstance(node, ast.Call):
            called = dotted(node.func)
            if in_async and called in _BLOCKING:
                smells.add((BLOCKING, node.lineno + lines, clean(called, 80)))
            if in_loop and is_query(called):
                smells.add((QUERY_IN_LOOP, node.lineno + lines, clean(called, 80)))
        if isinstance(node, _SCOPES):
            asyncs += isinstance(node, ast.AsyncFunctionDef)
            in_async, in_loop = isinstance(node, ast.AsyncFunctionDef), False
        repeated = _repeated(node) if isinstance(node, _LOOPS) else ()
        waiting += [(child, in_async, in_loop or child in repeated) for child in ast.iter_child_nodes(node)]
    return Smelled(tuple(smells), asyncs)


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
