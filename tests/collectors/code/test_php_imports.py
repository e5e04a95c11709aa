from __future__ import annotations

import pytest

from collectors.code.graph import Raw
from collectors.code.php_imports import PhpResolver, parse, psr4_of

CODE = rb"""<?php
namespace App\Web;
use App\Core\Order;
use App\Core\{Money, Rates as R};
use function App\Core\zero;
require __DIR__ . '/boot.php';
require_once 'vendor/autoload.php';
// use App\Ghost;
class Page extends Base { function f() { return new \App\Side\Thing(Sub\Part::X, "Ghost"); } }
"""


def test_what_a_file_says() -> None:
    raw = parse(CODE)
    assert (raw.package, raw.declared) == ("App.Web", ("Page",))
    assert {
        "App.Core.Order",
        "App.Core.Money",
        "App.Core.Rates",
        "App.Core.zero",
        "App.Side.Thing",
        "in App.Web.Sub.Part",
    } <= set(raw.imports)
    assert {"./boot.php", "./vendor/autoload.php"} <= set(raw.imports)
    assert "Base" in raw.names
    assert "Ghost" not in raw.names


def test_types_resolve_by_what_files_declare_and_by_psr4() -> None:
    page = parse(CODE)
    raws = {
        "src/Web/Page.php": page, "src/Web/boot.php": Raw(()), "src/Web/Base.php": Raw((), "App.Web", declared=("Base",)),
        "src/Core/Order.php": Raw((), "App.Core", declared=("Order",)), "src/Core/Money.php": Raw(()),
        "src/Core/fns.php": Raw((), "App.Core", declared=("zero",)), "src/Web/Sub/Part.php": Raw(()),
    }  # fmt: skip
    out = PhpResolver(raws, {"App": ["src"]}).resolve("src/Web/Page.php", page)
    assert out.modules == set(raws) - {"src/Web/Page.php"}
    # App.Core.Rates and vendor/autoload.php lead nowhere, App.Side.Thing outside: no file declares anything in App.Side
    assert (out.external, out.unresolved) == (1, 2)


def test_places_of_prefixes() -> None:
    composer = {
        "autoload": {"psr-4": {"App\\": "src/", "Lib\\": ["a", "../../out"]}},
        "autoload-dev": {"psr-4": {"App\\": "tests"}},
    }
    assert psr4_of("api", composer) == {"App": ["api/src", "api/tests"], "Lib": ["api/a", ""]}
    assert psr4_of("", []) == {}
    assert psr4_of("", {"autoload": {"psr-4": ["x"]}}) == {}


def test_paths_out_of_the_repository_lead_nowhere() -> None:
    out = PhpResolver({"a.php": Raw(())}, {}).resolve("a.php", Raw(("./../../../etc/passwd.php",)))
    assert out.modules == set()


@pytest.mark.parametrize(
    "code", [b"", b"<?php class {{{", b"<?php " + b"(" * 20_000, b"\xff\0", b"<?php use " + b"A\\" * 50_000]
)
def test_broken_code_gives_what_it_can(code: bytes) -> None:
    assert len(parse(code).imports) <= 2_000
