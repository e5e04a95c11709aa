"""Functions of product code and their cyclomatic complexity: Python by radon, other languages by lizard."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass
from pathlib import PurePosixPath

from radon.complexity import cc_visit_ast
from radon.visitors import Class

from collectors.code.python_source import docstring_lines, syntax_tree
from collectors.tree.languages import language_of
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unknown
from scanner.core.text import clean
from scanner.facts.code import Function, Functions
from scanner.facts.tree import CodeSize, Tree, TreeEntry
from scanner.repository import Repository

SUFFIXES = frozenset(
    [
        ".py",
        ".pyw",
        ".pyi",
        ".c",
        ".h",
        ".cc",
        ".cpp",
        ".cxx",
        ".hh",
        ".hpp",
        ".java",
        ".cs",
        ".js",
        ".cjs",
        ".mjs",
        ".jsx",
        ".ts",
        ".mts",
        ".cts",
        ".tsx",
        ".vue",
        ".m",
        ".mm",
        ".rb",
        ".php",
        ".swift",
        ".scala",
        ".gd",
        ".go",
        ".lua",
        ".rs",
        ".kt",
        ".kts",
        ".sol",
        ".erl",
        ".zig",
        ".pl",
        ".pm",
        ".r",
        ".f90",
        ".f95",
        ".f03",
        ".f08",
    ]
)
"""Suffixes of the files that are measured; other languages count as not measured."""
LIMIT_BYTES = 500_000
LINE_CHARACTERS = 5_000
"""A file with a longer line is minified or data, and left out."""
_NAME_CHARACTERS = 120
_BODILESS = re.compile(r"\bfn\s{1,10}\w{1,100}(?:[^{};\[]|\[[^\]]{0,200}\]){0,2000};")
"""A Rust signature without body (a trait's method), which lizard would stretch to the end of the next body."""
_SILENCERS = re.compile(r"#lizard forgive|GENERATED CODE")
"""Marks by which a file asks lizard to look away."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The functions of one blob: (name, line, complexity, lines, parameters); ``problem`` says why it has none."""

    functions: tuple[tuple[str, int, int, int, int], ...]
    problem: str = ""


def parse(content: bytes, suffix: str) -> Measured:
    """The functions in ``content``. ``suffix`` (``.py``, ``.go`` …) chooses the parser.

    Python that this interpreter's grammar does not know is measured by lizard.
    """
    if b"\0" in content:
        return Measured((), "binary")
    text = content.decode("utf-8-sig", "replace")
    if max(map(len, text.split("\n"))) > LINE_CHARACTERS:
        return Measured((), f"a line is longer than {LINE_CHARACTERS} characters")
    if suffix in (".py", ".pyw", ".pyi"):
        try:
            return Measured(tuple(sorted(_by_radon(text), key=lambda f: (f[1], f[0]))))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            suffix = ".py"
    return _by_lizard({".mts": "x.ts", ".cts": "x.ts"}.get(suffix, f"x{suffix}"), text)


def _by_radon(text: str) -> Iterator[tuple[str, int, int, int, int]]:
    """Functions, methods and the functions within them; radon counts each one alone. Docstrings are no length."""
    tree = syntax_tree(text)
    definitions = {n.lineno: n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)}
    waiting = [(block, "") for block in cc_visit_ast(tree) if isinstance(block, Class) or not block.is_method]
    while waiting:
        block, outer = waiting.pop()
        name = f"{outer}{block.name}"
        if isinstance(block, Class):
            waiting += [(inner, f"{name}.") for inner in (*block.methods, *block.inner_classes)]
            continue
        waiting += [(inner, f"{name}.") for inner in block.closures]
        defined = definitions.get(block.lineno)
        if defined is not None:
            lines = (defined.end_lineno or defined.lineno) - defined.lineno + 1 - len(docstring_lines(defined))
            yield clean(name, _NAME_CHARACTERS), block.lineno, block.complexity, lines, _parameters(defined.args)


def _parameters(args: ast.arguments) -> int:
    named = len(args.posonlyargs) + len(args.args) + len(args.kwonlyargs)
    return named + (args.vararg is not None) + (args.kwarg is not None)


def _by_lizard(name: str, text: str) -> Measured:
    import lizard  # slow to import

    said, shown = io.StringIO(), _SILENCERS.sub("", text)
    if name.endswith(".rs"):
        shown = _BODILESS.sub(lambda match: "\n" * match.group().count("\n"), shown)
    with redirect_stderr(said):
        found_in = lizard.analyze_file.analyze_source_code(name, shown)
    if "RecursionError" in said.getvalue():
        return Measured((), "nested too deeply")
    return Measured(
        tuple(
            (clean(f.name, _NAME_CHARACTERS), f.start_line, f.cyclomatic_complexity, f.length, f.parameter_count)
            for f in found_in.function_list
        )
    )


def _parse(entry: TreeEntry, content: bytes) -> Measured:
    return parse(content, PurePosixPath(entry.path).suffix.lower())


def measurable(entry: TreeEntry) -> bool:
    """Whether an entry is product code in a language that is measured."""
    return (
        entry.role == "product"
        and entry.kind in ("file", "executable")
        and PurePosixPath(entry.path).suffix.lower() in SUFFIXES
    )


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Measures every product file in a known language; what could not be read is named."""
    tree, size = ask.fact(Tree), ask.fact(CodeSize)
    wanted = [e for e in tree.entries if measurable(e)]
    functions: list[Function] = []
    unparsed: list[tuple[str, str]] = []
    measured: dict[str, str] = {}
    blobs = ask.source.per_blob("code-functions", COLLECTOR.version, wanted, _parse, Measured, LIMIT_BYTES)
    for entry, seen in blobs:
        if isinstance(seen, Unknown) or seen.problem:
            unparsed.append((entry.path, seen.detail if isinstance(seen, Unknown) else seen.problem))
            continue
        language = measured[entry.path] = language_of(entry.path)
        functions += [
            Function(entry.path, name, line, language, complexity, lines, parameters)
            for name, line, complexity, lines, parameters in seen.functions
        ]
    fact = Functions(
        functions=tuple(functions),
        languages=tuple(sorted(set(measured.values()))),
        code_lines_measured=sum(f.code for f in size.files if f.path in measured),
        code_lines=size.product_code,
        unparsed=tuple(unparsed),
    )
    caveat = f"{len(unparsed)} files could not be measured" if unparsed else ""
    yield found(fact, f"radon and lizard on {tree.commit[:12]}", commit=tree.commit, caveat=caveat)


COLLECTOR = Collector(
    name="code-functions",
    version="3",
    source=Repository,
    provides=(Functions,),
    needs=(Tree, CodeSize),
    collect=collect,
)
