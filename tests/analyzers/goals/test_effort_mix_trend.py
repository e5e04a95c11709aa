import pytest

from analyzers.goals.effort_mix_trend import effort_mix_trend
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.knowledge import EffortMix, QuarterMix
from tests.builders import AS_OF
from tests.builders_checks_a import across, measured
from tests.builders_people import QUARTERS

Kinds = dict[str, int]


def mix(*quarters: Kinds, commits: int = 0) -> EffortMix:
    rows = zip(QUARTERS[3:], quarters, strict=True)
    return EffortMix(AS_OF, tuple(QuarterMix(name, commits or sum(k.values()), tuple(k.items())) for name, k in rows))


def test_the_share_of_repair_year_over_year() -> None:
    before, after = {"fix": 2, "feature": 8}, {"fix": 3, "security": 1, "feature": 6}
    here = mix(*[before] * 4, *[after] * 4, {"fix": 99})  # the quarter that runs is left out
    there = mix({"feature": 20}, *[Kinds()] * 3, {"feature": 20}, *[Kinds()] * 4)
    outcome = measured(effort_mix_trend(across(a=here, b=there)))
    assert outcome.value == pytest.approx(100 * 16 / 60 - 100 * 8 / 60)
    assert outcome.sample == 120
    assert "2024-Q2 7, 2024-Q3 20, " in outcome.because  # 2 of 30, then 2 of 10


def test_small_years_do_not_apply_and_unclassified_ones_are_unknown() -> None:
    quiet = mix(*[{"fix": 12}] * 4, *[{"fix": 20}] * 5)
    assert isinstance(effort_mix_trend(across(a=quiet)), NotApplicable)
    vague = mix(*[{"fix": 12}] * 9, commits=25)
    assert isinstance(effort_mix_trend(across(a=vague)), Unknown)
