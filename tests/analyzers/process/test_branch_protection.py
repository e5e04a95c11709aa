import pytest

from analyzers.process.branch_protection import branch_protection
from scanner.facts.forge import BranchProtection
from scanner.facts.history import CommitActivity
from tests.builders_checks_b import measured, plain

TEAM = plain(CommitActivity, people_365_days=4)


def rules(**given: object) -> BranchProtection:
    return plain(BranchProtection, **({"protected": True} | given))


@pytest.mark.parametrize(
    ("protection", "expected"),
    [
        (rules(), 40),
        (rules(allows_force_push=True), 0),
        (rules(required_approvals=1, required_status_checks=2), 85),
        (rules(required_approvals=1, required_status_checks=2, binds_admins=True), 100),
        (rules(protected=False, required_approvals=1, binds_admins=True), 0),
    ],
)
def test_weights_of_the_rules(protection: BranchProtection, expected: float) -> None:
    assert measured(branch_protection(protection, TEAM)).value == expected


def test_what_is_missing_is_named() -> None:
    outcome = measured(branch_protection(rules(binds_admins=True, required_approvals=1), TEAM))
    assert outcome.because == "rules missing on the default branch: green status checks"
    unprotected = measured(branch_protection(rules(protected=False, binds_admins=True), TEAM))
    assert unprotected.because == "the default branch is not protected"


def test_a_lone_author_needs_no_approval() -> None:
    alone = plain(CommitActivity, people_365_days=1)
    assert measured(branch_protection(rules(required_status_checks=1, binds_admins=True), alone)).value == 100


def test_an_open_branch_is_a_finding() -> None:
    assert len(measured(branch_protection(rules(protected=False), TEAM)).places) == 1
    assert not measured(branch_protection(rules(), TEAM)).places
