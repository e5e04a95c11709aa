from math import log

import pytest

from analyzers.architecture.risk_under_test import risk_under_test
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.code import ImportGraph
from scanner.facts.history import FileChange, FileChanges
from scanner.facts.tree import CodeSize, FileLines
from tests.builders_checks_b import measured, plain

GRAPH = plain(ImportGraph, modules=("a.py", "b.py", "pkg"), edges=(("a.py", "b.py"),), imported_by_tests=("a.py",))


def size(**lines: int) -> CodeSize:
    files = tuple(
        plain(FileLines, path=path.replace("__", "/") + ".py", role="product", code=n) for path, n in lines.items()
    )
    return plain(CodeSize, files=files, product_code=sum(lines.values()), test_code=10)


def changes(**recent: float) -> FileChanges:
    files = tuple(
        plain(FileChange, path=path.replace("__", "/") + ".py", recent_changes=weight, revisions_365_days=round(weight))
        for path, weight in recent.items()
    )
    return plain(FileChanges, files=files)


def test_the_share_of_risk_by_hand() -> None:
    outcome = measured(risk_under_test(GRAPH, changes(a=2, b=4, pkg__c=8), size(a=9, b=99, pkg__c=99)))
    loaded = 2 * log(10) + 4 * log(100)
    assert outcome.value == pytest.approx(100 * loaded / (loaded + 8 * log(100)))
    assert [(p.path, p.message) for p in outcome.places] == [
        ("pkg/c.py", "8 revisions in the year, 99 lines, and no test loads it")
    ]


def test_a_quiet_file_is_no_finding() -> None:
    outcome = measured(risk_under_test(GRAPH, changes(a=2, pkg__c=4), size(a=9, pkg__c=9)))
    assert outcome.value == pytest.approx(100 * 2 / 6)
    assert outcome.places == ()


def test_what_cannot_be_told_is_not_zero() -> None:
    assert isinstance(risk_under_test(plain(ImportGraph), changes(a=2), size(a=9)), Unknown)
    outside = plain(ImportGraph, modules=("a.py",))
    assert isinstance(risk_under_test(outside, changes(a=2), size(a=9)), Unknown)
    assert isinstance(risk_under_test(GRAPH, changes(), size(a=9)), NotApplicable)
    assert isinstance(risk_under_test(GRAPH, changes(a=2), plain(CodeSize)), NotApplicable)
