import pytest

from analyzers.architecture.repository_cycles import repository_cycles
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.outcomes import NotApplicable
from scanner.facts.services import LinkKind, ServiceSurface
from tests.builders_checks_b import across, measured, repo
from tests.builders_services import SHOP, estate, plain_surface


def tied(name: str, *to: str, kind: LinkKind = "package") -> ServiceSurface:
    return plain_surface({"package": (name,), "channel": (name,)}, {kind: to})


def test_circles_are_counted_over_the_tied_repositories() -> None:
    outcome = measured(
        repository_cycles(
            across(
                a=tied("a", "b"),
                b=tied("b", "c"),
                c=tied("c", "a"),
                d=tied("d", "a"),
                e=tied("e"),
                f=tied("f", "outside"),
            )
        )
    )
    assert outcome.value == 75, "a, b and c of the four that are tied; e and f are tied to nobody"
    assert outcome.sample == 4
    assert [(p.subject, p.message) for p in outcome.places] == [
        (repo("acme/a"), "depends in a circle on acme/b, acme/c")
    ]


def test_two_circles() -> None:
    outcome = measured(
        repository_cycles(across(a=tied("a", "b"), b=tied("b", "a", "c"), c=tied("c", "d"), d=tied("d", "c")))
    )
    assert outcome.value == 100
    assert len(outcome.places) == 2


def test_no_circle() -> None:
    outcome = measured(repository_cycles(across(a=tied("a", "b"), b=tied("b", "c"), c=tied("c"))))
    assert outcome.value == 0
    assert outcome.places == ()


def test_the_shop_has_a_circle_of_a_call_and_a_package() -> None:
    outcome = measured(repository_cycles(Across(estate(SHOP))))
    assert outcome.value == 50, (
        "orders and payments, of orders, payments, gateway and web; infra is tied by a channel alone"
    )
    assert [p.subject for p in outcome.places] == [repo("acme/orders")]


def test_events_tie_no_circle() -> None:
    both = across(a=tied("a", "b", kind="channel"), b=tied("b", "a", kind="channel"))
    assert isinstance(repository_cycles(both), NotApplicable)


@pytest.mark.parametrize(
    "surfaces", [across(a=tied("a", "a")), across(a=tied("a"), b=tied("b"))], ids=["alone", "untied"]
)
def test_nothing_to_say(surfaces: Across[ServiceSurface]) -> None:
    assert isinstance(repository_cycles(surfaces), NotApplicable)


def test_unreadable_files_make_it_unknown() -> None:
    mostly = plain_surface({"package": ("a",)}, files=4, unread=3)
    assert isinstance(repository_cycles(across(a=mostly, b=plain_surface(needs={"package": ("a",)}))), Unknown)
    half = plain_surface({"package": ("a",)}, files=3, unread=2)
    assert measured(repository_cycles(across(a=half, b=plain_surface(needs={"package": ("a",)})))).value == 0


def test_one_known_of_two_is_not_one_repository() -> None:
    hidden = Across({repo("acme/a"): tied("a", "b")}, {repo("acme/b"): Unknown(Why.CORRUPT, "x")})
    assert repository_cycles(hidden) == NotApplicable("no repository was seen to depend on another")
