from __future__ import annotations

from pathlib import Path

import pytest

from collectors.code import static_analysis
from collectors.code.static_analysis import anchor, parse
from collectors.tree import code_size, listing
from scanner.core.outcomes import Severity
from scanner.facts.code import CodeFindings
from scanner.facts.tree import CodeSize, Tree
from tests.builders_gitcode import GitRepo, collected, fact_of

CODE = b"""import subprocess
subprocess.call("x" + y, shell=True)  # nosec
password = 'hunter2-sesame'
def f(token="tok-12345"): assert f
"""


def test_hits_with_nosec_overridden_and_counted() -> None:
    got = parse(CODE)
    assert got.suppressed == 1
    assert [(rule, line, severity) for rule, line, severity, *_ in got.hits] == [
        ("B404", 1, "LOW"),
        ("B602", 2, "HIGH"),
        ("B105", 3, "LOW"),
        ("B101", 4, "LOW"),
        ("B107", 4, "LOW"),
    ]


def test_no_value_of_the_target_is_repeated() -> None:
    said = repr(parse(CODE + b"requests.get('https://ann:s3cr3t@acme.io', password=\"it's s3cr3t\")\n"))
    for value in ("hunter2", "sesame", "tok-12345", "s3cr3t"):
        assert value not in said


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"  x = call('secret', \"two\")  # why", "x = call('…', '…')"),
        (b"x = '''open secret", "x = '…'"),
        (b'x = "half', "x ="),
        (b"\xff\0 = 1", "� = 1"),
        (b"", ""),
    ],
)
def test_anchors_hold_no_string(line: bytes, expected: str) -> None:
    assert anchor(line) == expected


def test_findings_of_product_python_only(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit("Add the code", {"src/a.py": CODE, "tests/test_a.py": CODE, "src/new.py": "def f[T](a: T): pass\n" * 2, "src/bad.py": "def (:\n",
                                 ".bandit": "[bandit]\nskips: B602\n"})  # fmt: skip
    opened = repo.open()
    tree = fact_of(listing.COLLECTOR, opened, Tree)
    size = fact_of(code_size.COLLECTOR, opened, CodeSize, tree)
    got = fact_of(static_analysis.COLLECTOR, opened, CodeFindings, tree, size)
    assert {f.path for f in got.findings} == {"src/a.py"}
    assert [f.line for f in got.findings if f.severity is Severity.HIGH] == [2]
    assert got.languages == ("Python",)
    assert "src/bad.py" in dict(got.unparsed)
    assert size.product_code > got.code_lines == 4, "only the four lines of src/a.py were read"


def test_without_python_nothing_was_judged(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit("Add the code", {"a.go": "package a\n"})
    opened = repo.open()
    tree = fact_of(listing.COLLECTOR, opened, Tree)
    size = fact_of(code_size.COLLECTOR, opened, CodeSize, tree)
    got = collected(static_analysis.COLLECTOR, opened, tree, size)[CodeFindings].content
    assert isinstance(got, CodeFindings)
    assert (got.languages, got.findings, got.code_lines) == ((), (), 0)
