"""What protects the default branch: protected branches, and approval and push rules where GitLab offers them."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.facts.forge import BranchProtection
from scanner.http.forge import ABSENT
from scanner.http.gitlab import MAINTAINER, PER_PAGE, GitlabProjectSource
from scanner.http.refused import Refused
from scanner.http.shape import Node, nodes

_COUNTED = frozenset({"regular", "any_approver"})
"""Kinds of approval rules that ask for reviewers; the others depend on paths or on scanners."""


def collect(ask: Ask[GitlabProjectSource]) -> Iterator[Found]:
    """Five requests. Approval and push rules that a Maintainer is refused are not offered there, so none is set."""
    source = ask.source
    branch = source.default_branch()
    rest = "/protected_branches"
    rules = source.client.everything(source.path(rest), MAINTAINER)
    approvals, settings, push = (_offered(source, part) for part in ("/approval_rules", "/approvals", "/push_rule"))
    yield found(
        parse(
            branch,
            rules,
            () if approvals is None else nodes(approvals, source.label("/approval_rules")),
            None if settings is None else Node(settings, source.label("/approvals")),
            None if push is None else Node(push, source.label("/push_rule")),
            pipeline_first=source.record().flag_or_false("only_allow_merge_if_pipeline_succeeds"),
        ),
        source.label(rest),
        caveat="approval rules are not offered by this GitLab" if approvals is None else "",
    )


def _offered(source: GitlabProjectSource, rest: str) -> object:
    """What a paid tier tells, None when it is not offered: a refusal says so to a Maintainer only."""
    try:
        return source.once(rest, MAINTAINER, per_page=PER_PAGE)
    except Refused as refused:
        if refused.status in (403, 404) and source.is_maintainer():
            return None
        raise


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
    version="1",
    source=GitlabProjectSource,
    provides=(BranchProtection,),
    collect=collect,
    permissions=("read_api, held by a Maintainer",),
    absent=ABSENT,
)
