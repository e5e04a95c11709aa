from analyzers.scalability.dependence_concentration import dependence_concentration
from scanner.core.evidence import Across, Unknown
from scanner.core.outcomes import NotApplicable
from scanner.facts.services import LinkKind, ServiceSurface
from tests.builders_checks_b import across, measured, repo
from tests.builders_services import SHOP, estate, plain_surface


def service(name: str, *calls: str, kind: LinkKind = "service") -> ServiceSurface:
    return plain_surface(
        {"service": (f"{name}.shop.svc",), "package": (f"{name}.shop.svc",)},
        {kind: tuple(f"{c}.shop.svc" for c in calls)},
    )


def test_the_most_called_service_over_the_other_services() -> None:
    outcome = measured(
        dependence_concentration(
            across(
                auth=service("auth"),
                a=service("a", "auth", "b"),
                b=service("b", "auth"),
                c=service("c", "auth"),
                d=service("d"),
                lib=plain_surface({"package": ("npm:x",)}),
            )
        )
    )
    assert outcome.value == 75, "a, b and c of the four services beside auth; lib runs nothing"
    assert outcome.sample == 5
    assert outcome.because == "acme/auth is called by 3 of 4 other services"
    assert [(p.subject, p.message) for p in outcome.places] == [(repo("acme/auth"), "called by 3 other services")]


def test_a_little_calling_gives_no_finding() -> None:
    outcome = measured(dependence_concentration(across(a=service("a", "b"), b=service("b"), c=service("c"))))
    assert outcome.value == 50
    assert outcome.places == ()


def test_the_shop() -> None:
    outcome = measured(dependence_concentration(Across(estate(SHOP))))
    assert round(outcome.value, 6) == round(100 / 3, 6), (
        "gateway by web and payments by orders: one of the three others each"
    )


def test_what_is_copied_at_build_time_is_no_call() -> None:
    told = dependence_concentration(
        across(a=service("a", "b", kind="package"), b=service("b"), c=service("c", "b", kind="package"))
    )
    assert told == NotApplicable("no service was seen to call another")


def test_what_runs_nothing_calls_nobody() -> None:
    notes = plain_surface(needs={"service": ("a.shop.svc",)})
    told = measured(dependence_concentration(across(a=service("a"), b=service("b", "a"), c=service("c"), notes=notes)))
    assert told.value == 50


def test_too_few_services() -> None:
    assert isinstance(dependence_concentration(across(a=service("a", "b"), b=service("b"))), NotApplicable)
    assert isinstance(dependence_concentration(across(a=service("a"))), NotApplicable)


def test_unreadable_files_make_it_unknown() -> None:
    broken = plain_surface({"service": ("x.shop.svc",)}, files=9, unread=9)
    assert isinstance(dependence_concentration(across(a=service("a", "b"), b=service("b"), c=broken)), Unknown)
