from __future__ import annotations

import time

from collectors.code.graph import Raw
from collectors.code.java_imports import parse
from collectors.code.jvm_types import JvmResolver

CODE = b"""/* licence */ package org.acme.web;
import org.acme.core.Order;
import static org.acme.core.Money.zero;
import org.acme.util.*;
import java.util.List;
class Page extends Base { Order o = Helper.make(new Side()); }
"""


def test_package_imports_and_names() -> None:
    raw = parse(CODE)
    assert raw.package == "org.acme.web"
    assert raw.imports == ("org.acme.core.Order", "org.acme.core.Money.zero", "org.acme.util.*", "java.util.List")
    assert {"Page", "Base", "Order", "Helper", "Side"} <= set(raw.names)


def test_types_resolve_to_files_same_package_and_wildcards_included() -> None:
    page = parse(CODE)
    raws = {
        "web/Page.java": page, "web/Base.java": Raw((), "org.acme.web"), "web/Unused.java": Raw((), "org.acme.web"),
        "core/Order.java": Raw((), "org.acme.core"), "core/Money.java": Raw((), "org.acme.core"),
        "util/Helper.java": Raw((), "org.acme.util"), "util/Other.java": Raw((), "org.acme.util"),
    }  # fmt: skip
    out = JvmResolver(raws).resolve("web/Page.java", page)
    assert out.modules == {"web/Base.java", "core/Order.java", "core/Money.java", "util/Helper.java"}
    assert (out.external, out.unresolved) == (1, 0)
    gone = JvmResolver(raws).resolve("web/Base.java", Raw(("org.acme.core.Gone", "org.other.X"), "org.acme.web"))
    assert (gone.modules, gone.external, gone.unresolved) == (set(), 1, 1)


def test_comments_and_literals_name_nothing() -> None:
    code = b'// import a.A;\n/* import b.B; */ class X { String s = "import c.C; \\" Y"; char q = \'"\'; String t = """\nimport d.D;\n"""; Z z; }'
    raw = parse(code)
    assert raw.imports == ()
    assert raw.names == ("String", "X", "Z")


def test_a_hostile_file_costs_little_time() -> None:
    begun = time.perf_counter()
    for text in (
        b"a=>" * 300_000,
        b'"' * 900_000,
        b"/*" * 450_000,
        b"import " * 130_000,
        b"\n" * 900_000,
        b"import a" + b".a" * 400_000,
    ):
        parse(text)
    assert time.perf_counter() - begun < 5


def test_broken_code_gives_what_it_can() -> None:
    assert parse(b"package a.b; import x.Y; class {{{").package == "a.b"
    assert parse(b"\xff\0" * 100).imports == ()
