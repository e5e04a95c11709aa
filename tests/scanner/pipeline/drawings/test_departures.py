from scanner.core.departures import AreaDeparture, Departures
from scanner.core.evidence import Across, Unknown, Why
from scanner.facts.engagement import System
from scanner.facts.history import Contributors
from scanner.facts.knowledge import FileKnowers, Knowledge
from scanner.pipeline.drawings.departures import departures
from tests.builders_checks_a import across, contributors, named, person, tree
from tests.builders_people import knowledge, knows

PEOPLE = ("p-ann", "p-bob", "p-cleo", "p-dan", "p-eve")
TEAM = contributors(*(person(name, 9, 1) for name in PEOPLE))


def judged(
    files: tuple[FileKnowers, ...], team: Contributors = TEAM, systems: tuple[System, ...] = ()
) -> Departures | Unknown:
    known: Across[Knowledge] = across(a=knowledge(*files))
    return departures(known, across(a=team), across(a=tree(*(f.path for f in files))), systems)


FILES = (
    *(knows(f"billing/{n}.py", "p-ann") for n in range(4)),
    knows("billing/4.py", "p-bob", "p-cleo"),
    *(knows(f"web/{n}.py", "p-bob", "p-cleo") for n in range(3)),
    *(knows(f"web/{n}.py", "p-dan", "p-eve") for n in (3, 4)),
    knows("setup.py", "p-ann", "p-bob", "p-cleo", "p-dan"),
    knows("billing/old.py", "p-gone"),
)


def test_sets_of_one_two_and_three_with_what_they_leave_to_nobody() -> None:
    made = judged(FILES)
    assert isinstance(made, Departures)
    assert (made.present, made.known, made.forgotten, made.areas_judged) == (5, 11, 1, 2)
    # one: ann 4; two: bob and cleo 1 + 3 are as many as ann 4, so ann with anybody, and the first set found stays ann alone
    assert [(s.size, s.files, s.certain) for s in made.sets] == [(1, 4, True), (2, 4, True), (3, 8, True)]
    assert made.sets[0].people == ("P1",)
    assert made.sets[0].areas == ((named("a"), "billing"),)  # 4 of 5 are over half
    assert made.sets[2].people == ("P1", "P2", "P3")  # ann, bob, cleo: in the order of billing/0.py and billing/4.py
    assert made.sets[2].areas == ((named("a"), "billing"), (named("a"), "web"))  # 5 of 5, 3 of 5
    assert made.sets[2].share == 8 / 11


def test_areas_and_systems_with_the_smallest_set_in_the_order_of_their_names() -> None:
    made = judged(FILES, systems=(System("shop", ("a",)), System("empty", ("nothing",))))
    assert isinstance(made, Departures)
    assert made.areas == (
        AreaDeparture("shop", None, "", ("P1", "P2", "P3"), 8, 11),
        AreaDeparture("", named("a"), "billing", ("P1",), 4, 5),
        AreaDeparture("", named("a"), "web", ("P2", "P3"), 3, 5),
    )


def test_small_areas_are_not_judged_and_shared_code_hangs_on_nobody() -> None:
    shared = tuple(knows(f"lib/{n}.py", *PEOPLE[:4]) for n in range(9))
    made = judged((*shared, *(knows(f"tiny/{n}.py", "p-ann") for n in range(4))))
    assert isinstance(made, Departures)
    assert made.areas == ()
    assert made.areas_judged == 1


def test_in_small_teams_only_single_departures_are_looked_at() -> None:
    made = judged(FILES, contributors(*(person(name, 9, 1) for name in PEOPLE[:4])))
    assert isinstance(made, Departures)
    assert [s.size for s in made.sets] == [1]
    assert [a.area for a in made.areas] == ["billing"]


def test_without_people_history_or_tree_it_is_unknown() -> None:
    alone = judged(FILES, contributors(person("p-ann", 9, 1), person("p-gone", 9)))
    assert isinstance(alone, Unknown)
    assert alone.detail.startswith("only one person")
    nobody = judged(FILES, contributors(person("p-gone", 9)))
    assert isinstance(nobody, Unknown)
    assert nobody.detail.startswith("nobody")
    hole = Unknown(Why.TIMED_OUT, "too long")
    assert departures(Across({}, {named("a"): hole}), across(a=TEAM), across(a=tree("x")), ()) == hole


def test_other_pseudonyms_give_the_same_sets_also_when_people_tie() -> None:
    def under(*names: str) -> Departures | Unknown:
        files = tuple(knows(f"x{n // 5}/{n}.py", names[n % 5]) for n in range(30))
        return judged(files, contributors(*(person(name, 9, 1) for name in names)))

    made = under(*PEOPLE)
    assert isinstance(made, Departures)
    assert [s.files for s in made.sets] == [6, 12, 18]
    assert under(*reversed(PEOPLE)) == made
    assert under("p-5", "p-1", "p-4", "p-2", "p-3") == made
