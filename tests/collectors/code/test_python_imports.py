from __future__ import annotations

import pytest

from collectors.code.graph import Raw
from collectors.code.python_imports import PythonResolver, parse

FILES = (
    "src/acme/__init__.py", "src/acme/core.py", "src/acme/web/__init__.py", "src/acme/web/views.py", "src/acme/types.py", "scripts/run.py",
    "scripts/lib_a.py", "tools/lib_b.py", "tests/test_core.py", "packages/one/one/__init__.py", "packages/two/two/__init__.py",
    "ns/part/mod.py",
)  # fmt: skip


def resolved(path: str, *written: str) -> tuple[set[str], int, int]:
    out = PythonResolver(FILES).resolve(path, Raw(written))
    return out.modules, out.external, out.unresolved


def test_imports_as_written() -> None:
    code = b"\xef\xbb\xbfimport a.b as c, d\nfrom .x import y, z\nfrom .. import w\ndef f():\n    from e import *\nif TYPE_CHECKING:\n    import g\n"
    assert parse(code).imports == ("a.b", "d", ".x:y", ".x:z", "..:w", "e:*"), (
        "what only type checkers read does not run"
    )


@pytest.mark.parametrize(
    ("path", "written", "target"),
    [
        ("src/acme/core.py", "acme.web.views", "src/acme/web/views.py"),
        ("src/acme/core.py", "acme.web:views", "src/acme/web/views.py"),
        ("src/acme/core.py", "acme.web:NAME", "src/acme/web/__init__.py"),
        ("src/acme/web/views.py", ".:views", "src/acme/web/views.py"),
        ("src/acme/web/views.py", "..core:f", "src/acme/core.py"),
        ("src/acme/web/views.py", "..:core", "src/acme/core.py"),
        ("src/acme/web/__init__.py", ".views:*", "src/acme/web/views.py"),
        ("tests/test_core.py", "acme.core:f", "src/acme/core.py"),
        ("scripts/run.py", "lib_a", "scripts/lib_a.py"),
        ("packages/one/one/__init__.py", "two", "packages/two/two/__init__.py"),
        ("scripts/run.py", "ns.part.mod", "ns/part/mod.py"),
    ],
)
def test_resolved_to_files(path: str, written: str, target: str) -> None:
    assert resolved(path, written) == ({target}, 0, 0)


def test_outside_and_nowhere_are_kept_apart() -> None:
    assert resolved("src/acme/core.py", "requests:get", "requests:post", "types:X", "os.path") == (set(), 3, 0)
    assert resolved("src/acme/core.py", "acme.gone:x", ".gone:x", ".....far:x") == (set(), 0, 3)
    assert resolved("scripts/run.py", "lib_b") == (set(), 1, 0)


def test_namespace_packages_below_a_project_file_are_known_by_their_whole_name() -> None:
    files = (
        "libs/one/pyproject.toml",
        "libs/one/src/acme/one/core.py",
        "libs/two/pyproject.toml",
        "libs/two/acme/two/api.py",
    )
    out = PythonResolver(files).resolve(
        "libs/two/acme/two/api.py", Raw(("acme.one.core:x", "acme.one:core", "other.one"))
    )
    assert (out.modules, out.external, out.unresolved) == ({"libs/one/src/acme/one/core.py"}, 1, 0)
