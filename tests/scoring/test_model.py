import pytest

from scanner.core.outcomes import Severity
from scoring.model import level_of, likelihood_of, severity_of, subject_weight


@pytest.mark.parametrize(
    ("points", "level"),
    [(0, 1), (29.9, 1), (30, 2), (49.9, 2), (50, 3), (69.9, 3), (70, 4), (84.9, 4), (85, 5), (100, 5)],
)
def test_levels_begin_at_their_bounds(points: float, level: int) -> None:
    assert level_of(points) == level


def test_a_rounding_error_does_not_decide_a_level() -> None:
    assert level_of(0.7 * 100 * 1.0 - 1e-13) == 4


@pytest.mark.parametrize(("points", "likelihood"), [(0, 5), (19.9, 5), (20, 4), (40, 3), (60, 2), (80, 1), (100, 1)])
def test_low_points_make_a_risk_likely(points: float, likelihood: int) -> None:
    assert likelihood_of(points) == likelihood


@pytest.mark.parametrize(
    ("points", "weight", "severity"),
    [
        (9, 2, Severity.HIGH),
        (9, 1, Severity.MEDIUM),
        (10, 2, Severity.MEDIUM),
        (20, 2, Severity.LOW),
        (39, 1, Severity.LOW),
    ],
)
def test_a_figure_alone_is_high_only_near_zero_on_a_heavy_check(
    points: float, weight: float, severity: Severity
) -> None:
    assert severity_of(points, weight) is severity


@pytest.mark.parametrize(
    ("criticality", "commits", "weight"),
    [
        (1, 0, 2.0),  # 8 × 0.25
        (4, 0, 0.25),  # 1 × 0.25
        (3, 99, 4.5),  # 2 × (0.25 + log10 100)
        (2, 10**6, 12.0),  # 4 × cap 3
        (9, 0, 0.25),  # outside the range: least critical
        (3, None, 6.0),  # not known: as much as it could be, 2 × cap 3
    ],
)
def test_weight_is_criticality_times_activity(criticality: int, commits: int | None, weight: float) -> None:
    assert subject_weight(criticality, commits) == pytest.approx(weight)
