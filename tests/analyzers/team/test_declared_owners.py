from analyzers.team.declared_owners import declared_owners
from scanner.core.outcomes import NotApplicable
from scanner.facts.tree import Ownership
from tests.builders_checks_a import activity, measured


def ownership(files: int, owned: int, *, present: bool = True) -> Ownership:
    return Ownership(present, "CODEOWNERS" if present else "", 3, 0, files, owned, 1, 0)


def test_share_of_product_files() -> None:
    team = activity(people_365_days=3)
    assert measured(declared_owners(ownership(40, 30), team)).value == 75
    assert measured(declared_owners(ownership(40, 0, present=False), team)).value == 0


def test_two_people_need_no_such_file() -> None:
    assert isinstance(declared_owners(ownership(40, 0, present=False), activity(people_365_days=2)), NotApplicable)
    assert isinstance(declared_owners(ownership(0, 0), activity(people_365_days=3)), NotApplicable)
