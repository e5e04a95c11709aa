import pytest

from reports.drawings.layers import acyclic_order, layered


def test_importers_stand_above_what_they_import() -> None:
    assert layered(4, [(0, 1), (1, 2), (0, 2), (3, 2)]) == ((0, 3), (1,), (2,))


def test_nodes_without_edges_come_last() -> None:
    assert layered(3, [(2, 0)]) == ((2,), (0,), (1,))


def test_a_cycle_is_opened_at_one_edge() -> None:
    layers = layered(3, [(0, 1), (1, 2), (2, 0)])
    assert [len(layer) for layer in layers] == [1, 1, 1]


def test_an_acyclic_graph_keeps_every_edge_downwards() -> None:
    arcs = [(a, b) for a in range(12) for b in range(a + 1, 12) if (a * 7 + b * 3) % 4 == 0]
    place = {node: n for n, node in enumerate(acyclic_order(sorted({n for arc in arcs for n in arc}), arcs))}
    assert all(place[a] < place[b] for a, b in arcs)


def test_lines_are_uncrossed() -> None:
    """0 over 3 and 1 over 2 cross when both layers are in order of number: one of them must turn."""
    above, below = layered(4, [(0, 3), (1, 2)])
    assert [above.index(0) < above.index(1), below.index(3) < below.index(2)] in ([True, True], [False, False])


@pytest.mark.parametrize("edges", [[], [(0, 0)]])
def test_nothing_imports_anything(edges: list[tuple[int, int]]) -> None:
    assert layered(2, edges) == ((0, 1),)
    assert layered(0, []) == ()


def test_every_node_stands_once() -> None:
    layers = layered(60, [(a, (a * 7 + 3) % 60) for a in range(60)] + [((a * 5) % 60, a) for a in range(60)])
    assert sorted(n for layer in layers for n in layer) == list(range(60))
