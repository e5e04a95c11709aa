from __future__ import annotations

import time

from collectors.code.graph import Raw
from collectors.code.script_imports import ScriptResolver
from collectors.code.script_settings import (
    Package,
    Paths,
    extended,
    filling,
    mappings,
    packages_of,
    parse_config,
    within,
)


def options(**given: object) -> dict[str, object]:
    return {"compilerOptions": given}


def test_what_a_config_extends_gives_paths_and_base() -> None:
    configs: dict[str, object] = {
        "tsconfig.base.json": options(baseUrl=".", paths={"@lib/*": ["lib/*"]}),
        "web/tsconfig.json": {"extends": "../tsconfig.base"},
        "own/tsconfig.json": {"extends": "../tsconfig.base.json"} | options(paths={"#x": ["./x"]}),
        "pkg/tsconfig.json": {"extends": ["@acme/config/strict.json", "./gone"]},
        "config/strict.json": options(paths={"s": ["./s"]}),
    }
    found = mappings(configs, {"@acme/config": "config"})
    base = Paths("", True, (("@lib/*", ("lib/*",)),))
    assert found["web"] == base
    assert found["own"] == Paths("", True, (("#x", ("./x",)),))
    assert found["pkg"] == Paths("config", False, (("s", ("./s",)),))
    assert found[""] == base


def test_configs_that_extend_each_other_come_to_an_end() -> None:
    configs: dict[str, object] = {
        f"{at}/tsconfig.json": {"extends": [f"../{other}/tsconfig.json" for other in "abcdefgh"]} for at in "abcdefgh"
    }
    begun = time.perf_counter()
    assert mappings(configs, {}) == {}
    assert time.perf_counter() - begun < 5


def test_odd_configs_extend_nothing() -> None:
    for config in (None, [], {"extends": 7}, {"extends": [None]}, {"extends": "unknown-package"}):
        assert extended("tsconfig.json", config, {}) == ()


def test_packages_exports_and_imports() -> None:
    loaded = {
        "name": "@acme/core", "main": "dist/index.js", "types": 7,
        "exports": {".": {"import": "./dist/index.mjs", "require": {"default": "./dist/index.cjs"}}, "./x/*": "./src/x/*.ts", "no": "y"},
        "imports": {"#inner/*": {"node": "./src/inner/*.js"}, "outer": "./z"},
    }  # fmt: skip
    assert packages_of("core", loaded) == (
        "@acme/core",
        Package(
            "core",
            ("dist/index.js",),
            ((".", ("./dist/index.mjs", "./dist/index.cjs")), ("./x/*", ("./src/x/*.ts",))),
            (("#inner/*", ("./src/inner/*.js",)),),
        ),
    )
    assert packages_of("", []) is None
    assert packages_of("a", {"name": 5, "exports": [["deep"]] * 9}) is not None


def test_exports_and_imports_lead_to_sources() -> None:
    files = ("core/src/index.ts", "core/src/x/deep.ts", "core/src/inner/part.js", "core/src/main.ts", "app/a.ts")
    loaded = {
        "name": "@acme/core",
        "exports": {".": "./dist/main.js", "./x/*": "./src/x/*.ts"},
        "imports": {"#inner/*": "./src/inner/*.js"},
    }
    package = packages_of("core", loaded)
    assert package is not None
    resolver = ScriptResolver(files, {}, [package])
    out = resolver.resolve("app/a.ts", Raw(("@acme/core", "@acme/core/x/deep", "#inner/part")))
    assert (out.modules, out.external, out.unresolved) == ({"core/src/index.ts", "core/src/x/deep.ts"}, 1, 0)
    inside = resolver.resolve("core/src/main.ts", Raw(("#inner/part", "#inner/gone")))
    assert (inside.modules, inside.unresolved) == ({"core/src/inner/part.js"}, 1)


def test_conditions_without_end_and_large_files_stay_bounded() -> None:
    deep: object = "./x.js"
    for _ in range(500):
        deep = {"default": deep}
    package = packages_of("", {"exports": deep})
    assert package is not None
    assert package[1].exports == ((".", ()),)
    wide = packages_of("", {"exports": {f"./{n}": "./x" for n in range(5_000)}})
    assert wide is not None
    assert len(wide[1].exports) == 500
    begun = time.perf_counter()
    parse_config(b'{"a": [' + b'"x", ' * 180_000 + b"]}")
    assert time.perf_counter() - begun < 5


def test_patterns() -> None:
    assert filling("@/*", "@/a/b") == "a/b"
    assert filling("*.js", "a.ts") is None
    assert filling("a*a", "a") is None
    assert (filling("x", "x"), filling("x", "y")) == ("", None)


def test_paths_out_of_the_repository_are_no_files_of_it() -> None:
    assert within("a", "../../etc/passwd") == "../etc/passwd"
    resolver = ScriptResolver(("etc/passwd.ts",), {"": Paths("../..", True, ())}, [])
    assert resolver.resolve("a.ts", Raw(("etc/passwd",))).modules == set()
