from analyzers.architecture.coupled_files import coupled_files
from scanner.core.outcomes import NotApplicable
from scanner.facts.history import ChangeCoupling, CoupledPair, FileChange, FileChanges
from scanner.facts.tree import CodeSize, FileLines
from tests.builders_checks_b import measured, plain

PATHS = [f"{folder}/{i}.py" for folder in ("app", "web") for i in range(5)]
SIZE = plain(
    CodeSize,
    files=(
        *(plain(FileLines, path=p, role="product") for p in PATHS),
        plain(FileLines, path="tests/0.py", role="test"),
    ),
)


def changed(revisions: int) -> FileChanges:
    paths = [*PATHS, "tests/0.py"]
    return plain(FileChanges, files=tuple(plain(FileChange, path=p, revisions_365_days=revisions) for p in paths))


def test_pairs_with_tests_and_neighbours_are_natural() -> None:
    pairs = (
        CoupledPair("app/0.py", "web/0.py", 8, 0.9),
        CoupledPair("app/0.py", "web/1.py", 5, 0.4),
        CoupledPair("app/2.py", "app/3.py", 9, 1.0),
        CoupledPair("app/4.py", "tests/0.py", 9, 1.0),
    )
    outcome = measured(coupled_files(plain(ChangeCoupling, pairs=pairs), changed(5), SIZE))
    assert outcome.value == 30
    assert [p.anchor for p in outcome.places] == ["web/0.py", "web/1.py"]


def test_a_quiet_year_is_not_judged() -> None:
    assert isinstance(coupled_files(plain(ChangeCoupling), changed(4), SIZE), NotApplicable)
    assert isinstance(coupled_files(plain(ChangeCoupling), changed(5), plain(CodeSize)), NotApplicable)
