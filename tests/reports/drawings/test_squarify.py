from itertools import combinations

import pytest

from reports.drawings.squarify import Box, squarify


def rounded(box: Box) -> tuple[float, float, float, float]:
    return tuple(round(v, 4) for v in (box.x, box.y, box.width, box.height))


def test_the_example_of_the_paper() -> None:
    """Bruls et al. 2000, figure 4: areas 6, 6, 4, 3, 2, 2, 1 in 6 × 4. Row by row as printed there."""
    boxes = [rounded(b) for b in squarify([6, 6, 4, 3, 2, 2, 1], Box(0, 0, 6, 4))]
    assert boxes[0] == (0, 0, 3, 2)
    assert boxes[1] == (0, 2, 3, 2)
    assert boxes[2] == (3, 0, 1.7143, 2.3333)
    assert boxes[3] == (4.7143, 0, 1.2857, 2.3333)
    assert boxes[4] == (3, 2.3333, 1.2, 1.6667)


@pytest.mark.parametrize("weights", [[1], [5, 3, 2], [1000, 1, 1, 1], [7] * 13, [2**n for n in range(20, 0, -1)]])
def test_areas_are_in_proportion_and_nothing_overlaps_or_leaves_the_box(weights: list[int]) -> None:
    boxes = squarify(weights, Box(10, 20, 300, 200))
    for weight, box in zip(weights, boxes, strict=True):
        assert box.width * box.height == pytest.approx(weight / sum(weights) * 60_000)
        assert box.x + 1e-6 >= 10
        assert box.x + box.width <= 310 + 1e-6
        assert box.y + 1e-6 >= 20
        assert box.y + box.height <= 220 + 1e-6
    for a, b in combinations(boxes, 2):
        across = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
        down = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
        assert min(across, down) < 1e-6


def test_equal_parts_of_a_square_are_squares() -> None:
    assert {(round(b.width), round(b.height)) for b in squarify([1] * 4, Box(0, 0, 10, 10))} == {(5, 5)}


def test_nothing_gives_nothing() -> None:
    assert squarify([], Box(0, 0, 1, 1)) == ()
