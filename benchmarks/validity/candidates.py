"""The scores that are tried, each with how many inputs it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import log1p

from benchmarks.validity.measures import ranks
from benchmarks.validity.past import File

HALF_LIVES = (60, 90, 180, 365)
"""Days after which a change weighs half."""

Input = Callable[[File], float]
Score = Callable[[Sequence[File]], list[float]]

COEFFICIENTS: dict[str, tuple[float, ...]] = {
    "regression: changes, lines": (0.67, 0.76),
    "regression: recent 60, lines": (1.29, 0.75),
    "regression: recent 60, complexity": (1.58, 0.49),
    "regression: recent 60, fixes, people, lines, complexity": (0.91, 0.39, 0.38, 0.67, 0.00),
    "regression: recent 90, lines": (1.16, 0.70),
    "regression: recent 90, complexity": (1.43, 0.45),
    "regression: recent 90, fixes, people, lines, complexity": (0.85, 0.37, 0.28, 0.65, 0.00),
    "regression: recent 180, lines": (0.94, 0.66),
    "regression: recent 180, complexity": (1.19, 0.41),
    "regression: recent 180, fixes, people, lines, complexity": (0.59, 0.40, 0.33, 0.61, 0.00),
    "regression: recent 365, lines": (0.75, 0.68),
    "regression: recent 365, complexity": (0.99, 0.40),
    "regression: recent 365, fixes, people, lines, complexity": (0.29, 0.40, 0.53, 0.60, 0.00),
}
"""Of the regressions, in the order of their inputs; fitted on the training repositories (``--fit`` prints them)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A named score; ``alone`` marks the single measures that it has to beat."""

    name: str
    score: Score
    inputs: int
    alone: bool = False


def changes(file: File) -> float:
    """Human commits of the year that touched it."""
    return sum(age <= 365 for age in file.ages)


def lines(file: File) -> float:
    """Lines of code."""
    return file.lines


def complexity(file: File) -> float:
    """The sum of its functions' cyclomatic complexity."""
    return file.complexity


def people(file: File) -> float:
    """People who changed it in the year."""
    return file.change.people_365_days if file.change else 0


def recent(half_life: int, file: File) -> float:
    """Changes, each weighing half for every ``half_life`` days of age."""
    return float(sum(0.5 ** (age / half_life) for age in file.ages))


def recent_fixes(half_life: int, file: File) -> float:
    """The same of the changes that were fixes."""
    return float(sum(0.5 ** (age / half_life) for age in file.fix_ages))


def regressions() -> Iterator[tuple[str, tuple[Input, ...]]]:
    """Name and inputs of each regression; ln(1 + x) is taken of every input."""
    yield "regression: changes, lines", (changes, lines)
    for days in HALF_LIVES:
        now, mended = partial(recent, days), partial(recent_fixes, days)
        yield f"regression: recent {days}, lines", (now, lines)
        yield f"regression: recent {days}, complexity", (now, complexity)
        yield f"regression: recent {days}, fixes, people, lines, complexity", (now, mended, people, lines, complexity)


def candidates() -> tuple[Candidate, ...]:
    """All of them, the single measures first."""
    return tuple(_all())


def _all() -> Iterator[Candidate]:
    for name, alone in (("changes alone", changes), ("size alone", lines), ("complexity alone", complexity)):
        yield Candidate(name, _each(alone), 1, alone=True)
    yield Candidate("changes × complexity (as in ARC-003)", _each(lambda f: changes(f) * f.complexity), 2)
    yield Candidate("changes × lines", _each(lambda f: changes(f) * f.lines), 2)
    yield Candidate("people", _each(people), 1)
    for days in HALF_LIVES:
        now, mended = partial(recent, days), partial(recent_fixes, days)
        yield Candidate(f"recent {days}", _each(now), 1)
        yield Candidate(f"fixes {days}", _each(mended), 1)
        for size_name, size in (("lines", lines), ("complexity", complexity)):
            yield Candidate(f"recent {days} × {size_name}", _each(_product(now, size, float)), 2)
            yield Candidate(f"recent {days} × √{size_name}", _each(_product(now, size, lambda x: x**0.5)), 2)
            yield Candidate(f"recent {days} × ln {size_name}", _each(_product(now, size, log1p)), 2)
            yield Candidate(f"ranks: recent {days}, {size_name}", _rank_sum(now, size), 2)
            yield Candidate(f"ranks: recent {days}, fixes, {size_name}", _rank_sum(now, mended, size), 3)
        yield Candidate(
            f"ranks: recent {days}, fixes, people, complexity", _rank_sum(now, mended, people, complexity), 4
        )
        yield Candidate(f"recent {days} ÷ lines", _each(_dense(now)), 2)
    for name, inputs in regressions():
        if name in COEFFICIENTS:
            yield Candidate(name, _each(_linear(COEFFICIENTS[name], inputs)), sum(c > 0 for c in COEFFICIENTS[name]))


def _each(one: Input) -> Score:
    return lambda files: [one(file) for file in files]


def _product(a: Input, b: Input, bend: Callable[[float], float]) -> Input:
    return lambda file: a(file) * bend(b(file))


def _dense(a: Input) -> Input:
    return lambda file: a(file) / file.lines


def _linear(coefficients: Sequence[float], inputs: Sequence[Input]) -> Input:
    return lambda file: sum(c * log1p(value(file)) for c, value in zip(coefficients, inputs, strict=True))


def _rank_sum(*inputs: Input) -> Score:
    def score(files: Sequence[File]) -> list[float]:
        columns = [ranks([value(file) for file in files]) for value in inputs]
        return [sum(row) for row in zip(*columns, strict=True)]

    return score
