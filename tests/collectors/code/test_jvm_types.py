from __future__ import annotations

from collectors.code import java_imports, kotlin_imports
from collectors.code.graph import Raw
from collectors.code.jvm_types import JvmResolver

RAWS = {
    "a/Page.kt": kotlin_imports.parse(
        b"package p.web\nimport p.core.zero\nimport p.core.Order.Line\nclass Page { val b = Base() }"
    ),
    "a/Base.kt": kotlin_imports.parse(b"package p.web\nopen class Base\nclass Second"),
    "b/Order.java": java_imports.parse(b"package p.core; import p.web.Second; import p.core.MoneyKt; class Order { }"),
    "b/money.kt": kotlin_imports.parse(b"package p.core\nfun zero() = 0"),
    "c/All.java": java_imports.parse(
        b"package p.all; import p.web.*; import static p.core.Order.of; class All { Base b; }"
    ),
}


def led(path: str, raw: Raw | None = None) -> tuple[set[str], int, int]:
    out = JvmResolver(RAWS).resolve(path, raw or RAWS[path])
    return out.modules, out.external, out.unresolved


def test_kotlin_uses_its_package_functions_and_types_in_java_types() -> None:
    assert led("a/Page.kt") == ({"a/Base.kt", "b/money.kt", "b/Order.java"}, 0, 0)


def test_java_uses_types_of_kotlin_files_with_other_names_and_their_functions() -> None:
    assert led("b/Order.java") == ({"a/Base.kt", "b/money.kt"}, 0, 0)


def test_wildcards_lead_to_what_is_used_and_static_members_to_their_type() -> None:
    assert led("c/All.java") == ({"a/Base.kt", "b/Order.java"}, 0, 0)


def test_outside_and_nowhere() -> None:
    assert led("a/Page.kt", Raw(("java.util.List", "p.core.Gone", "p.core.Gone.Inner"), "p.web")) == (set(), 1, 2)


def test_the_nearest_of_two_types_of_one_name() -> None:
    raws = {"x/src/T.java": Raw((), "p"), "y/src/T.java": Raw((), "p"), "y/src/U.java": Raw((), "p", ("T",))}
    assert JvmResolver(raws).resolve("y/src/U.java", raws["y/src/U.java"]).modules == {"y/src/T.java"}
