"""Running collectors on one subject: every fact they provide ends as exactly one evidence."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import collectors
from scanner.core.checks import plugins
from scanner.core.collecting import Ask, Collector, Found
from scanner.core.evidence import Evidence, Fact, Unknown, Unreadable, Why
from scanner.core.subjects import Kind, Subject
from scanner.facts.engagement import Moment

_log = logging.getLogger("assay." + __name__)


@cache
def all_collectors() -> tuple[Collector[Any], ...]:
    """Every collector, each after those whose facts it needs.

    ValueError when two provide one fact from the same kind of source, or needs go in a circle.
    """
    found = sorted(plugins(collectors, "COLLECTOR", Collector), key=lambda c: str(c.name))
    provided: set[tuple[type[Fact], type[object]]] = set()
    for collector in found:
        for fact_type in collector.provides:
            if (fact_type, collector.source) in provided:
                raise ValueError(f"two collectors provide {fact_type.__name__} from one source")
            provided.add((fact_type, collector.source))
    known = {fact_type for fact_type, _ in provided}
    ordered: list[Collector[Any]] = []
    left = found
    while left:
        awaited = {fact_type for c in left for fact_type in c.provides}
        ready = [c for c in left if known.issuperset(c.needs) and awaited.isdisjoint(c.needs)]
        if not ready:
            raise ValueError("collectors need each other in a circle")
        ordered.append(ready[0])
        left = [c for c in left if c is not ready[0]]
    return tuple(ordered)


def collectors_for(kind: Kind) -> tuple[Collector[Any], ...]:
    """The collectors asked about subjects of ``kind``."""
    return tuple(c for c in all_collectors() if c.about is kind)


def gather(
    subject: Subject,
    asked: Iterable[Collector[Any]],
    sources: Mapping[type[object], object],
    moment: Moment,
    holes: Mapping[type[object], Unknown],
    phase: Callable[[str], None],
    known: Iterable[Evidence] = (),
) -> list[Evidence]:
    """Ask about ``subject``: for each fact the collector whose source is open, else one that can say why not.

    ``sources`` are the open handles by type; ``holes`` says for a handle that could not be opened
    why not. ``known`` is evidence already at hand (from an earlier scan) that collectors may need.
    """
    evidence: dict[type[Fact], Evidence] = {e.fact_type: e for e in known}
    fresh: list[Evidence] = []
    asked = tuple(asked)
    answering = _answering(asked, sources, holes)
    for collector in asked:
        wanted = {t for t in collector.provides if answering[t] is collector}
        if not wanted:
            continue
        phase(collector.name)
        for item in _ask(collector, subject, sources, moment, holes, evidence):
            if item.fact_type in wanted:
                evidence[item.fact_type] = item
                fresh.append(item)
    return fresh


def _answering(
    asked: tuple[Collector[Any], ...], sources: Mapping[type[object], object], holes: Mapping[type[object], Unknown]
) -> dict[type[Fact], Collector[Any]]:
    """For each fact the one collector that answers: its source is open, else has a hole, else the first."""
    answering: dict[type[Fact], Collector[Any]] = {}
    for collector in sorted(asked, key=lambda c: 0 if c.source in sources else 1 if c.source in holes else 2):
        for fact_type in collector.provides:
            answering.setdefault(fact_type, collector)
    return answering


def _ask(
    collector: Collector[Any],
    subject: Subject,
    sources: Mapping[type[object], object],
    moment: Moment,
    holes: Mapping[type[object], Unknown],
    evidence: Mapping[type[Fact], Evidence],
) -> list[Evidence]:
    got: dict[type[Fact], Evidence] = {}
    unmet = _unmet(collector, sources, holes, evidence)
    rest = unmet or Unknown(Why.UNPARSABLE, "the collector found nothing to say")
    if unmet is None:
        facts = {need: evidence[need].content for need in collector.needs}
        ask: Ask[Any] = Ask(
            subject, sources[collector.source], moment.as_of, {n: f for n, f in facts.items() if isinstance(f, Fact)}
        )
        try:
            for item in collector.collect(ask):
                got[item.fact_type] = _evidence(subject, collector, item)
        except Unreadable as error:
            rest = error.hole
        except (Exception, SystemExit) as error:  # noqa: BLE001 - the boundary: whatever a collector does costs its own facts alone
            rest = Unknown(
                Why.CRASHED, f"{type(error).__name__} in {collector.name}", "report this to the makers of assay"
            )
            _log.warning("%s failed on %s: %s at %s", collector.name, subject.key, type(error).__name__, _where(error))
    return [
        got.get(fact_type) or Evidence(subject, fact_type, rest, "", collector.name, collector.version)
        for fact_type in collector.provides
    ]


def _unmet(
    collector: Collector[Any],
    sources: Mapping[type[object], object],
    holes: Mapping[type[object], Unknown],
    evidence: Mapping[type[Fact], Evidence],
) -> Unknown | None:
    if collector.source not in sources:
        return holes.get(collector.source) or Unknown(Why.NOT_REQUESTED, collector.absent)
    for need in collector.needs:
        item = evidence.get(need)
        if item is None or isinstance(item.content, Unknown):
            cause = item.content if item is not None and isinstance(item.content, Unknown) else None
            return cause or Unknown(Why.NOT_REQUESTED, f"{need.__name__} was not collected")
    return None


def _evidence(subject: Subject, collector: Collector[Any], item: Found) -> Evidence:
    return Evidence(
        subject, item.fact_type, item.content, item.source, collector.name, collector.version, item.commit, item.caveat
    )


def _where(error: BaseException) -> str:
    """The innermost frame as file:line: a message could quote what was read."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else "?"
