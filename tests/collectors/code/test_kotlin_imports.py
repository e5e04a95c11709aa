from __future__ import annotations

import pytest

from collectors.code.kotlin_imports import parse

CODE = b"""package org.acme.web
import org.acme.core.Order
import org.acme.util.*
import org.acme.core.zero as nil
// Ghost
class Page : Base() { val s = "Ghost"; val o = Order() }
interface Shown
object Registry
fun render() = 1
val limit = 3
typealias Id = String
"""


def test_what_a_file_says() -> None:
    raw = parse(CODE)
    assert raw.package == "org.acme.web"
    assert raw.imports == ("org.acme.core.Order", "org.acme.util.*", "org.acme.core.zero")
    assert set(raw.declared) == {"Page", "Shown", "Registry", "render", "limit", "Id"}
    assert {"Base", "Order"} <= set(raw.names)
    assert "Ghost" not in raw.names


@pytest.mark.parametrize("code", [b"", b"class {{{", b"(" * 20_000, b"\xff\0", b"import " * 5_000])
def test_broken_code_gives_what_it_can(code: bytes) -> None:
    assert parse(code).package == ""
