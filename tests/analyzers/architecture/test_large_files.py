from analyzers.architecture.large_files import large_files
from scanner.core.outcomes import NotApplicable
from scanner.facts.tree import CodeSize, FileLines
from tests.builders_checks_b import measured, plain


def test_a_large_test_or_example_is_no_god_file() -> None:
    files = (
        plain(FileLines, path="tests/all.py", role="test", code=9000),
        plain(FileLines, path="god.py", role="product", code=3000),
        plain(FileLines, path="edge.py", role="product", code=1000),
    )
    outcome = measured(large_files(plain(CodeSize, files=files)))
    assert outcome.value == 75
    assert [p.path for p in outcome.places] == ["god.py"]


def test_no_code() -> None:
    assert isinstance(large_files(plain(CodeSize)), NotApplicable)
