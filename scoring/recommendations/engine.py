"""Which declared steps apply, what each would gain by re-scoring, and in which order to take them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from scanner.core.assessment import Days, Finding, Gain, Horizon, Recommendation
from scanner.core.checks import CheckSpec
from scanner.core.stages import Stage
from scanner.core.subjects import Kind, Subject
from scoring.findings import Register
from scoring.gates import is_open, trips
from scoring.model import GATE_BONUS, HORIZON_DAYS, MINOR_GAIN, SMALLEST_STEP
from scoring.recommendations.step import Step
from scoring.stages import Figures, score_overall, stage_figures
from scoring.tallies import Part, Tally

HORIZONS: tuple[Horizon, ...] = ("now", "30 days", "60 days", "100 days", "year")
REASONS, PATHS = 3, 5


@dataclass(frozen=True, slots=True)
class Estate:
    """What the engine reads: the tallies by check, their stages' figures, the findings, and the price of a day."""

    specs: Mapping[str, CheckSpec]
    tallies: Mapping[str, Tally]
    by_stage: Mapping[Stage, Sequence[Tally]]
    figures: Mapping[Stage, Figures]
    register: Register
    day_rate: float | None = None
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class _Case:
    """A step that applies: the answers that fall short of it, the open findings it closes, its price and gain.

    ``stage`` is the step's own, or that of its first answer that falls short when its own has none.
    ``subjects`` are the repositories affected; the estate itself when no repository is named.
    """

    step: Step
    stage: Stage
    short: tuple[tuple[str, Part], ...]
    closed: tuple[Finding, ...]
    subjects: tuple[Subject, ...]
    lifted: int
    days: Days
    gain: Gain

    @property
    def worth(self) -> float:
        """Overall points, and the bonus for each gate lifted, per likely person-day."""
        return (self.gain.overall + GATE_BONUS * self.lifted) / self.days.likely

    @property
    def local_worth(self) -> float:
        """Points of its own stage per likely person-day: tells steps apart in stages too dark to count in the whole."""
        return self.gain.stage / self.days.likely


def graph(steps: Iterable[Step]) -> nx.DiGraph[str]:
    """The prerequisite graph, from a step to those that build on it. ValueError on a cycle, an unknown or a repeated id."""
    declared = list(steps)
    ids = {s.id for s in declared}
    if len(ids) != len(declared):
        raise ValueError("two steps share an id")
    found: nx.DiGraph[str] = nx.DiGraph()
    found.add_nodes_from(sorted(ids))
    for step in declared:
        if unknown := set(step.prerequisites) - ids:
            raise ValueError(f"{step.id} builds on unknown steps {sorted(unknown)}")
        found.add_edges_from((earlier, step.id) for earlier in step.prerequisites)
    if not nx.is_directed_acyclic_graph(found):
        raise ValueError("prerequisites run in a circle")
    return found


def recommend(estate: Estate, steps: Sequence[Step]) -> tuple[Recommendation, ...]:
    """Every step that an addressed check calls for, in the order to take them.

    The value of a step is what it gains per day, or what the best step it opens gains per day if that is
    more; prerequisites that are not called for count as done.
    """
    cases = {case.step.id: case for step in steps if (case := _case(estate, step)) is not None}
    order = graph(steps)
    # A prerequisite that is not called for still passes on the order between its neighbours.
    opens = {i: sorted(nx.descendants(order, i) & cases.keys()) for i in cases}
    called: nx.DiGraph[str] = nx.DiGraph()
    called.add_nodes_from(sorted(cases))
    called.add_edges_from((i, later) for i, opened in opens.items() for later in opened)
    value = {i: max((cases[n].worth, cases[n].local_worth) for n in (i, *opens[i])) for i in cases}
    ranked = list(nx.lexicographical_topological_sort(called, key=lambda i: (-value[i][0], -value[i][1], i)))
    horizons: dict[str, int] = {}
    for i in ranked:
        horizons[i] = max([_horizon(cases[i]), *(horizons[e] for e in called.predecessors(i))])
    return tuple(
        _recommendation(
            estate, cases[i], rank, horizons[i], tuple(p for p in cases[i].step.prerequisites if p in cases)
        )
        for rank, i in enumerate(ranked, start=1)
    )


def _case(estate: Estate, step: Step) -> _Case | None:
    short = tuple(_short(estate, step))
    if not short:
        return None
    findings = estate.register.by_answer
    closed = tuple(f for check, part in short for f in findings.get((check, part.subject), ()) if is_open(f))
    named = {p.subject for _, p in short if p.subject.kind is Kind.REPO}
    named |= {f.subject for f in closed if f.subject.kind is Kind.REPO}
    subjects = tuple(sorted(named or {p.subject for _, p in short}))
    lifted = len({f.check for f in closed if trips(f, estate.specs[f.check])})
    touched = [estate.specs[check].stage for check, _ in short]
    stage = step.stage if step.stage in touched else touched[0]
    gain = _gain(estate, step, stage, short)
    return _Case(step, stage, short, closed, subjects, lifted, _days(step, subjects, closed), gain)


def _short(estate: Estate, step: Step) -> Iterator[tuple[str, Part]]:
    """The measured answers that the step would improve: below its target, or holding a gate."""
    for check in step.addresses:
        tally = estate.tallies.get(check)
        for part in tally.parts if tally is not None else ():
            found = estate.register.by_answer.get((check, part.subject), ())
            if part.points < step.target - 1e-9 or any(trips(f, estate.specs[check]) for f in found):
                yield check, part


def _gain(estate: Estate, step: Step, own: Stage, short: Sequence[tuple[str, Part]]) -> Gain:
    """The model run again with every answer that falls short at the target, and the places behind it gone."""
    subjects: dict[str, set[Subject]] = {}
    for check, part in short:
        subjects.setdefault(check, set()).add(part.subject)
    raised = {c: estate.tallies[c].raised(frozenset(who), step.target) for c, who in subjects.items()}
    after = dict(estate.figures)
    for stage in sorted({t.spec.stage for t in raised.values()}, key=lambda s: s.number):
        after[stage] = stage_figures(stage, [raised.get(t.spec.id, t) for t in estate.by_stage[stage]])
    whole = _difference(score_overall(estate.figures).score, score_overall(after).score)
    return Gain(_difference(estate.figures[own].score, after[own].score), whole)


def _difference(before: float | None, after: float | None) -> float:
    return 0.0 if before is None or after is None else max(0.0, after - before)


def _number(step: Step, subjects: Sequence[Subject], closed: Sequence[Finding]) -> int:
    return {"repository": len(subjects), "finding": max(1, len(closed)), "estate": 1}[step.effort.per]


def _days(step: Step, subjects: Sequence[Subject], closed: Sequence[Finding]) -> Days:
    effort = step.effort
    likely = max(SMALLEST_STEP, effort.base + effort.each * _number(step, subjects, closed))
    return Days(likely / effort.spread, likely, likely * effort.spread)


def _formula(case: _Case) -> str:
    effort = case.step.effort
    varying = ""
    if effort.each:
        number = _number(case.step, case.subjects, case.closed)
        plural = {"repository": "repositories", "finding": "findings", "estate": "estates"}[effort.per]
        varying = f" + {effort.each:g} d × {number} {effort.per if number == 1 else plural}"
    return f"{effort.base:g} d{varying} (low ÷ {effort.spread:g}, high × {effort.spread:g})"


def _horizon(case: _Case) -> int:
    """Index of the horizon: at once where a gate is lifted, else by likely days; a minor gain may wait one longer."""
    if case.lifted:
        return 0
    by_effort = sum(case.days.likely > limit for limit in HORIZON_DAYS)
    return min(len(HORIZONS) - 1, by_effort + (case.gain.overall < MINOR_GAIN))


def _why(case: _Case) -> str:
    worst = sorted(case.short, key=lambda pair: (pair[1].points, pair[0], pair[1].subject))
    lines = [f"{p.subject.name}: {p.because}" if p.subject.kind is Kind.REPO else p.because for _, p in worst]
    return "; ".join(list(dict.fromkeys(lines))[:REASONS])


def _where(case: _Case) -> tuple[str, ...]:
    named = sorted(case.closed, key=lambda f: (-f.severity.rank, f.subject, f.path, f.line or 0))
    paths = dict.fromkeys(f"{f.subject.name}: {f.path}" for f in named if f.path)
    return (*(s.name for s in case.subjects), *list(paths)[:PATHS])


def _recommendation(
    estate: Estate, case: _Case, rank: int, horizon: int, prerequisites: tuple[str, ...]
) -> Recommendation:
    step, days = case.step, case.days
    cost = None
    if estate.day_rate is not None:
        low, likely, high = (round(d * estate.day_rate, 2) for d in (days.low, days.likely, days.high))
        cost = (low, likely, high, estate.currency)
    kpi = estate.specs.get(step.kpi)
    return Recommendation(
        id=step.id,
        title=step.title,
        stage=case.stage,
        why=_why(case),
        where=_where(case),
        addresses=tuple(dict.fromkeys(check for check, _ in case.short)),
        effort_days=Days(round(days.low, 2), round(days.likely, 2), round(days.high, 2)),
        effort_formula=_formula(case),
        gain=Gain(round(case.gain.stage, 2), round(case.gain.overall, 2)),
        findings_closed=len(case.closed),
        prerequisites=prerequisites,
        owner_role=step.owner_role,
        kpi=f"{step.kpi}: {kpi.question}" if kpi is not None else step.kpi,
        horizon=HORIZONS[horizon],
        rank=rank,
        fix=step.fix,
        cost=cost,
    )
