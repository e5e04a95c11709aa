from collectors.github.protection import COLLECTOR, parse
from scanner.facts.forge import BranchProtection
from tests.builders_github import collected, data, node

CLASSIC = node(
    required_pull_request_reviews={
        "required_approving_review_count": 1, "require_code_owner_reviews": True, "dismiss_stale_reviews": False,
        "bypass_pull_request_allowances": {"users": [{"login": "ann"}], "teams": [], "apps": [{"slug": "bot"}]},
    },
    required_status_checks={"contexts": ["test", "lint"]},
    enforce_admins={"enabled": True},
    allow_force_pushes={"enabled": True},
    allow_deletions={"enabled": False},
    required_signatures={"enabled": False},
)  # fmt: skip
RULES = (
    node(type="pull_request", ruleset_id=5, parameters={
        "required_approving_review_count": 2, "dismiss_stale_reviews_on_push": True, "require_code_owner_review": False,
    }),
    node(type="required_status_checks", ruleset_id=5, parameters={"required_status_checks": [{"context": "test"}, {"context": "e2e"}]}),
    node(type="non_fast_forward", ruleset_id=6),
    node(type="required_signatures", ruleset_id=6),
)  # fmt: skip


def test_the_stricter_of_both_worlds_holds() -> None:
    assert parse("main", CLASSIC, RULES, 3) == BranchProtection(
        branch="main", protected=True, required_approvals=2, code_owner_review=True, dismisses_stale=True,
        required_status_checks=3, binds_admins=True, allows_force_push=False, allows_deletion=False,
        signed_commits=True, bypass_actors=5,
    )  # fmt: skip


def test_classic_protection_alone_forbids_what_it_does_not_allow() -> None:
    alone = parse("main", CLASSIC, (), 0)
    assert (alone.required_approvals, alone.required_status_checks) == (1, 2)
    assert alone.allows_force_push
    assert not alone.allows_deletion
    assert alone.bypass_actors == 2


def test_rulesets_alone_forbid_only_what_they_name_and_bind_admins_unless_someone_may_bypass() -> None:
    alone = parse("main", None, RULES, 0)
    assert alone.binds_admins
    assert not alone.allows_force_push
    assert alone.allows_deletion
    assert not parse("main", None, RULES, 1).binds_admins
    hidden = parse("main", None, RULES, None)
    assert hidden.bypass_actors is None
    assert not hidden.binds_admins


def test_nothing_set_is_unprotected() -> None:
    found = collected(COLLECTOR, data(protection=None, rulesets=()))["BranchProtection"]
    assert found.content == BranchProtection("main", False, 0, False, False, 0, False, True, True, False, 0)
    assert found.caveat == ""
