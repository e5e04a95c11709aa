from __future__ import annotations

from collectors.code.go_imports import GoResolver, module_path, parse, replacements
from collectors.code.graph import Raw


def test_import_paths() -> None:
    code = b'package a\nimport "fmt"\nimport (\n  x "acme.io/api/x"\n  _ `acme.io/api/y`\n)\n// import "no"\n'
    assert parse(code).imports == ("fmt", "acme.io/api/x", "acme.io/api/y")
    assert parse(b'package a\nimport (\n"x"\n func (((').imports[:1] in ((), ("x",))


def test_module_paths() -> None:
    assert module_path(b"// comment\nmodule acme.io/api // x\n\ngo 1.22\n") == "acme.io/api"
    assert module_path(b"go 1.22\n") == ""


def test_packages_are_folders_of_the_longest_module() -> None:
    files = ("main.go", "x/x.go", "x/x_test.go", "sub/y/y.go")
    resolver = GoResolver(files, {"acme.io/api": "", "acme.io/api/sub": "sub"})
    out = resolver.resolve(
        "main.go",
        Raw(("fmt", "acme.io/api/x", "acme.io/api/sub/y", "acme.io/api/gone", "acme.io/apiary", "acme.io/api")),
    )
    assert (out.modules, out.external, out.unresolved) == ({"x", "sub/y", "."}, 2, 1)
    assert resolver.resolve("x/x_test.go", Raw(())).modules == {"x"}


def test_what_is_taken_from_a_folder() -> None:
    text = b'replace a.io/x => ./x\nreplace (\n  a.io/y v1 => "../y" // why\n  a.io/z => b.io/z v2\n)\n// replace a.io/q => ./q\n'
    assert replacements(text) == {"a.io/x": "./x", "a.io/y": "../y"}
