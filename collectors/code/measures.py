"""What the tree measures of one blob, from one parse: functions, imports, marks, scale smells, fingerprints of copied code.

Every distinct blob of a product or test file is read and parsed once, in a process of its own; the collectors of functions,
imports, marks, scale smells and copies each take their part from `measures`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from pydantic import TypeAdapter
from tree_sitter import Node, QueryCursor, Range

from collectors.code import import_statements, lizard_functions, smells
from collectors.code.complexity import Measure, measured
from collectors.code.copies import Prints, prints
from collectors.code.grammars import Grammar, grammar_of, language, query
from collectors.code.graph import Raw
from collectors.code.isolation import Isolated
from collectors.code.radon_complexity import confirmed
from collectors.code.smells import Smelled
from collectors.code.syntax import root_of
from collectors.tree import marks
from collectors.tree.languages import is_programming
from scanner.core.evidence import Unknown
from scanner.facts.tree import Tree, TreeEntry
from scanner.repository import Repository

VERSION = "2"
LIMIT_BYTES = 500_000
"""A larger file is data or generated: its imports are read, nothing else."""
LINE_CHARACTERS = 5_000
"""A file with a longer line is minified or data, and not measured."""
_CPLUSPLUS = re.compile(rb"^[ \t]{0,40}(?:class|namespace|template|using|public:|private:)\b", re.MULTILINE)
_MACROS_DEEP = 3
_WITHOUT_MAIN = ("javascript", "typescript", "tsx", "ruby", "php", "bash")
"""Grammars of languages whose files run from the top."""
_UNMEASURED = Prints(0, "", "")


@dataclass(frozen=True, slots=True)
class Measures:
    """One blob. A ``problem`` says why functions and copies were not measured, ``unread`` why the imports were not.

    ``smells`` is None where they are not looked for or the file is not Python of a grammar known here.
    """

    functions: tuple[Measure, ...] = ()
    problem: str = ""
    raw: Raw = field(default_factory=lambda: Raw(()))
    unread: str = ""
    marks: tuple[tuple[int, str], ...] = ()
    smells: Smelled | None = None
    prints: Prints = _UNMEASURED


_ADAPTER: TypeAdapter[Measures] = TypeAdapter(Measures)


def measurable(entry: TreeEntry) -> bool:
    """Whether an entry is product or test code in a programming language."""
    return entry.role in ("product", "test") and entry.kind in ("file", "executable") and is_programming(entry.path)


def measures(source: Repository, tree: Tree) -> Mapping[str, Measures | Unknown]:
    """The measures of every product and test file by path: made by the first collector that asks, kept for the others."""
    return source.once(_Reading(tree))


@dataclass(frozen=True, slots=True)
class _Reading:
    """The pass over the blobs of one tree. All are equal, as a repository has one tree."""

    tree: Tree = field(compare=False)

    def __call__(self, source: Repository) -> dict[str, Measures | Unknown]:
        wanted = [entry for entry in self.tree.entries if measurable(entry)]
        with Isolated(_answer) as apart:

            def parse(entry: TreeEntry, content: bytes) -> Measures:
                suffix = PurePosixPath(entry.path).suffix.lower()
                return _ADAPTER.validate_json(apart.ask(f"{suffix}\n{entry.role}".encode(), content))

            return {e.path: m for e, m in source.per_blob("code-measures", VERSION, wanted, parse, Measures)}


def _answer(about: bytes, content: bytes) -> bytes:
    suffix, _, role = about.decode().partition("\n")
    return _ADAPTER.dump_json(measure(suffix, role, content))


def measure(suffix: str, role: str, content: bytes) -> Measures:
    """The measures of one blob. ``suffix`` chooses the grammar; of a test file only the imports are read."""
    content = plain(content)
    grammar = _grammar(suffix, content)
    problem = _problem(content) if role == "product" else ""
    if grammar is None:
        return _without_grammar(suffix, content, problem) if role == "product" else Measures()
    if (role != "product" or problem) and not import_statements.has_tree_reader(suffix):
        return Measures(problem=problem, raw=import_statements.of_text(suffix, content))
    try:
        root = root_of(language(grammar.key), content)
    except TimeoutError as error:
        return Measures(
            problem=str(error), unread=str(error), marks=marks.in_text(content) if role == "product" else ()
        )
    if role != "product" or problem:
        raw, unread = _imports(suffix, root, content)
        return Measures(problem=problem, raw=raw, unread=unread)
    captures = QueryCursor(query(grammar.key)).captures(root)
    raw, unread = _imports(suffix, root, content, captures)
    try:
        _add_macros(grammar, content, captures)
    except TimeoutError as error:
        return Measures(problem=str(error), raw=raw, unread=unread, marks=marks.in_text(content))
    comments = sorted((node.start_byte, node.end_byte) for node in captures.get("comment", ()))
    functions = measured(grammar, content, captures)
    return Measures(
        _confirmed(functions, content, captures) if grammar.key == "python" else functions,
        "",
        _completed(raw, grammar, content, captures, functions),
        unread,
        marks.in_comments(content, comments),
        _smells(content, root) if grammar.key == "python" else None,
        prints(content, comments),
    )


def _add_macros(grammar: Grammar, content: bytes, captures: dict[str, list[Node]]) -> None:
    """Add to the captures of a tree those of the functions in its macros, which are parsed as code of their own."""
    waiting = captures.get("macro", [])
    for _ in range(_MACROS_DEEP):
        inner = [n for n in waiting if content.find(b"fn ", n.start_byte, n.end_byte) >= 0]
        if not inner:
            break
        again = QueryCursor(query(grammar.key)).captures(root_of(language(grammar.key), content, _outermost(inner)))
        waiting = again.pop("macro", [])
        for name in again.keys() - {"comment"}:
            captures.setdefault(name, []).extend(again[name])


def _outermost(nodes: list[Node]) -> list[Range]:
    """What stands between the brackets of the nodes that lie in none of the others."""
    ranges: list[Range] = []
    for node in sorted(nodes, key=lambda n: n.start_byte):
        opening, closing = node.children[0], node.children[-1]
        if (ranges and node.start_byte < ranges[-1].end_byte) or opening == closing:
            continue
        ranges.append(Range(opening.end_point, closing.start_point, opening.end_byte, closing.start_byte))
    return ranges


def plain(content: bytes) -> bytes:
    """``content`` as UTF-8 without its byte order mark, where it says to be UTF-16 or UTF-8; else as it is."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace").encode("utf-8", "replace")
    return content.removeprefix(b"\xef\xbb\xbf")


def _grammar(suffix: str, content: bytes) -> Grammar | None:
    return grammar_of(".hpp" if suffix == ".h" and _CPLUSPLUS.search(content) else suffix)


def _problem(content: bytes) -> str:
    if b"\0" in content:
        return "binary"
    if len(content) > LIMIT_BYTES:
        return f"larger than {LIMIT_BYTES} bytes"
    return (
        f"a line is longer than {LINE_CHARACTERS} characters"
        if max(map(len, content.split(b"\n"))) > LINE_CHARACTERS
        else ""
    )


def _imports(
    suffix: str, root: Node, content: bytes, captures: Mapping[str, list[Node]] | None = None
) -> tuple[Raw, str]:
    """The imports, and why some may be missing. Python with an error is none that runs; other grammars err on good code, too."""
    try:
        raw = import_statements.read(suffix, root, content, captures)
    except (ValueError, RecursionError, MemoryError) as error:
        return Raw(()), f"{type(error).__name__} while reading it"
    return raw, "the syntax has an error" if suffix in (".py", ".pyw") and root.has_error else ""


def _completed(
    raw: Raw, grammar: Grammar, content: bytes, captures: Mapping[str, list[Node]], functions: tuple[Measure, ...]
) -> Raw:
    """The imports with the types that the file declares, and whether it is run by itself: by its ``main``, or as a script."""
    kinds, promises = ({node.id for node in captures.get(name, ())} for name in ("kind", "promise"))
    named = any(function.name.rpartition(grammar.joint)[2] == "main" for function in functions)
    starts = b"__main__" in content if grammar.key == "python" else named and grammar.key not in _WITHOUT_MAIN
    return replace(
        raw, types=len(kinds), abstract_types=len(promises & kinds), starts=starts or content.startswith(b"#!")
    )


def _confirmed(
    functions: tuple[Measure, ...], content: bytes, captures: Mapping[str, list[Node]]
) -> tuple[Measure, ...]:
    return confirmed(functions, content, ((n.start_byte, n.end_byte) for n in captures.get("function", ())))


def _smells(content: bytes, root: Node) -> Smelled | None:
    try:
        return smells.parse(content, root)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _without_grammar(suffix: str, content: bytes, problem: str) -> Measures:
    """Functions by lizard, marks and comments by the look of the lines."""
    functions: tuple[Measure, ...] = ()
    if not problem:
        functions, problem = lizard_functions.parse(content, suffix)
    copies = _UNMEASURED if problem else prints(content, marks.comment_lines(content))
    return Measures(functions, problem, marks=marks.in_text(content), prints=copies)
