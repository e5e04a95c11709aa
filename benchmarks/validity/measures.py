"""How well an order of files agrees with what happened to them afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby


def auc(scores: Sequence[float], hit: Sequence[bool]) -> float:
    """The area under the ROC curve (0 to 1): how often a file that was hit stands above one that was not, ties halved.

    By rank statistic (Mann and Whitney 1947): (rank sum of the hit − n(n + 1) ÷ 2) ÷ (n × m). ValueError when either
    kind is missing.
    """
    hits = sum(hit)
    others = len(hit) - hits
    if not hits or not others:
        raise ValueError("an area needs files of both kinds")
    ranked = ranks(scores)
    total = sum(rank for rank, was in zip(ranked, hit, strict=True) if was)
    return (total - hits * (hits + 1) / 2) / (hits * others)


def ranks(values: Sequence[float]) -> list[float]:
    """The rank of each value, the smallest 1; equal values share the mean of their ranks."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    ranked, before = [0.0] * len(values), 0
    for _, group in groupby(order, key=lambda i: values[i]):
        same = list(group)
        for i in same:
            ranked[i] = before + (len(same) + 1) / 2
        before += len(same)
    return ranked


def caught(scores: Sequence[float], lines: Sequence[int], fixes: Sequence[int], share: float = 0.1) -> float:
    """The share of fixes (0 to 1) in the files that come first until ``share`` of all lines is read.

    Of the file at the limit counts the part that was read. Files with equal scores are read together, each in part: that is
    the mean over all their orders, so a score that says nothing catches ``share``. ValueError when there are no fixes.
    """
    total = sum(fixes)
    if not total:
        raise ValueError("no fixes")
    left, found = share * sum(lines), 0.0
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    for _, group in groupby(order, key=lambda i: scores[i]):
        same = list(group)
        size = sum(lines[i] for i in same)
        part = min(1.0, left / size) if size else 1.0
        found += part * sum(fixes[i] for i in same)
        left -= part * size
        if part < 1:
            break
    return found / total
