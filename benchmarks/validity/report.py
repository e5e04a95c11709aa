"""The Markdown that the benchmark prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.validity.candidates import Candidate
from benchmarks.validity.hotspots import definitions, named, order_within, risk
from benchmarks.validity.past import File, Snapshot
from benchmarks.validity.trial import (
    Agreement,
    agreement,
    by_repository,
    chosen,
    every_fix,
    mean,
    narrow_fix,
    split,
    usable,
)

SHIPPED = "as shipped: analyzers/file_risk.py"


def shipped(files: Sequence[File]) -> list[float]:
    """The score that the checks use, from the facts that the collectors make."""
    return [risk(file) for file in files]


def report(seen: Sequence[Snapshot], tried: Sequence[Candidate]) -> list[str]:
    """All tables, line by line."""
    training, held_out = split(seen)
    fitted = {c.name: mean(by_repository(c.score, seen, training).values()) for c in tried}
    winner = chosen((c, fitted[c.name]) for c in tried)
    rows = [*tried, Candidate(SHIPPED, shipped, 2)]
    return [
        *_snapshots(seen, training),
        "",
        f"Chosen on training: **{winner.name}**",
        "",
        *_candidates(rows, seen, training, held_out),
        "",
        *_repositories([c for c in rows if c.alone or c.name in (winner.name, SHIPPED) or "ARC-003" in c.name], seen),
        "",
        *_wins(winner, [c for c in rows if c is not winner and (c.alone or "ARC-003" in c.name)], seen, held_out),
        "",
        *_hotspots(seen, training, held_out),
    ]


def _snapshots(seen: Sequence[Snapshot], training: frozenset[str]) -> Iterator[str]:
    yield "| repository | half | day | product files | lines | files fixed in the year after | in the stricter reading | |"
    yield "|---|---|---|--:|--:|--:|--:|---|"
    for one in seen:
        half = "training" if one.repository in training else "held out"
        fixed, narrow = (sum(truth(f) > 0 for f in one.files) for truth in (every_fix, narrow_fix))
        note = "" if usable(one) else "too few: left out"
        lines = sum(f.lines for f in one.files)
        yield f"| {one.repository} | {half} | {one.day:%Y-%m-%d} | {len(one.files)} | {lines:,} | {fixed} | {narrow} | {note} |"


def _candidates(
    rows: Sequence[Candidate], seen: Sequence[Snapshot], training: frozenset[str], held_out: frozenset[str]
) -> Iterator[str]:
    yield "| score | training AUC | training, in 10 % of lines | held-out AUC | held-out, in 10 % of lines | held-out AUC, stricter | stricter, in 10 % of lines |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for candidate in rows:
        figures = (
            mean(by_repository(candidate.score, seen, training).values()),
            mean(by_repository(candidate.score, seen, held_out).values()),
            mean(by_repository(candidate.score, seen, held_out, narrow_fix).values()),
        )
        yield f"| {candidate.name} | " + " | ".join(_cells(a) for a in figures) + " |"


def _cells(told: Agreement) -> str:
    return f"{told.area:.3f} | {100 * told.caught:.1f} %"


def _repositories(rows: Sequence[Candidate], seen: Sequence[Snapshot]) -> Iterator[str]:
    training, held_out = split(seen)
    told = {c.name: by_repository(c.score, seen, training | held_out) for c in rows}
    yield "| repository | half | " + " | ".join(told) + " |"
    yield "|---|---|" + "--:|" * len(told)
    for name in (*sorted(training), *sorted(held_out)):
        half = "training" if name in training else "held out"
        cells = (f"{told[c][name].area:.2f}, {100 * told[c][name].caught:.0f} %" for c in told)
        yield f"| {name} | {half} | " + " | ".join(cells) + " |"


def _wins(
    winner: Candidate, others: Sequence[Candidate], seen: Sequence[Snapshot], held_out: frozenset[str]
) -> Iterator[str]:
    """On how many held-out snapshots and repositories the winner has the larger area."""
    days = [one for one in seen if one.repository in held_out and usable(one)]
    whole = by_repository(winner.score, seen, held_out)
    for other in others:
        won = sum(agreement(winner.score, d).area > agreement(other.score, d).area for d in days)
        told = by_repository(other.score, seen, held_out)
        names = sum(whole[name].area > told[name].area for name in whole)
        yield f"- against {other.name}: larger area on {won} of {len(days)} dates, {names} of {len(whole)} repositories held out"


def _hotspots(seen: Sequence[Snapshot], training: frozenset[str], held_out: frozenset[str]) -> Iterator[str]:
    yield "| hotspots: above the 90th percentile of | half | of the files | of the lines | of the fixes | fixed in the year after |"
    yield "|---|---|--:|--:|--:|--:|"
    for name, pick in definitions().items():
        for half, names in (("training", training), ("held out", held_out)):
            told = named(pick, seen, names)
            figures = (told.files, told.lines, told.fixes, told.fixed)
            yield f"| {name} | {half} | " + " | ".join(f"{100 * share:.1f} %" for share in figures) + " |"
    yield ""
    for half, names in (("training", training), ("held out", held_out)):
        new, old, dates = order_within(seen, names)
        yield f"- order within the check's hotspots, {half}: AUC {new:.3f} by risk, {old:.3f} by changes × complexity ({dates} dates)"
