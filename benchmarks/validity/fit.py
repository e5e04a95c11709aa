"""A small logistic regression: one set of coefficients for all groups, an intercept for each."""

from __future__ import annotations

import math
from collections.abc import Sequence

ROUNDS = 60
_RIDGE = 1e-3
"""Keeps inputs that say the same from running apart."""

Rows = Sequence[Sequence[float]]


def fit(groups: Sequence[tuple[Rows, Sequence[bool]]]) -> list[float]:
    """The coefficients (most likely ones with all at least 0) that tell hit from not within each group.

    Every group weighs the same, whatever its size. An input whose coefficient would be negative is left out and gets 0:
    a score made of the rest rises with each input.
    """
    width = len(groups[0][0][0])
    used = list(range(width))
    while used:
        found = _newton([([[row[i] for i in used] for row in rows], hit) for rows, hit in groups])
        lowest = min(range(len(used)), key=lambda i: found[i])
        if found[lowest] >= 0:
            return [found[used.index(i)] if i in used else 0.0 for i in range(width)]
        del used[lowest]
    return [0.0] * width


def _newton(groups: Sequence[tuple[Rows, Sequence[bool]]]) -> list[float]:
    """Newton's method, the intercepts and the coefficients in turn."""
    width = len(groups[0][0][0])
    slopes, intercepts = [0.0] * width, [0.0] * len(groups)
    for _ in range(ROUNDS):
        gradient = [-_RIDGE * s for s in slopes]
        curve = [[_RIDGE if i == j else 0.0 for j in range(width)] for i in range(width)]
        for number, (rows, hit) in enumerate(groups):
            intercepts[number] = _intercept(intercepts[number], [_dot(slopes, row) for row in rows], hit)
            likely = [_logistic(intercepts[number] + _dot(slopes, row)) for row in rows]
            spread = sum(p * (1 - p) for p in likely)
            middle = [
                sum(p * (1 - p) * row[i] for p, row in zip(likely, rows, strict=True)) / spread for i in range(width)
            ]
            for p, row, was in zip(likely, rows, hit, strict=True):
                for i in range(width):
                    gradient[i] += (was - p) * row[i] / len(rows)
                    for j in range(width):
                        curve[i][j] += p * (1 - p) * (row[i] - middle[i]) * (row[j] - middle[j]) / len(rows)
        slopes = [s + step for s, step in zip(slopes, solve(curve, gradient), strict=True)]
    return slopes


def _intercept(start: float, sums: Sequence[float], hit: Sequence[bool]) -> float:
    for _ in range(ROUNDS):
        likely = [_logistic(start + s) for s in sums]
        step = (sum(hit) - sum(likely)) / max(sum(p * (1 - p) for p in likely), 1e-9)
        start += max(-1.0, min(1.0, step))
        if abs(step) < 1e-9:
            break
    return start


def _dot(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else 1 - 1 / (1 + math.exp(x))


def solve(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The solution of a small symmetric positive definite system, by elimination."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(size):
        for j in range(i + 1, size):
            factor = rows[j][i] / rows[i][i]
            rows[j] = [b - factor * a for a, b in zip(rows[i], rows[j], strict=True)]
    out = [0.0] * size
    for i in reversed(range(size)):
        out[i] = (rows[i][size] - sum(rows[i][j] * out[j] for j in range(i + 1, size))) / rows[i][i]
    return out
