"""Drawings for tests: a small known repository, a hostile one, and one of which nothing is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from scanner.core.assessment import Assessment, Drawing, EvidenceRef, MonthPoint
from scanner.core.drawings import NOBODY, SHARED, Cell, Coupling, CouplingMap, FileMap, ModuleMap, ModuleNode
from scanner.core.evidence import Unknown, Why
from scanner.core.subjects import Subject
from tests.builders_reports import API, HEAD, HOSTILE_REPO, golden

HOSTILE = (
    "</title></svg><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "a&b<c>'d'.py",
    "user\u202egnp.exe",
    "lone\udc80\ufffe\x00\x0b.py",
    "漢字/ファイル.py",
)
HOLE = Unknown(Why.TOO_LARGE, "the history has too many commits <b>", "a deeper scan <i>")


def file_map(*cells: Cell) -> FileMap:
    return FileMap(cells, sum(c.files for c in cells), sum(c.lines for c in cells), 1)


def module_map(
    names: tuple[str, ...], edges: tuple[tuple[int, int], ...], cycles: tuple[tuple[str, ...], ...] = ()
) -> ModuleMap:
    numbers = {name: number for number, members in enumerate(cycles, start=1) for name in members}
    nodes = tuple(ModuleNode(name, 1, numbers.get(name, 0)) for name in names)
    return ModuleMap(("Python",), len(names), False, nodes, tuple((a, b, 1) for a, b in edges), cycles)


def drawing(subject: Subject = API) -> Drawing:
    """Three files, three modules of which two import each other, one coupled pair."""
    cells = (
        Cell("src/a.py", 60, revisions=30, owner=0, inactive=True),
        Cell("src/b.py", 30, revisions=4, owner=SHARED),
        Cell("tool.py", 10, revisions=0, owner=NOBODY),
    )
    modules = module_map(("src/a.py", "src/b.py", "tool.py"), ((0, 1), (1, 0), (2, 0)), (("src/a.py", "src/b.py"),))
    pairs = CouplingMap((Coupling("src/a.py", "tool.py", 6, 0.75),), 1, 40, 365)
    ref = EvidenceRef(subject, "CodeSize", f"tokei on {HEAD[:12]}", "tree-code-size", "3", HEAD, "", "ab" * 32)
    return Drawing(subject, file_map(*cells), modules, pairs, (ref, replace(ref, fact="FileChanges", digest="")))


def hostile() -> Drawing:
    """Every name in it was chosen by an attacker."""
    cells = tuple(Cell(name, 100 - i, revisions=i, owner=i % 8, inactive=i % 2 == 0) for i, name in enumerate(HOSTILE))
    ring = tuple((i, (i + 1) % len(HOSTILE)) for i in range(len(HOSTILE)))
    pairs = tuple(Coupling(a, b, 9, 0.9) for a, b in pairwise(HOSTILE))
    return Drawing(
        HOSTILE_REPO, file_map(*cells), module_map(HOSTILE, ring, (HOSTILE,)), CouplingMap(pairs, 99, 9, 365), ()
    )


def unknown() -> Drawing:
    return Drawing(API, HOLE, HOLE, HOLE, ())


def drawn_assessment(*drawings: Drawing) -> Assessment:
    return replace(golden(), drawings=drawings or (drawing(), hostile()))


def months(*points: dict[str, float]) -> tuple[MonthPoint, ...]:
    """One month per mapping of check to points, from January 2026 on."""
    return tuple(MonthPoint(date(2026, n, 28), tuple(sorted(p.items()))) for n, p in enumerate(points, start=1))
