"""Squarified treemaps: a rectangle cut into parts of given areas that are as near to squares as may be.

M. Bruls, K. Huizing, J. J. van Wijk, Squarified Treemaps, Data Visualization 2000 (Eurographics),
https://doi.org/10.1007/978-3-7091-6783-0_4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: its upper left corner, width and height."""

    x: float
    y: float
    width: float
    height: float


def squarify(weights: Sequence[float], box: Box) -> tuple[Box, ...]:
    """``box`` cut into one part per weight, with areas in proportion. Weights are positive and the largest comes first."""
    whole = fsum(weights)
    if not weights or whole <= 0:
        return ()
    areas = [weight * box.width * box.height / whole for weight in weights]
    out: list[Box] = []
    left, start = box, 0
    while start < len(areas):
        side = min(left.width, left.height)
        end, total = start + 1, areas[start]
        while end < len(areas) and _worst(areas[start], areas[end], total + areas[end], side) <= _worst(
            areas[start], areas[end - 1], total, side
        ):
            total += areas[end]
            end += 1
        row, left = _row(areas[start:end], total, left)
        out += row
        start = end
    return tuple(out)


def _worst(largest: float, smallest: float, total: float, side: float) -> float:
    """The worst ratio of sides in a row along ``side``: max(s²·largest ÷ total², total² ÷ (s²·smallest))."""
    if not (side and smallest and total):
        return float("inf")
    return max(side * side * largest / (total * total), total * total / (side * side * smallest))


def _row(areas: Sequence[float], total: float, box: Box) -> tuple[list[Box], Box]:
    """The parts of one row along the shorter side of ``box``, and what is left of it."""
    out, at = [], 0.0
    if box.width >= box.height:
        depth = total / box.height if box.height else 0.0
        for area in areas:
            length = area / depth if depth else 0.0
            out.append(Box(box.x, box.y + at, depth, length))
            at += length
        return out, Box(box.x + depth, box.y, max(0.0, box.width - depth), box.height)
    depth = total / box.width if box.width else 0.0
    for area in areas:
        length = area / depth if depth else 0.0
        out.append(Box(box.x + at, box.y, length, depth))
        at += length
    return out, Box(box.x, box.y + depth, box.width, max(0.0, box.height - depth))
