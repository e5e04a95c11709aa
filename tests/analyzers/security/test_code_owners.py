from analyzers.security.code_owners import code_owners
from scanner.core.outcomes import NotApplicable
from scanner.facts.history import CommitActivity
from scanner.facts.tree import Ownership
from tests.builders_checks_b import measured, plain

TEAM = plain(CommitActivity, people_365_days=3)


def test_share_of_files_owned() -> None:
    assert measured(code_owners(plain(Ownership, present=True, files=40, files_owned=30), TEAM)).value == 75
    assert measured(code_owners(plain(Ownership, files=40), TEAM)).value == 0


def test_two_people_or_no_files_need_no_owners() -> None:
    pair = plain(CommitActivity, people_365_days=2)
    assert isinstance(code_owners(plain(Ownership, files=40), pair), NotApplicable)
    assert isinstance(code_owners(plain(Ownership, present=True), TEAM), NotApplicable)
