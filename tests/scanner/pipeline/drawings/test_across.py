from scanner.core.drawings import RepositoryCoupling
from scanner.core.evidence import Unknown
from scanner.pipeline.drawings.across import repository_coupling
from tests.builders_checks_a import across, named
from tests.builders_people import reference, references


def test_pairs_are_those_that_the_check_lists() -> None:
    api = references(*(reference(f"PAY-{n}", 1) for n in range(20)))
    web = references(*(reference(f"PAY-{n}", 2) for n in range(6)), *(reference(f"WEB-{n}") for n in range(4)))
    ops = references(*(reference(f"PAY-{n}", 3) for n in range(4)))  # four are too few
    found = repository_coupling(across(api=api, web=web, ops=ops))
    assert isinstance(found, RepositoryCoupling)
    assert (found.issues, found.spread, found.pairs_found) == (24, 6, 1)
    # api has 20 of the issues, web 10, six in both: 6 / 15
    assert [(p.a, p.b, p.shared, p.degree) for p in found.pairs] == [(named("api"), named("web"), 6, 0.4)]


def test_few_issues_tell_nothing_and_one_repository_is_not_asked() -> None:
    few = references(*(reference(f"PAY-{n}") for n in range(19)))
    assert isinstance(repository_coupling(across(api=few, web=few)), Unknown)
    assert repository_coupling(across(api=few)) is None
