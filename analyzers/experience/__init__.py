"""Checks EXP-nnn of stage 13: User experience and customer feedback. Most ask only of what has a user interface."""

from __future__ import annotations

from scanner.core.outcomes import NotApplicable
from scanner.core.text import counted
from scanner.facts.tree import Tree

_SUFFIXES = (
    ".html", ".htm", ".css", ".scss", ".sass", ".less", ".vue", ".svelte", ".tsx", ".jsx", ".dart", ".swift", ".xaml",
    ".storyboard", ".xib", ".qml", ".cshtml", ".razor", ".erb", ".blade.php", "/androidmanifest.xml",
)  # fmt: skip
_ELSEWHERE = frozenset({"test", "documentation", "vendored", "generated", "example"})
_FEWEST = 5


def no_interface(tree: Tree) -> NotApplicable | None:
    """Why questions about users do not apply, or None when at least five shipped files are of a user interface.

    Fewer are a report or a mail template. An Android manifest is proof enough by itself.
    """
    shipped = [f"/{e.path.lower()}" for e in tree.entries if e.role not in _ELSEWHERE and e.kind != "submodule"]
    seen = sum(path.endswith(_SUFFIXES) for path in shipped)
    if seen >= _FEWEST or any(path.endswith("/androidmanifest.xml") for path in shipped):
        return None
    return NotApplicable(f"no user interface is seen here ({counted(seen, 'interface file')})")
