from dataclasses import replace

from analyzers.adaptation.code_age import code_age
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.history import FileChange
from scanner.facts.tree import CodeSize, FileLines
from tests.builders_checks_a import activity, ago, change, changes, measured


def touched(path: str, days: float) -> FileChange:
    return replace(change(path), last_at=ago(days))


def size(**lines: int) -> CodeSize:
    files = tuple(FileLines(path.replace("_", "/") + ".py", "Python", "product", n, 0) for path, n in lines.items())
    return CodeSize((), files, sum(lines.values()), 0, 0, 0)


def test_lines_in_files_untouched_for_three_years() -> None:
    history = changes(
        touched("src/a.py", 1096), touched("src/b.py", 1095), touched("lib/c.py", 2000), touched("x.md", 9999)
    )
    fact = size(src_a=600, src_b=1000, lib_c=400)
    outcome = measured(code_age(history, fact, activity()))
    assert (outcome.value, outcome.sample) == (50, 2000)
    assert [(p.path, p.message) for p in outcome.places] == [
        ("src", "600 lines of code last changed over three years ago")
    ]


def test_files_of_unknown_age_are_left_out_or_make_it_unknown() -> None:
    assert measured(code_age(changes(touched("a.py", 2000)), size(a=600, b=600), activity())).value == 100
    assert isinstance(code_age(changes(touched("a.py", 1)), size(a=599, b=601), activity()), Unknown)


def test_small_and_dormant_code_does_not_apply() -> None:
    history = changes(touched("a.py", 2000))
    assert isinstance(code_age(history, size(a=999), activity()), NotApplicable)
    assert isinstance(code_age(history, size(a=9999), activity(commits_365_days=0)), NotApplicable)
