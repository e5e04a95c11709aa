from analyzers.scalability.cross_repository_changes import cross_repository_changes
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.outcomes import NotApplicable
from tests.builders_checks_a import across, measured, named
from tests.builders_people import reference, references


def test_issues_that_took_two_repositories() -> None:
    api = references(
        *(reference(f"PAY-{n}", 1) for n in range(20)),
        reference("acme/api#1", 1, kind="own"),
        reference("acme/api#2", 1, kind="own"),
    )
    web = references(
        *(reference(f"PAY-{n}", 2) for n in range(4)),  # by the same person a day later
        reference("PAY-4", 30, "bob"),
        reference("WEB-1"),
        reference("WEB-2"),
        reference("WEB-3"),
        reference("acme/api#1", 3, kind="elsewhere"),
    )
    late = references(reference("PAY-19", 32))  # 31 days later is another piece of work
    outcome = measured(cross_repository_changes(across(api=api, web=web, late=late)))
    # 20 of PAY, 3 of WEB and acme/api#1, which somebody names in full; six of them in both
    assert (outcome.value, outcome.sample) == (25, 24)
    assert "6 of 24 issues" in outcome.because
    assert "4 of them by one person within a day" in outcome.because
    # api holds 21 of these issues, web 9, six shared: 12 / 30
    assert [(p.subject, p.anchor, p.message) for p in outcome.places] == [
        (named("api"), "acme/web", "shares 6 issues with acme/web")
    ]


def test_numbers_that_mean_something_else_elsewhere_tell_nothing() -> None:
    plain = references(*(reference(f"acme/api#{n}", kind="own") for n in range(50)))
    assert isinstance(cross_repository_changes(across(api=plain, web=references())), Unknown)


def test_one_repository_does_not_apply_unless_another_is_unread() -> None:
    fact = references(*(reference(f"PAY-{n}") for n in range(50)))
    assert isinstance(cross_repository_changes(across(api=fact)), NotApplicable)
    unread = Across({named("api"): fact}, {named("web"): Unknown(Why.FORBIDDEN, "x")})
    assert isinstance(cross_repository_changes(unread), Unknown)
