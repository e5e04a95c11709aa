"""Modules and their imports, or folders of modules where there are too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence

import networkx as nx

from scanner.core.drawings import ModuleMap, ModuleNode
from scanner.core.evidence import Unknown, Why
from scanner.facts.code import ImportGraph
from scanner.pipeline.drawings.folders import folded, folder_of, shown

MODULES = 60
"""Most nodes; a repository with more modules is drawn by folder."""


def module_map(graph: ImportGraph, files: Container[str]) -> ModuleMap | Unknown:
    """The import graph of one repository; a hole where its imports could not be followed (as check ARC-004 has it).

    ``files`` tells the paths of files from those of package folders.
    """
    if not graph.modules or graph.unresolved > len(graph.edges):
        return Unknown(Why.UNSUPPORTED, "the imports here could not be followed", "an import reader for its languages")
    many = len(graph.modules) > MODULES
    place = folded_modules(graph.modules, files) if many else {module: module for module in graph.modules}
    held = Counter(place[module] for module in graph.modules)
    names = sorted(held)
    imports = Counter(
        (place[a], place[b]) for a, b in graph.edges if a in place and b in place and place[a] != place[b]
    )
    cycles = _cycles(names, sorted(imports))
    numbers = {name: number for number, members in enumerate(cycles, start=1) for name in members}
    position = {name: number for number, name in enumerate(names)}
    return ModuleMap(
        languages=tuple(sorted(graph.languages)),
        modules=len(graph.modules),
        folded=many,
        nodes=tuple(ModuleNode(shown(name), held[name], numbers.get(name, 0)) for name in names),
        edges=tuple((position[a], position[b], count) for (a, b), count in sorted(imports.items())),
        cycles=tuple(tuple(shown(name) for name in members) for members in cycles),
    )


def folded_modules(modules: Sequence[str], files: Container[str]) -> dict[str, str]:
    """Each module with its folder, as deep as leaves at most `MODULES` of them; a module that is no file is a folder itself."""
    folders = {module: folder_of(module) if module in files else _top(module) for module in modules}
    place = folded(list(folders.values()), MODULES)
    return {module: place[folder] or "." for module, folder in folders.items()}


def _top(folder: str) -> str:
    return "" if folder == "." else folder


def _cycles(names: list[str], edges: list[tuple[str, str]]) -> list[list[str]]:
    net: nx.DiGraph[str] = nx.DiGraph()
    net.add_nodes_from(names)
    net.add_edges_from(edges)
    tied = (sorted(c) for c in nx.strongly_connected_components(net) if len(c) > 1)
    return sorted(tied, key=lambda members: (-len(members), members))
