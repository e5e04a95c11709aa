from analyzers.state.code_measured import code_measured
from scanner.core.outcomes import NotApplicable
from scanner.facts.code import Functions
from tests.builders_checks_a import function_cover, measured


def test_share_of_lines() -> None:
    assert measured(code_measured(function_cover(300, 400))).value == 75


def test_unparsed_files_are_places_and_docs_only_does_not_apply() -> None:
    functions = Functions((), ("Python",), 9, 10, (("b.py", "syntax"), ("a.py", "syntax")))
    assert [p.path for p in measured(code_measured(functions)).places] == ["a.py", "b.py"]
    assert isinstance(code_measured(function_cover(0, 0)), NotApplicable)
