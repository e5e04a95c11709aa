from __future__ import annotations

import pytest

from collectors.code.csharp_imports import CSharpResolver, parse, references_of
from collectors.code.graph import Raw

ORDERS = b"""global using Acme.Shared;
using System.Text;
using Money = Acme.Core.Money;
using static Acme.Core.Rates;
namespace Acme.Web;
// Ghost
public class Orders : Base { string s = "Ghost"; Money m; Clock c; Deep.Thing t; class Inner {} }
public enum State { On }
"""


def test_what_a_file_says() -> None:
    raw = parse(ORDERS)
    assert raw.package == "Acme.Web"
    assert raw.declared == ("Acme.Web.Orders", "Acme.Web.State")
    assert set(raw.imports) == {"global Acme.Shared", "System.Text", "static Acme.Core.Money", "static Acme.Core.Rates"}
    assert {"Base", "Clock", "Money", "Orders"} <= set(raw.names)
    assert "Ghost" not in raw.names


def test_nested_namespaces_and_types_in_types() -> None:
    raw = parse(b"namespace A.B { namespace C { struct S { class T {} } } interface I {} }")
    assert set(raw.declared) == {"A.B.C.S", "A.B.I"}


def raws() -> dict[str, Raw]:
    return {
        "web/Orders.cs": parse(ORDERS),
        "web/Base.cs": parse(b"namespace Acme.Web; class Base {}"),
        "web/Unused.cs": parse(b"namespace Acme.Web; class Unused {}"),
        "core/Money.cs": parse(b"namespace Acme.Core; class Money {}"),
        "core/Rates.cs": parse(b"namespace Acme.Core; static class Rates {}"),
        "common/Clock.cs": parse(b"namespace Acme.Shared { class Clock {} }"),
        "other/Base.cs": parse(b"namespace Elsewhere; class Base {}"),
    }


def test_types_of_the_namespace_of_usings_and_of_static_ones() -> None:
    out = CSharpResolver(raws(), {}).resolve("web/Orders.cs", parse(ORDERS))
    assert out.modules == {"web/Base.cs", "core/Money.cs", "core/Rates.cs", "common/Clock.cs"}
    assert (out.external, out.unresolved) == (1, 0)


@pytest.mark.parametrize(
    ("named", "seen"),
    [
        (("../core/Core.csproj",), {"web/Base.cs", "core/Money.cs", "core/Rates.cs", "common/Clock.cs"}),
        (("../common/Shared.csproj",), {"web/Base.cs", "common/Clock.cs"}),
        (("Shared",), {"web/Base.cs", "common/Clock.cs"}),
        (("../../../Core.csproj",), {"web/Base.cs"}),
        ((), {"web/Base.cs"}),
    ],
    ids=["what core refers to, too", "only shared", "its published package", "out of the repository", "nothing"],
)
def test_a_project_sees_what_it_refers_to(named: tuple[str, ...], seen: set[str]) -> None:
    projects = {
        "web/Web.csproj": named,
        "core/Core.csproj": ("../common/Shared.csproj", "../web/Web.csproj"),
        "common/Shared.csproj": (),
    }
    assert CSharpResolver(raws(), projects).resolve("web/Orders.cs", parse(ORDERS)).modules == seen


def test_global_usings_hold_for_their_project_only() -> None:
    files = {
        "a/Usings.cs": parse(b"global using Acme.Shared;"),
        "a/A.cs": parse(b"class A { Clock c; }"),
        "b/B.cs": parse(b"class B { Clock c; }"),
        "common/Clock.cs": parse(b"namespace Acme.Shared; class Clock {}"),
    }
    resolver = CSharpResolver(
        files, {"a/A.csproj": ("../common/S.csproj",), "b/B.csproj": ("../common/S.csproj",), "common/S.csproj": ()}
    )
    assert resolver.resolve("a/A.cs", files["a/A.cs"]).modules == {"common/Clock.cs"}
    assert resolver.resolve("b/B.cs", files["b/B.cs"]).modules == set()


def test_references_of_a_project_file() -> None:
    text = b'<Project><ItemGroup><ProjectReference Include="..\\core\\Core.csproj"/><PackageReference Include="X"/></ItemGroup></Project>'
    assert references_of(text) == ("../core/Core.csproj", "X")
    old = b'<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><ProjectReference Include="a.csproj"/></Project>'
    assert references_of(old) == ("a.csproj",)


@pytest.mark.parametrize("text", [b"", b"<a", b"\xff\0", b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"])
def test_a_broken_or_hostile_project_file_is_a_value_error(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"XML|Entit"):
        references_of(text)


@pytest.mark.parametrize("code", [b"class {{{", b"(" * 20_000, b"namespace A {" * 2_000, b"\xff\xfe\0"])
def test_broken_code_gives_what_it_can(code: bytes) -> None:
    assert len(parse(code).declared) <= 3_000
