from analyzers.team.language_cover import language_cover
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.tree import CodeSize, LanguageLines
from tests.builders_checks_a import across, contributors, measured, person


def size(**lines: int) -> CodeSize:
    languages = tuple(LanguageLines(name, 1, code, 0, 0) for name, code in lines.items())
    return CodeSize(languages, (), sum(lines.values()), 0, 0, 0)


def test_who_works_in_a_language_is_told_by_its_repositories() -> None:
    sizes = across(a=size(Go=800, Shell=100), b=size(Cobol=500), c=size(Go=600), x=size(Rust=9))
    people = across(
        a=contributors(person("ann", 5), person("passer-by", 4)),
        b=contributors(person("bob", 50)),
        c=contributors(person("cid", 5)),
    )
    outcome = measured(language_cover(sizes, people))
    assert outcome.value == 70
    assert [p.anchor for p in outcome.places] == ["Cobol", "Shell"]


def test_no_code_nobody_active_and_disjoint_facts() -> None:
    nobody = across(a=contributors())
    assert isinstance(language_cover(across(a=size()), nobody), NotApplicable)
    assert isinstance(language_cover(across(a=size(Go=9)), nobody), NotApplicable)
    assert isinstance(language_cover(across(b=size(Go=9)), nobody), Unknown)
