"""Laws of the score over arbitrary small estates."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.core.assessment import Assessment
from scanner.core.evidence import Unknown
from scanner.core.outcomes import Indicator, Measured, Outcome, Severity
from scanner.core.stages import Stage
from scanner.core.subjects import Kind, Subject
from scoring.assess import Inputs, Waived, assess
from tests.builders_scoring import AS_OF, HOLE, NOT_APPLICABLE, ORG, gate, inputs, place, spec

NEAR = 1e-9
law = settings(deadline=None)
REPOS = tuple(Subject(Kind.REPO, f"acme/{n}") for n in "abc")
SPECS = (
    spec("GOA-901", Stage.GOALS, "stated"), spec("GOA-902", Stage.GOALS, "traced", weight=0.5),
    spec("PRO-901", weight=2.0, sample=10), spec("PRO-902"), spec("PRO-903", practice="delivery"),
    spec("PRO-904", practice="flow", weight=0.5), spec("SEC-901", Stage.SECURITY, "secrets", gate=gate(Severity.HIGH)),
    spec("SEC-902", Stage.SECURITY, "dependencies", weight=2.0, gate=gate()),
)  # fmt: skip
ASKED = [("GOA-901", ORG)] + [(s.id, r) for s in SPECS[1:] for r in REPOS]

values = st.one_of(st.sampled_from([0.0, 30.0, 50.0, 70.0, 85.0, 100.0]), st.floats(0, 100))
places = st.lists(
    st.builds(place, st.sampled_from(["x", "y"]), st.sampled_from(Severity), path=st.sampled_from(["", "a", "b"])),
    max_size=3,
).map(tuple)
figures = st.builds(
    Measured,
    values,
    st.just("seen"),
    sample=st.one_of(st.none(), st.integers(0, 20)),
    places=places,
    certainty=st.floats(0, 1),
)
outcomes: st.SearchStrategy[Outcome] = st.one_of(figures, figures, st.just(NOT_APPLICABLE), st.just(HOLE))


@st.composite
def estates(draw: st.DrawFn) -> Inputs:
    answers = [Indicator(c, s, draw(outcomes), known=draw(st.sampled_from([1.0, 0.5]))) for c, s in ASKED]
    weights = {r: draw(st.sampled_from([0.0, 0.25, 1.0, 24.0])) for r in REPOS}
    return inputs(SPECS, answers, weights)


def changed(estate: Inputs, number: int, outcome: Outcome) -> Inputs:
    answers = list(estate.indicators)
    answers[number] = replace(answers[number], outcome=outcome)
    return replace(estate, indicators=tuple(answers))


def numbers(of: Assessment) -> list[tuple[str, float | None, float, float, float]]:
    """Name, score, low, high and coverage of the whole, every stage and every practice."""
    found = [("whole", of.overall.score, of.overall.low, of.overall.high, of.overall.coverage)]
    for s in of.stages:
        found.append((s.stage.value, s.score, s.low, s.high, s.coverage))
        found += [(p.key, p.score, p.low, p.high, p.coverage) for p in s.practices]
    return found


def levels(of: Assessment) -> list[int]:
    return [level or 0 for level in (of.overall.level, *(s.level for s in of.stages))]


@law
@given(estates(), st.randoms(use_true_random=False))
def test_the_order_of_indicators_and_profiles_is_irrelevant(estate: Inputs, shuffler: Random) -> None:
    answers, profiles = list(estate.indicators), list(estate.profiles)
    shuffler.shuffle(answers)
    shuffler.shuffle(profiles)
    assert assess(estate) == assess(replace(estate, indicators=tuple(answers), profiles=tuple(profiles)))


@law
@given(estates())
def test_every_score_lies_in_its_interval_and_the_waterfall_adds_up(estate: Inputs) -> None:
    result = assess(estate)
    for name, score, low, high, coverage in numbers(result):
        assert 0 <= low <= high <= 100 + NEAR, name
        assert 0 <= coverage <= 1, name
        assert score is None or low <= score <= high, name
        assert score is not None or high - low >= 100 - NEAR, name
    for stage in result.stages:
        bars = [c for p in stage.practices for c in p.checks]
        assert sum(b.moves for b in bars) == pytest.approx(0, abs=1e-8)
        assert sum(b.share for b in bars) == pytest.approx(1 if any(b.share for b in bars) else 0)
        assert all(b.low <= (b.points if b.points is not None else b.low) <= b.high for b in bars)
        assert 0 <= stage.confidence <= stage.coverage


@law
@given(estates(), st.integers(0, len(ASKED) - 1), outcomes)
def test_filling_a_hole_stays_inside_the_interval_and_never_lowers_coverage(
    estate: Inputs, at: int, filled: Outcome
) -> None:
    before, after = assess(changed(estate, at, HOLE)), assess(changed(estate, at, filled))
    for (name, _, low, high, coverage), (_, score, low2, high2, coverage2) in zip(
        numbers(before), numbers(after), strict=True
    ):
        assert low - NEAR <= low2, name
        assert high2 <= high + NEAR, name
        assert score is None or low - NEAR <= score <= high + NEAR, name
        assert coverage2 >= coverage - NEAR, name


@law
@given(estates(), st.integers(0, len(ASKED) - 1), figures, values)
def test_a_better_value_never_lowers_anything(estate: Inputs, at: int, figure: Measured, value: float) -> None:
    worse, better = sorted((figure.value, value))
    before = assess(changed(estate, at, replace(figure, value=worse)))
    after = assess(changed(estate, at, replace(figure, value=better)))
    for (name, score, low, high, _), (_, score2, low2, high2, _) in zip(numbers(before), numbers(after), strict=True):
        assert (score is None) == (score2 is None), name
        assert score is None or score2 is None or score2 >= score - NEAR, name
        assert low2 >= low - NEAR, name
        assert high2 >= high - NEAR, name
    assert all(b >= a for a, b in zip(levels(before), levels(after), strict=True))


@law
@given(estates(), st.integers(0, len(ASKED) - 1), figures)
def test_removing_a_finding_never_lowers_anything(estate: Inputs, at: int, figure: Measured) -> None:
    before = assess(changed(estate, at, figure))
    after = assess(changed(estate, at, replace(figure, places=figure.places[1:])))
    assert numbers(before) == numbers(after)
    assert all(b >= a for a, b in zip(levels(before), levels(after), strict=True))


@law
@given(estates(), st.data())
def test_waiving_never_changes_a_measure(estate: Inputs, data: st.DataObject) -> None:
    before = assess(estate)
    marks = [f.fingerprint for f in before.findings]
    chosen = data.draw(st.lists(st.sampled_from(marks), unique=True)) if marks else []
    after = assess(replace(estate, waivers=tuple(Waived(m, "accepted", "ann", AS_OF) for m in chosen)))
    assert numbers(before) == numbers(after)
    assert after.indicators == before.indicators
    assert len(after.findings) == len(before.findings)


@law
@given(estates())
def test_nothing_unknown_becomes_a_finding_or_a_figure(estate: Inputs) -> None:
    result = assess(replace(estate, indicators=tuple(replace(i, outcome=HOLE) for i in estate.indicators)))
    assert result.findings == result.recommendations == result.risks == result.swot == ()
    assert all(s.score is None and not s.assessable for s in result.stages)
    assert all(count == 0 for _, count in result.basis_counts)
    assert all(isinstance(j.indicator.outcome, Unknown) and j.points is None for j in result.indicators)
