"""Lines of code by language and file, counted by tokei; the docstrings of Python count as comments, as cloc has it."""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytokei

from collectors.code.python_source import all_docstring_lines
from collectors.tree.languages import is_programming, language_of
from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unreadable, Why
from scanner.facts.tree import CodeSize, FileLines, LanguageLines, Tree, TreeEntry
from scanner.repository import Repository
from scanner.tools import run_tool

CHUNK = 2_000
"""Files that lie in the temporary folder at one time (2 GB at the very most, 20 MB as a rule)."""
_BINARY_PROBE_BYTES = 8_000
_COUNTED_IN: set[int] = set()
"""Processes in which tokei has started its threads."""
_PRINT = """
import json, pathlib, sys
from collectors.tree.code_size import statistics
found = statistics(pathlib.Path(sys.argv[1]))
print(json.dumps({name: [lines.code, lines.comment, lines.blank] for name, lines in found.items()}))
"""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of one file by kind."""

    code: int
    comment: int
    blank: int

    def __add__(self, other: Lines) -> Lines:
        return Lines(self.code + other.code, self.comment + other.comment, self.blank + other.blank)


def collect(ask: Ask[Repository]) -> Iterator[Found]:
    """Counts every product and test file in a programming language."""
    tree, counted = ask.fact(Tree), list[tuple[TreeEntry, Lines]]()
    wanted = countable(tree.entries)
    for start in range(0, len(wanted), CHUNK):
        with ask.source.folder(wanted[start : start + CHUNK]) as (folder, names):
            counted += count(folder, names.items())
    yield found(size(tree.entries, len(wanted), counted), f"tokei on {tree.commit[:12]}", commit=tree.commit)


def countable(entries: Iterable[TreeEntry]) -> list[TreeEntry]:
    """Regular product and test files in a programming language."""
    return [
        e
        for e in entries
        if e.role in ("product", "test") and e.kind in ("file", "executable") and is_programming(e.path)
    ]


def count(folder: Path, named: Iterable[tuple[str, TreeEntry]]) -> list[tuple[TreeEntry, Lines]]:
    """The lines of the named files in ``folder``; binary ones are left out.

    Suffixes that tokei does not know count every line that is not blank as code.
    """
    known = _apart(folder) if _threads_lost() else statistics(folder)
    out = []
    for name, entry in named:
        content = (folder / name).read_bytes()
        if b"\0" in content[:_BINARY_PROBE_BYTES]:
            continue
        lines = known.get(name) or _unknown_language(content)
        out.append((entry, _without_docstrings(lines, content) if language_of(entry.path) == "Python" else lines))
    return out


def statistics(folder: Path) -> dict[str, Lines]:
    """What tokei says of each file in ``folder``, by name."""
    _COUNTED_IN.add(os.getpid())
    languages = pytokei.Languages()
    languages.get_statistics([str(folder)], ["ignored"], pytokei.Config())
    known: dict[str, Lines] = {}
    for language in languages.get_languages().values():
        children = [report for reports in language.children_plain().values() for report in reports]
        for report in [*language.reports_plain(), *children]:
            for path, stats in report.items():
                name = Path(path).name
                lines = Lines(stats["code"], stats["comments"], stats["blanks"])
                known[name] = known[name] + lines if name in known else lines
    return known


def _threads_lost() -> bool:
    """Whether this process was forked from one that had counted: tokei's threads stayed there, and it would wait for ever."""
    return bool(_COUNTED_IN) and os.getpid() not in _COUNTED_IN


def _apart(folder: Path) -> dict[str, Lines]:
    """The same as `statistics`, in a fresh interpreter."""
    ended = run_tool([sys.executable, "-P", "-c", _PRINT, str(folder)], cwd=folder, timeout_seconds=600)
    if ended.code:
        raise Unreadable(Why.CRASHED, "tokei failed in a process of its own")
    return {name: Lines(*numbers) for name, numbers in json.loads(ended.stdout).items()}


def _without_docstrings(lines: Lines, content: bytes) -> Lines:
    """Docstrings moved from code to comments, their blank lines too (tokei counts each line of a string as code).

    Nothing moves when this interpreter's grammar does not know the file.
    """
    try:
        documented = all_docstring_lines(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return lines
    moved = min(lines.code, len(documented))
    return Lines(lines.code - moved, lines.comment + moved, lines.blank)


def _unknown_language(content: bytes) -> Lines:
    lines = content.splitlines()
    blank = sum(not line.strip() for line in lines)
    return Lines(len(lines) - blank, 0, blank)


def size(entries: Iterable[TreeEntry], wanted: int, counted: Sequence[tuple[TreeEntry, Lines]]) -> CodeSize:
    """The fact. Files and languages come largest first."""
    by_language: dict[str, list[Lines]] = defaultdict(list)
    code = {"product": 0, "test": 0}
    files = []
    for entry, lines in counted:
        language = language_of(entry.path)
        by_language[language].append(lines)
        code[entry.role] += lines.code
        files.append(FileLines(entry.path, language, entry.role, lines.code, lines.comment))
    totals = [
        LanguageLines(name, len(of), sum(x.code for x in of), sum(x.comment for x in of), sum(x.blank for x in of))
        for name, of in by_language.items()
    ]
    return CodeSize(
        languages=tuple(sorted(totals, key=lambda x: (-x.code, x.language))),
        files=tuple(sorted(files, key=lambda f: (-f.code, f.path))),
        product_code=code["product"],
        test_code=code["test"],
        set_aside_files=sum(e.role in ("vendored", "generated") and e.kind != "submodule" for e in entries),
        unread_files=wanted - len(counted),
    )


COLLECTOR = Collector(
    name="tree-code-size",
    version="3",
    source=Repository,
    provides=(CodeSize,),
    needs=(Tree,),
    collect=collect,
)
