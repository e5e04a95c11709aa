"""Includes of C and C++ files: relative to the file, else by the one path in the repository that ends so."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable

from tree_sitter import Node

from collectors.code.grammars import language
from collectors.code.graph import Raw, Resolution, joined
from collectors.code.syntax import literal, root_of
from collectors.code.type_names import IMPORTS
from scanner.core.text import clean

HEADERS = (".h", ".hh", ".hpp", ".hxx", ".h++", ".inl", ".ipp", ".tpp")
SOURCES = (".c", ".cc", ".cpp", ".cxx", ".c++")
_DEEP = 50
_HOLDERS = frozenset({
    "preproc_if", "preproc_ifdef", "preproc_else", "preproc_elif", "preproc_elifdef", "linkage_specification", "declaration_list",
    "namespace_definition", "function_definition", "compound_statement", "ERROR",
})  # fmt: skip
"""Nodes that includes stand in."""
_STANDARD_NAMES = """
assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg stdatomic stdbool stddef
stdint stdio stdlib stdnoreturn string strings tgmath threads time uchar wchar wctype unistd fcntl poll pthread dirent syslog
termios grp pwd netdb sched semaphore dlfcn glob regex utime windows winsock2 malloc memory endian alloca execinfo
"""
_STANDARD = frozenset(f"{name}.h" for name in _STANDARD_NAMES.split())
"""Headers of the language and of POSIX: between angle brackets they are never the repository's own."""


def parse(content: bytes) -> Raw:
    """``"a.h"`` and ``<b/c.h>``, as written."""
    return raw(root_of(language("c"), content), content)


def raw(root: Node, content: bytes) -> Raw:
    """The same from the tree of a file of either grammar; every branch of a condition counts."""
    seen: dict[str, None] = {}
    waiting = [(root, 0)]
    while waiting:
        holder, depth = waiting.pop()
        for node in holder.named_children:
            if node.type == "preproc_include":
                path = node.child_by_field_name("path")
                if path is not None and path.type in ("string_literal", "system_lib_string"):
                    around = "<>" if path.type == "system_lib_string" else '""'
                    seen[clean(f"{around[0]}{literal(path)}{around[1]}")] = None
            elif (
                depth < _DEEP
                and node.type in _HOLDERS
                and content.find(b"include", node.start_byte, node.end_byte) >= 0
            ):
                waiting.append((node, depth + 1))
    return Raw(tuple(seen)[:IMPORTS])


class IncludeResolver:
    """Resolves includes to files. A source file and the header of its name in the same folder are one module, the source file."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = frozenset(p for p in paths if p.lower().endswith((*HEADERS, *SOURCES)))
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for path in sorted(self._paths):
            self._by_name[posixpath.basename(path)].append(path)

    def module(self, path: str) -> str:
        """The source file of the same name beside a header, else the file itself."""
        stem, suffix = posixpath.splitext(path)
        sources = (stem + other for other in SOURCES) if suffix.lower() in HEADERS else ()
        return next((source for source in sources if source in self._paths), path)

    def resolve(self, path: str, raw: Raw) -> Resolution:
        """Where the includes of ``path`` lead: between quotes nothing else than the repository's own is expected, if it has such a name."""
        out = Resolution()
        for written in raw.imports:
            name = written[1:-1].replace("\\", "/")
            target = self._find(path, name, quoted=written.startswith('"'))
            if target:
                out.modules.add(self.module(target))
            elif posixpath.basename(name) in self._by_name and not _is_system(written):
                out.unresolved += 1
            else:
                out.external += 1
        out.modules.discard(self.module(path))
        return out

    def _find(self, path: str, name: str, *, quoted: bool) -> str:
        beside = joined(posixpath.dirname(path), name)
        if quoted and beside in self._paths:
            return beside
        if name in _STANDARD or (not beside and name.startswith("..")):
            return ""
        ending = "/" + name.lstrip("./")
        found = [p for p in self._by_name.get(posixpath.basename(name), ()) if f"/{p}".endswith(ending)]
        if not quoted and len(found) > 1:
            found = [p for p in found if p != beside]
        if len(found) > 1:
            shared = [p for p in found if path.startswith(f"{p.partition('/')[0]}/")]
            found = shared if len(shared) == 1 else found
        return found[0] if len(found) == 1 else ""


def _is_system(written: str) -> bool:
    return written.startswith("<") and ("/" not in written or written[1:-1] in _STANDARD)
