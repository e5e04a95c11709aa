"""What protects the default branch: protected branches, and approval and push rules where GitLab offers them."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import BranchProtection
from scanner.http.forge import ABSENT
from scanner.http.gitlab import MAINTAINER
from scanner.http.gitlab_sources import GitlabProjectSource
from scanner.http.shape import Node

_COUNTED = frozenset({"regular", "any_approver"})
"""Kinds of approval rules that ask for reviewers; the others depend on paths or on scanners."""


def collect(ask: Ask[GitlabProjectSource]) -> Iterator[Found]:
    """Five requests. What this GitLab does not offer binds nobody: the caveat names it."""
    source = ask.source
    branch = source.default_branch()
    rest = "/protected_branches"
    rules = source.everything(rest, MAINTAINER)
    approvals = source.offered("/approval_rules", MAINTAINER)
    settings, push = (source.offered_value(part, MAINTAINER) for part in ("/approvals", "/push_rule"))
    lacking = [name for name, told in (("approval rules", approvals), ("push rules", push)) if told is None]
    yield found(
        parse(
            branch,
            rules,
            approvals or (),
            None if settings is None else Node(settings, source.label("/approvals")),
            None if push is None else Node(push, source.label("/push_rule")),
            pipeline_first=source.record().flag_or_false("only_allow_merge_if_pipeline_succeeds"),
        ),
        source.label(rest),
        caveat=source.missing(" and no ".join(lacking)).detail if lacking else "",
    )


def parse(
    branch: str,
    rules: tuple[Node, ...],
    approvals: tuple[Node, ...],
    settings: Node | None,
    push_rule: Node | None,
    *,
    pipeline_first: bool,
) -> BranchProtection:
    """The rules that match ``branch``. Of several the most permissive holds, code owners excepted, as GitLab has it.

    Who may push past a merge request counts as bypassing (a role, group, person or key each as one);
    when nobody may, the rules bind admins too. GitLab never lets a default branch be deleted.
    https://docs.gitlab.com/user/project/repository/branches/protected/
    """
    matching = [rule for rule in rules if _matches(rule.text("name"), branch)]
    pushing = sum(_may_push(level) for rule in matching for level in rule.nodes("push_access_levels"))
    asked = [rule.number("approvals_required") for rule in approvals if _applies(rule, branch, bool(matching))]
    return BranchProtection(
        branch=branch,
        protected=bool(matching),
        required_approvals=max(asked, default=0),
        code_owner_review=any(rule.flag_or_false("code_owner_approval_required") for rule in matching),
        dismisses_stale=settings is not None and settings.flag_or_false("reset_approvals_on_push"),
        required_status_checks=int(pipeline_first),
        binds_admins=bool(matching) and pushing == 0,
        allows_force_push=not matching or any(rule.flag_or_false("allow_force_push") for rule in matching),
        allows_deletion=False,
        signed_commits=push_rule is not None and push_rule.flag_or_false("reject_unsigned_commits"),
        bypass_actors=pushing,
    )


def _matches(pattern: str, branch: str) -> bool:
    """GitLab's wildcard is the star alone."""
    return fnmatchcase(branch, pattern.replace("[", "[[]").replace("?", "[?]"))


def _may_push(level: Node) -> bool:
    named = any(level.has(key) for key in ("user_id", "group_id", "deploy_key_id", "member_role_id"))
    return named or (level.has("access_level") and level.number("access_level") > 0)


def _applies(rule: Node, branch: str, protected: bool) -> bool:
    if rule.text_or("rule_type", "regular") not in _COUNTED:
        return False
    if rule.flag_or_false("applies_to_all_protected_branches"):
        return protected
    named = rule.nodes("protected_branches") if rule.has("protected_branches") else ()
    return not named or any(_matches(node.text("name"), branch) for node in named)


COLLECTOR = Collector(
    name="gitlab-protection",
    version="2",
    source=GitlabProjectSource,
    provides=(BranchProtection,),
    collect=collect,
    permissions=("read_api, held by a Maintainer",),
    absent=ABSENT,
)
