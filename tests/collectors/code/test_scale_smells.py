from __future__ import annotations

from pathlib import Path

import pytest

from collectors.code import scale_smells
from collectors.code.grammars import language
from collectors.code.smells import BLOCKING, QUERY_IN_LOOP, is_query, parse
from collectors.code.syntax import root_of
from collectors.tree import code_size, listing
from scanner.facts.code import ScaleSmells
from scanner.facts.tree import CodeSize, Tree
from tests.builders_gitcode import GitRepo, fact_of

CODE = b"""
import time, requests

async def handler(session, ids):
    time.sleep(1)
    requests.get("x")
    def inner():
        time.sleep(2)
    for i in ids:
        await session.execute(i)
    return open("f")

def plain(cursor, ids):
    time.sleep(1)
    for row in cursor.execute("all"):
        cursor.execute("one")
        callback = lambda: cursor.execute("later")
    else:
        cursor.execute("end")
    while db.query(X):
        pass
    [User.objects.get(pk=i) for i in User.objects.filter(a=1)]
    for i in ids:
        cache.get(i)
"""


def test_smells_by_hand() -> None:
    got = parse(CODE)
    assert got.async_functions == 1
    assert got.smells == (
        (BLOCKING, 5, "time.sleep"),
        (BLOCKING, 6, "requests.get"),
        (QUERY_IN_LOOP, 10, "session.execute"),
        (BLOCKING, 11, "open"),
        (QUERY_IN_LOOP, 16, "cursor.execute"),
        (QUERY_IN_LOOP, 20, "db.query"),
        (QUERY_IN_LOOP, 22, "User.objects.get"),
    )


@pytest.mark.parametrize(
    "called",
    ["cur.execute", "self._session.scalars", "db.session.query", "User.objects.filter", "conn.cursor().execute"],
)
def test_queries(called: str) -> None:
    assert is_query(called)


@pytest.mark.parametrize(
    "called", ["executor.execute", "cache.get", "requests.get", "execute", "", "objects.get", "pool.submit"]
)
def test_no_queries(called: str) -> None:
    assert not is_query(called)


def test_deep_code_does_not_overflow() -> None:
    assert parse(b"x" + b".a()" * 90 + b"\n").smells == ()


def test_product_code_only(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    code = "async def f():\n    time.sleep(1)\n"
    repo.commit("Add the code", {"src/a.py": code, "tests/test_a.py": code, "src/bad.py": "def (:\n"})
    opened = repo.open()
    tree = fact_of(listing.COLLECTOR, opened, Tree)
    got = fact_of(
        scale_smells.COLLECTOR, opened, ScaleSmells, tree, fact_of(code_size.COLLECTOR, opened, CodeSize, tree)
    )
    assert [(s.kind, s.path, s.line) for s in got.smells] == [(BLOCKING, "src/a.py", 2)]
    assert (got.code_lines, got.async_functions) == (2 + 1, 1)


def test_statements_read_alone_say_what_the_whole_file_says() -> None:
    content = (
        b"import time\n\n\nclass Store:\n    name = 1\n\n    def all(self, rows):\n        for row in rows:\n"
        b"            self.cursor.execute(row)\n\n    async def wait(self):\n        time.sleep(1)\n\n\n"
        b"for row in range(9):\n    session.execute(row)\n"
    )
    read = parse(content, root_of(language("python"), content))
    expected = (
        (QUERY_IN_LOOP, 9, "self.cursor.execute"),
        (BLOCKING, 12, "time.sleep"),
        (QUERY_IN_LOOP, 16, "session.execute"),
    )
    assert (read.smells, read.async_functions) == (expected, 1)
