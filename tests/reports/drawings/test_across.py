from reports.drawings.across import across
from scanner.core.drawings import CoupledRepositories, RepositoryCoupling
from scanner.core.evidence import Unknown, Why
from tests.builders_checks_a import named

HOSTILE = "<script>alert(1)</script>"
PAIR = CoupledRepositories(named("api"), named(HOSTILE), 6, 0.4)


def test_a_pair_is_an_arc_and_a_row() -> None:
    drawn = across(RepositoryCoupling(365, 24, 6, (PAIR,), 3), "inherit")
    assert drawn.svg.count("<path") == 1
    assert "<script>" not in drawn.svg
    assert drawn.tables[0].rows == (("acme/api", f"acme/{HOSTILE}", "6", "40 %"),)
    assert "6 of 24 issues" in drawn.words[0]
    assert "3 pairs are coupled" in drawn.words[1]
    assert "The closest 1 are drawn." in drawn.words[1]


def test_no_pair_one_repository_and_unknown_are_words() -> None:
    assert "No two repositories are coupled" in across(RepositoryCoupling(365, 24, 0, (), 0), "inherit").words[0]
    assert across(None, "inherit").words == ("There is one repository only.",)
    told = across(Unknown(Why.SAMPLE_TOO_SMALL, "3 issues", "name tickets"), "inherit").words[0]
    assert told == "Unknown: too few observations (3 issues). What closes it: name tickets."
