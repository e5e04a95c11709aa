from __future__ import annotations

import time

import pytest

from collectors.code.c_includes import IncludeResolver, parse
from collectors.code.graph import Raw

FILES = (
    "src/main.c", "src/net.c", "src/net.h", "src/only.h", "include/acme/api.h", "src/util/log.h", "lib/log.h", "src/sds.h",
    "deps/sds/sds.h", "deps/sds/sds.c", "lib/string.h", "readme.md",
)  # fmt: skip


def test_every_branch_of_a_condition_counts_and_comments_do_not() -> None:
    code = b"""#include "a.h"
#include <b/c.h>
#ifdef X
#  include "d.h"
#else
#include "e.h"
#endif
// #include "no.h"
/* #include "no.h" */
#include MACRO
const char *s = "#include \\"no.h\\"";
extern "C" {
#include "f.h"
}
"""
    assert set(parse(code).imports) == {'"a.h"', "<b/c.h>", '"d.h"', '"e.h"', '"f.h"'}


@pytest.mark.parametrize(
    ("path", "written", "target"),
    [
        ("src/main.c", '"net.h"', "src/net.c"),
        ("src/main.c", '"only.h"', "src/only.h"),
        ("src/main.c", "<acme/api.h>", "include/acme/api.h"),
        ("src/util/log.h", '"../net.h"', "src/net.c"),
        ("src/main.c", '"log.h"', "src/util/log.h"),
        ("src/main.c", "<sds.h>", "deps/sds/sds.c"),
        ("src/main.c", '"sds.h"', "src/sds.h"),
    ],
    ids=[
        "header and source are one",
        "header alone",
        "by its end",
        "upward",
        "same top",
        "angled is not beside",
        "quoted is",
    ],
)
def test_resolved_to_files(path: str, written: str, target: str) -> None:
    out = IncludeResolver(FILES).resolve(path, Raw((written,)))
    assert (out.modules, out.external, out.unresolved) == ({target}, 0, 0)


def test_the_standard_library_is_outside_and_paths_out_of_the_repository_lead_nowhere() -> None:
    out = IncludeResolver(FILES).resolve("src/main.c", Raw(("<string.h>", "<stdio.h>", '"gone.h"', '"../../../net.h"')))
    assert (out.modules, out.external, out.unresolved) == (set(), 3, 1)


def test_a_source_file_does_not_use_its_own_header() -> None:
    assert IncludeResolver(FILES).resolve("src/net.c", Raw(('"net.h"',))).modules == set()


def test_hostile_files_cost_little_time() -> None:
    begun = time.perf_counter()
    for code in (
        b"#if 1\n" * 20_000,
        b"{" * 100_000,
        b'#include "' * 20_000,
        b'#include "a.h"\n' * 20_000,
        b"\xff\0" * 50_000,
    ):
        assert len(parse(code).imports) <= 2_000
    assert time.perf_counter() - begun < 10
