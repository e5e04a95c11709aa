from datetime import date

from scanner.core.evidence import Across, Unknown, Why
from scanner.core.stack import StackInventory, StackItem
from scanner.core.subjects import Kind, Subject
from scanner.facts.dependencies import Component, SupportStatus, Unlisted, Vendors, VendorUse
from scanner.facts.infrastructure import Infrastructure, Resource
from scanner.facts.tree import CodeSize, LanguageLines
from scanner.pipeline.drawings.stack import ITEMS, PLACES, stack

TODAY = date(2026, 6, 30)
A, B = Subject(Kind.REPO, "a"), Subject(Kind.REPO, "b")
NOBODY: Across[Vendors] = Across({})
NOTHING: Across[Infrastructure] = Across({})


def sizes(**lines: dict[str, int]) -> Across[CodeSize]:
    told = {
        Subject(Kind.REPO, name): CodeSize(
            tuple(LanguageLines(k, 1, n, 0, 0) for k, n in spoken.items()), (), 0, 0, 0, 0
        )
        for name, spoken in lines.items()
    }
    return Across(told)


def component(product: str, cycle: str, ends: date | None, *, ended: bool = False, path: str = "Dockerfile", version: str = "") -> Component:  # fmt: skip
    return Component(product, cycle, "runtime", ends, ended, path, 1, version, "9", date(2026, 1, 1))


def status(*components: Component, unlisted: tuple[Unlisted, ...] = ()) -> SupportStatus:
    return SupportStatus(date(2026, 6, 1), components, 0, unlisted)


def of(support: dict[Subject, SupportStatus], spoken: Across[CodeSize] | None = None) -> StackInventory:
    return stack(spoken or sizes(), Across(support), NOBODY, NOTHING, TODAY)


def states(items: tuple[StackItem, ...]) -> list[tuple[str, str, str]]:
    return [(i.name, i.version, i.support) for i in items]


def test_states_by_the_day_of_the_assessment_worst_first() -> None:
    made = of({
        A: status(
            component("ruby", "3.4", None),
            component("python", "3.10", date(2027, 6, 30)),
            component("nodejs", "26", date(2027, 7, 1), version="26.1.0"),
            component("go", "1.20", date(2026, 6, 30), ended=True),
            component("perl", "5", None, ended=True),
            unlisted=(Unlisted("php", ">= 8", "runtime", "composer.json", 4, "only a range is written"),),
        )
    })  # fmt: skip
    assert states(made.items) == [
        ("go", "1.20", "ended"), ("perl", "5", "ended"), ("python", "3.10", "ending"), ("php", ">= 8", "unknown"),
        ("nodejs", "26.1.0", "supported"), ("ruby", "3.4", "supported"),
    ]  # fmt: skip
    by_name = {i.name: i for i in made.items}
    assert by_name["perl"].reason == "the table gives no day"
    assert by_name["ruby"].reason == "no end is announced"
    assert by_name["php"].ends is None
    assert (by_name["python"].latest, by_name["python"].latest_on) == ("9", date(2026, 1, 1))
    assert made.table_as_of == date(2026, 6, 1)


def test_one_version_in_many_places_is_one_item() -> None:
    many = tuple(component("go", "1.20", None, path=f"d{n:03}") for n in range(PLACES + 5))
    (item,) = of({A: status(*many), B: status(component("go", "1.20", None))}).items
    assert (len(item.places), item.places_total) == (PLACES, PLACES + 6)
    assert item.places[0].path == "d000"


def test_a_language_takes_the_worst_support_of_the_runtimes_of_its_repositories() -> None:
    found = {
        A: status(
            component("python", "3.8", date(2024, 10, 7), ended=True), component("python", "3.13", date(2029, 10, 1))
        ),
        B: status(component("nodejs", "26", date(2029, 1, 1))),
    }
    made = of(found, sizes(a={"Python": 100, "C": 5, "Ruby": 0}, b={"Python": 30, "Go": 7}))
    python, go, c = (i for i in made.items if i.kind == "language")
    assert (python.name, python.version, python.support, python.ends, python.code_lines) == (
        "Python", "3.13, 3.8", "ended", date(2024, 10, 7), 130,
    )  # fmt: skip
    assert [p.subject for p in python.places] == [A, B]
    assert (go.name, go.support, go.reason) == ("Go", "unknown", "no file pins a version")
    assert (c.name, c.support, c.reason) == ("C", "unknown", "no support dates are published for it")


def test_databases_that_only_a_client_or_a_declaration_tells_of_are_unknown() -> None:
    uses = (
        VendorUse("MongoDB", "database", "sdk", "pymongo", "uv.lock", 9),
        VendorUse("MongoDB", "database", "image", "mongo", "Dockerfile", 1),
        VendorUse("Stripe", "payments", "sdk", "stripe", "uv.lock", 3),
    )
    declared = tuple(
        Resource(kind, type_, "x", "aws", "main.tf", line)
        for kind, type_, line in (("database", "aws_db_instance", 1), ("database", "aws_rds_cluster", 9), ("database", "AWS::DynamoDB::Table", 12), ("queue", "aws_sqs_queue", 20))
    )  # fmt: skip
    known = status(component("amazon-rds-postgresql", "16", None, path="main.tf"))
    made = stack(
        sizes(), Across({A: known}), Across({A: Vendors(uses)}), Across({A: Infrastructure((), declared, (), (), ())}), TODAY
    )  # fmt: skip
    assert [(i.name, i.version, i.reason) for i in made.items if i.kind == "database"] == [
        ("AWS::DynamoDB::Table", "", "a managed service without versions"),
        ("MongoDB", "", "a client library names no version of the server (pymongo)"),
        ("aws_rds_cluster", "", "the file names no version"),
    ]


def test_repositories_whose_stack_is_unknown_are_named_and_items_bounded() -> None:
    hole = Unknown(Why.TIMED_OUT, "too long")
    lots = status(*(component(f"p{n:03}", "1", None) for n in range(ITEMS + 3)))
    made = stack(sizes(), Across({A: lots}, {B: hole}), NOBODY, NOTHING, TODAY)
    assert (len(made.items), made.left_out) == (ITEMS, 3)
    assert made.holes == ((B, hole),)
    nothing = stack(sizes(), Across({}), NOBODY, NOTHING, TODAY)
    assert (nothing.items, nothing.table_as_of) == ((), None)
