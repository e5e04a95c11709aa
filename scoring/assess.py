"""From indicators to the assessment: the one entry of scoring, a pure function."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from scanner.core.assessment import Assessment, Judged, SubjectProfile, TrendPoint
from scanner.core.checks import CheckSpec
from scanner.core.evidence import Evidence
from scanner.core.outcomes import Basis, Indicator, Measured
from scanner.core.stages import Stage
from scanner.core.subjects import Kind, Subject
from scoring.findings import Waived, register
from scoring.gaps import list_gaps, list_questions
from scoring.gates import open_gates
from scoring.model import MODEL_VERSION
from scoring.recommendations.catalogue import steps_for
from scoring.recommendations.engine import Estate, recommend
from scoring.recommendations.totals import plan_totals
from scoring.risk_templates import RISKS
from scoring.risks import register_risks
from scoring.stages import score_overall, score_stage, stage_figures
from scoring.swot import swot
from scoring.tallies import counted, judge, tally_all
from scoring.trend import Before, compare

__all__ = ["Inputs", "Waived", "assess"]


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a score may depend on.

    ``profiles`` holds every repository, weight 0 when it does not count. ``about`` says of each check id
    whether it is asked of each repository or once of the estate. ``indicators`` holds one answer per
    check and subject that counts; a missing one is unknown. ``holes`` is the evidence whose content is
    Unknown. ``day_rate`` is money in ``currency`` per person-day. ``estate`` is carried through.
    """

    engagement: str
    title: str
    tool_version: str
    as_of: date
    targets: tuple[str, ...]
    org: Subject
    profiles: tuple[SubjectProfile, ...]
    specs: Mapping[str, CheckSpec]
    about: Mapping[str, Kind]
    indicators: tuple[Indicator, ...]
    holes: tuple[Evidence, ...]
    waivers: tuple[Waived, ...] = ()
    day_rate: float | None = None
    currency: str = "EUR"
    estate: tuple[tuple[str, str], ...] = ()


def assess(inputs: Inputs, previous: Assessment | None = None, history: tuple[TrendPoint, ...] = ()) -> Assessment:
    """The assessment of ``inputs``, compared with ``previous`` (scored by the same model) when there is one.

    The order of indicators, profiles, holes and waivers does not matter. ValueError when two indicators
    answer one check about one subject.
    """
    judged = judge(inputs.indicators, inputs.specs)
    answers = {(j.indicator.check, j.indicator.subject): j for j in judged}
    tallies = tally_all(inputs.specs, inputs.about, inputs.org, counted(inputs.profiles), answers)
    by_stage = {stage: [t for t in tallies.values() if t.spec.stage is stage] for stage in Stage}
    figures = {stage: stage_figures(stage, found) for stage, found in by_stage.items()}
    before = Before(previous) if previous is not None else None
    heads = {p.subject: p.head for p in inputs.profiles}
    found = register(judged, inputs.specs, heads, inputs.as_of, inputs.waivers, before)
    caps = open_gates(found.findings, inputs.specs)
    stages = tuple(score_stage(stage, by_stage[stage], caps) for stage in Stage)
    estate = Estate(inputs.specs, tallies, by_stage, figures, found, inputs.day_rate, inputs.currency)
    steps = recommend(estate, steps_for(inputs.specs))
    risks = register_risks(RISKS, tallies, inputs.profiles, found.findings, steps)
    present = Assessment(
        engagement=inputs.engagement,
        title=inputs.title,
        model_version=MODEL_VERSION,
        tool_version=inputs.tool_version,
        as_of=inputs.as_of,
        targets=inputs.targets,
        profiles=tuple(sorted(inputs.profiles, key=lambda p: p.subject)),
        overall=score_overall(figures, caps),
        stages=stages,
        indicators=judged,
        findings=found.findings,
        recommendations=steps,
        plan=plan_totals(steps),
        risks=risks,
        swot=swot(stages, steps, risks, frozenset(r.id for r in RISKS if r.outside)),
        gaps=list_gaps(inputs.holes, judged, inputs.specs, inputs.org),
        questions=list_questions(judged, stages),
        basis_counts=basis_counts(judged),
        estate=inputs.estate,
    )
    return present if previous is None else replace(present, trend=compare(previous, present, history))


def basis_counts(judged: Iterable[Judged]) -> tuple[tuple[Basis, int], ...]:
    """How many figures were measured, inferred and declared; what is unknown has no basis."""
    counts = Counter(j.indicator.outcome.basis for j in judged if isinstance(j.indicator.outcome, Measured))
    return tuple((basis, counts[basis]) for basis in Basis)
