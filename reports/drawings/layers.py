"""A directed graph in layers: importers above what they import, as few edges upwards as a simple rule leaves.

The steps of K. Sugiyama, S. Tagawa, M. Toda, Methods for Visual Understanding of Hierarchical System Structures,
IEEE Trans. SMC 11(2), 1981: cycles opened by the greedy rule of P. Eades, X. Lin, W. F. Smyth, A fast and effective
heuristic for the feedback arc set problem, Information Processing Letters 47(6), 1993; layers by longest path;
order within a layer by barycentres. Nothing is random: ties go by position.
"""

from __future__ import annotations

from collections.abc import Sequence

_SWEEPS = 8

Edge = tuple[int, int]


def layered(count: int, edges: Sequence[Edge]) -> tuple[tuple[int, ...], ...]:
    """Nodes 0 to ``count`` - 1 in layers from the top, each in its order; nodes without an edge are the last layer."""
    arcs = sorted({(a, b) for a, b in edges if a != b})
    tied = {node for arc in arcs for node in arc}
    order = acyclic_order(sorted(tied), arcs)
    place = {node: number for number, node in enumerate(order)}
    down = sorted((a, b) if place[a] < place[b] else (b, a) for a, b in arcs)
    level = dict.fromkeys(order, 0)
    for node in order:
        for a, b in down:
            if a == node:
                level[b] = max(level[b], level[a] + 1)
    layers = [[n for n in order if level[n] == depth] for depth in range(1 + max(level.values(), default=-1))]
    _uncross(layers, down)
    loose = tuple(node for node in range(count) if node not in tied)
    return (*map(tuple, layers), *((loose,) if loose else ()))


def acyclic_order(nodes: Sequence[int], arcs: Sequence[Edge]) -> list[int]:
    """``nodes`` so that few arcs lead backwards: sinks last, sources first, else the largest out-degree less in-degree."""
    left = set(nodes)
    head: list[int] = []
    tail: list[int] = []
    while left:
        inside = [(a, b) for a, b in arcs if a in left and b in left]
        leaving = {a for a, _ in inside}
        entered = {b for _, b in inside}
        sinks = sorted(left - leaving)
        sources = sorted(left & leaving - entered)
        if sinks:
            tail += reversed(sinks)
            left.difference_update(sinks)
        elif sources:
            head += sources
            left.difference_update(sources)
        else:
            surplus = {n: sum(a == n for a, _ in inside) - sum(b == n for _, b in inside) for n in left}
            chosen = min(left, key=lambda n: (-surplus[n], n))
            head.append(chosen)
            left.discard(chosen)
    return head + tail[::-1]


def _uncross(layers: list[list[int]], arcs: Sequence[Edge]) -> None:
    """Order every layer by the mean place of its neighbours above, then below, a few times over."""
    for sweep in range(_SWEEPS):
        upwards = sweep % 2 == 1
        at = {node: (number + 0.5) / len(layer) for layer in layers for number, node in enumerate(layer)}
        for layer in reversed(layers) if upwards else layers:
            mean = {
                node: _mean([at[b if upwards else a] for a, b in arcs if (a if upwards else b) == node], at[node])
                for node in layer
            }
            layer.sort(key=lambda node: (round(mean[node], 9), node))
            at.update({node: (number + 0.5) / len(layer) for number, node in enumerate(layer)})


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
