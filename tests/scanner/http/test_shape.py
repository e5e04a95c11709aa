from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.core.evidence import Unreadable, Why
from scanner.http.shape import Node, nodes, parse_json

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
ANYTHING = st.recursive(LEAVES, lambda x: st.lists(x, max_size=3) | st.dictionaries(st.text(max_size=3), x, max_size=3))
READERS = (
    "text", "raw_text", "text_or", "number", "flag", "flag_or_none", "flag_or_false", "moment", "moment_or_none", "node",
    "node_or_none", "nodes", "texts", "has",
)  # fmt: skip


@given(ANYTHING, st.sampled_from(READERS))
def test_no_value_makes_a_reader_raise_anything_but_unreadable(value: object, reader: str) -> None:
    hole = None
    try:
        getattr(Node({"k": value}, "GET /x"), reader)("k")
    except Unreadable as problem:
        hole = problem.hole
    assert hole is None or (hole.why is Why.UNPARSABLE and "GET /x" in hole.detail)


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        ("number", True), ("number", -1), ("number", 1.5), ("number", "3"), ("number", float("inf")), ("number", 2**63),
        ("flag", 1), ("flag", "true"), ("flag", None), ("text", 1), ("text", None),
        ("moment", "2026-01-01"), ("moment", "2026-01-01T00:00:00"), ("moment", "0001-01-01T00:00:00+14:00"),
        ("moment", 1_700_000_000), ("moment", None), ("node", []), ("nodes", {}), ("nodes", [None]), ("texts", ["a", 1]),
    ],
)  # fmt: skip
def test_a_wrong_type_is_a_hole_that_names_the_field(reader: str, value: Any) -> None:
    with pytest.raises(Unreadable, match="GET /x: field") as caught:
        getattr(Node({"field": value}, "GET /x"), reader)("field")
    assert caught.value.hole.why is Why.UNPARSABLE


def test_good_values_are_read_as_they_are() -> None:
    node = Node(
        {
            "n": 3.0,
            "t": " a\x1b[31mb\u202e ",
            "at": "2026-06-30T02:00:00+02:00",
            "f": False,
            "s": ["x"],
            "k": 0,
            "o": None,
        },
        "GET /x",
    )
    assert node.number("n") == 3
    assert node.text("t") == "a[31mb"
    assert node.moment("at") == datetime(2026, 6, 30, tzinfo=UTC)
    assert node.flag("f") is False
    assert node.texts("s") == ("x",)
    assert node.texts("absent") == ()
    assert node.scalar_or("k", "1") == "0"
    assert node.flag_or_none("absent") is None
    assert not node.has("o")


@pytest.mark.parametrize("body", [b"", b"{", b"<html>", b"\xff\xfe", b"[" * 200_000, b"NaN,"])
def test_what_is_no_json_is_unparsable(body: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_json(body, "GET /x")
    assert caught.value.hole.why is Why.UNPARSABLE


def test_a_list_names_the_item_that_is_wrong() -> None:
    with pytest.raises(Unreadable, match=r"GET /x\[1\] is int"):
        nodes([{}, 1], "GET /x")
