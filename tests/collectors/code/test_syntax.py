from __future__ import annotations

import time

import pytest
import tree_sitter_go
from tree_sitter import Language

from collectors.code.syntax import literal, nodes, root_of

GO = Language(tree_sitter_go.language())


def test_nodes_come_in_the_order_of_the_text() -> None:
    root = root_of(GO, b'package a\nimport ("x"; "y")\nvar s = "z"\n')
    assert [literal(n) for n in nodes(root, frozenset({"interpreted_string_literal"}))] == ["x", "y", "z"]
    assert literal(None) == ""


def test_a_large_file_is_read_whole() -> None:
    root = root_of(GO, b"package a\n" + b"func f() {}\n" * 20_000)
    assert sum(1 for _ in nodes(root, frozenset({"function_declaration"}))) == 20_000


def test_code_that_takes_for_ever_is_given_up() -> None:
    begun = time.process_time()
    with pytest.raises(TimeoutError):
        root_of(GO, b"case a:" * 130_000)
    assert time.process_time() - begun < 10


def test_depth_is_bounded() -> None:
    root = root_of(GO, b"package a\nvar x = " + b"(" * 50_000)
    assert sum(1 for _ in nodes(root, frozenset({"("}))) <= 50_000
