from __future__ import annotations

import pytest

from collectors.code.graph import Raw
from collectors.code.script_imports import ScriptResolver, parse
from collectors.code.script_settings import Package, Paths, parse_config, paths_of

CODE = b"""import a from "./a"; import "./side"; export * from './b'; const c = require('./c');
import("./d"); require(x); foo("./no"); // import z from "./comment"
const s = `import q from "./text"`;
"""


def test_specifiers_by_hand() -> None:
    assert parse(CODE, ".js").imports == ("./a", "./side", "./b", "./c", "./d")
    typed = b'import type { T } from "./t"; import z = require("./z"); const x = <T,>(y: T) => y;'
    assert parse(typed, ".ts").imports == ("./t", "./z")
    assert parse(b'import A from "./a"; const b = <A/>;', ".tsx").imports == ("./a",)


def test_broken_and_deep_code_still_gives_what_it_can() -> None:
    assert parse(b'import a from "./a"; function (((', ".js").imports == ("./a",)
    assert parse(b"(" * 100_000, ".ts").imports == ()
    assert parse(b"\xff\0", ".js").imports == ()


FILES = (
    "web/src/a.ts", "web/src/b/index.tsx", "web/src/c.js", "web/src/App.vue", "web/src/x.mts", "web/src/style.css", "web/tsconfig.json",
    "packages/core/package.json", "packages/core/src/index.ts", "packages/core/src/deep.ts", "packages/ui/main.js", "web/src/data.json",
)  # fmt: skip
RESOLVER = ScriptResolver(
    FILES,
    {"web": Paths("web", True, (("#/*", ("src/*",)), ("exact", ("src/c.js",))))},
    (("@acme/core", Package("packages/core")), ("ui", Package("packages/ui", ("main.js",)))),
)


@pytest.mark.parametrize(
    ("specifier", "target"),
    [
        ("./b", "web/src/b/index.tsx"),
        ("./c.js", "web/src/c.js"),
        ("./a.js", "web/src/a.ts"),
        ("./x.mjs", "web/src/x.mts"),
        ("./App", "web/src/App.vue"),
        ("#/c", "web/src/c.js"),
        ("exact", "web/src/c.js"),
        ("src/b", "web/src/b/index.tsx"),
        ("@/b", "web/src/b/index.tsx"),
        ("@acme/core", "packages/core/src/index.ts"),
        ("@acme/core/deep", "packages/core/src/deep.ts"),
        ("ui", "packages/ui/main.js"),
        ("./a?raw", "web/src/a.ts"),
    ],
)
def test_resolved_to_files(specifier: str, target: str) -> None:
    out = RESOLVER.resolve("web/src/a.ts", Raw((specifier,)))
    assert (out.modules, out.external, out.unresolved) == ({target}, 0, 0)


def test_outside_nowhere_and_assets() -> None:
    outside = RESOLVER.resolve("web/src/a.ts", Raw(("react", "node:fs", "@acme/other", "lodash/fp")))
    assert (outside.modules, outside.external, outside.unresolved) == (set(), 4, 0)
    nowhere = RESOLVER.resolve(
        "web/src/a.ts", Raw(("./gone", "#/gone", "@/gone", "../../../../out", "@acme/core/gone"))
    )
    assert (nowhere.modules, nowhere.external, nowhere.unresolved) == (set(), 0, 5)
    assets = RESOLVER.resolve("web/src/a.ts", Raw(("./style.css", "./gone.svg", "./data.json")))
    assert (assets.modules, assets.external, assets.unresolved) == (set(), 0, 0)


def test_tsconfig_with_comments_and_trailing_commas() -> None:
    text = (
        b'\xef\xbb\xbf{ // why\n "compilerOptions": { /* x */ "paths": {"@app/*": ["./src/*",],}, "u": "http://x" , } }'
    )
    assert paths_of("web", parse_config(text)) == Paths("web", False, (("@app/*", ("./src/*",)),))
    assert paths_of("", {"compilerOptions": {"baseUrl": "./src"}}) == Paths("src", True, ())
    assert paths_of("", {"compilerOptions": []}) is None
    assert paths_of("", []) is None


@pytest.mark.parametrize("text", [b"", b"{", b'"open', b"[" * 100_000, b"/* open", b"{'a': 1}", b'{"a\\'])
def test_a_broken_config_is_a_value_error(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"char|nested"):
        parse_config(text)


def test_the_root_of_the_repository_is_a_folder_with_an_index_too() -> None:
    resolver = ScriptResolver(("index.js", "lib/a.js", "test/app.js"), {}, ())
    assert resolver.resolve("test/app.js", Raw(("..", "../", "../lib/a"))).modules == {"index.js", "lib/a.js"}
