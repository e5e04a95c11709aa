from analyzers.team.small_departures import small_departures
from scanner.core.evidence import Unknown
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import across, contributors, measured, named, person, tree
from tests.builders_people import knowledge, knows

TEAM = contributors(*(person(name, 9, 1) for name in ("ann", "bob", "cleo", "dan", "eve")))
GONE = contributors(person("gone", 9))


def test_shares_lost_with_one_two_and_three_people() -> None:
    here = knowledge(
        *(knows(f"src/a{n}.py", "ann") for n in range(4)),
        *(knows(f"src/b{n}.py", "bob", "cleo") for n in range(3)),
        knows("src/x.py", "dan"),
        knows("src/shared.py"),
        knows("src/lost.py", "gone"),
    )
    there = knowledge(knows("t.py", "eve", "ann", "bob", "cleo"))
    paths = [f.path for f in here.busy_files]
    outcome = measured(
        small_departures(across(a=here, b=there), across(a=TEAM, b=GONE), across(a=tree(*paths), b=tree("t.py")))
    )
    assert (outcome.value, outcome.sample) == (70, 10)  # ann 4, then bob and cleo 3: 7 of 8 + 1 + 1 known or shared
    assert outcome.because.startswith("40 / 50 / 70 % of 10 ")  # ann; ann and dan; ann, bob and cleo
    assert "1 more have lost" in outcome.because
    assert [(p.path, p.subject, p.message) for p in outcome.places] == [
        ("src", named("a"), "P1, P2, P3 are the last to know 7 files in work here")
    ]
    assert [p.anchor for p in outcome.places] == ["src"], (
        "no finding is told apart by the numbers of people, which move"
    )
    assert not any(name in outcome.because for name in ("ann", "bob", "cleo"))


def test_only_those_of_the_set_who_know_a_folder_are_told_there() -> None:
    here = knowledge(knows("b/1.py", "cleo"), knows("b/2.py", "bob", "cleo"), knows("a/1.py", "ann"))
    outcome = measured(small_departures(across(a=here), across(a=TEAM), across(a=tree("a/1.py", "b/1.py", "b/2.py"))))
    assert [p.message for p in outcome.places] == [
        "P2, P3 are the last to know 2 files in work here",
        "P1 is the last to know 1 file in work here",
    ]


def test_small_teams_and_quiet_code_do_not_apply() -> None:
    known = across(a=knowledge(knows("1.py", "ann")))
    four = contributors(*(person(name, 9, 1) for name in ("ann", "bob", "cleo", "dan")))
    assert isinstance(small_departures(known, across(a=four), across(a=tree("1.py"))), NotApplicable)
    assert isinstance(small_departures(across(a=knowledge()), across(a=TEAM), across(a=tree("1.py"))), NotApplicable)


def test_what_cannot_be_told_is_unknown() -> None:
    known = across(a=knowledge(knows("1.py", "gone")))
    assert isinstance(small_departures(known, across(a=TEAM), across(b=tree("1.py"))), Unknown)
    assert isinstance(small_departures(known, across(a=TEAM), across(a=tree("1.py"))), Unknown), (
        "files that everyone who knew them left are no files that nobody can take along"
    )
