"""What protects the default branch: classic protection and rulesets together."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unreadable, Why
from scanner.facts.forge import BranchProtection
from scanner.http.forge import ABSENT
from scanner.http.github.permissions import ADMINISTRATION, CONTENTS, METADATA
from scanner.http.github.sources import GithubRepositorySource
from scanner.http.refused import Refused
from scanner.http.shape import Node, nodes

RULESETS_READ = 5
"""Rulesets whose bypass list is read; with more, ``bypass_actors`` stays unknown."""


def collect(ask: Ask[GithubRepositorySource]) -> Iterator[Found]:
    """Two requests for an administrator, up to three for others, and one for each ruleset."""
    source = ask.source
    branch = source.default_branch()
    path = f"/branches/{quote(branch, safe='')}"
    classic = _classic(source, path) if source.is_admin() or _has_rules(source, path) else None
    rules_path = f"/rules{path}"
    rules = nodes(source.once(rules_path, METADATA), source.label(rules_path))
    bypassing = _bypassing(source, rules)
    yield found(
        parse(branch, classic, rules, bypassing),
        source.label(f"{path}/protection"),
        caveat="who may bypass the rulesets is not shown to this token" if bypassing is None else "",
    )


def _has_rules(source: GithubRepositorySource, path: str) -> bool:
    """Whether there are rules of either kind: without any, the classic ones, which others may not see, need no asking."""
    return Node(source.once(path, CONTENTS), source.label(path)).flag("protected")


def _classic(source: GithubRepositorySource, path: str) -> Node | None:
    """Classic protection, None when there is none: a plain 404 says so to an administrator only."""
    try:
        return Node(source.once(f"{path}/protection", ADMINISTRATION), source.label(f"{path}/protection"))
    except Refused as refused:
        there = refused.said != "Branch not found"
        if refused.status == 404 and (refused.said == "Branch not protected" or (there and source.is_admin())):
            return None
        raise


def _bypassing(source: GithubRepositorySource, rules: tuple[Node, ...]) -> int | None:
    """Actors that may bypass the rulesets, None when GitHub does not show them."""
    ids = sorted({rule.number("ruleset_id") for rule in rules if rule.has("ruleset_id")})
    if len(ids) > RULESETS_READ:
        return None
    actors = 0
    for ruleset in ids:
        try:
            read = Node(source.once(f"/rulesets/{ruleset}", METADATA), source.label(f"/rulesets/{ruleset}"))
        except Unreadable as problem:
            if problem.hole.why in (Why.FORBIDDEN, Why.AMBIGUOUS_404):
                return None
            raise
        if not read.has("bypass_actors"):
            return None
        actors += len([actor.text("actor_type") for actor in read.nodes("bypass_actors")])
    return actors


def parse(branch: str, classic: Node | None, rules: tuple[Node, ...], bypassing: int | None) -> BranchProtection:
    """The stricter of both worlds. A ruleset binds administrators unless someone may bypass it."""
    kinds = {rule.text("type") for rule in rules}
    asked = [
        rule.node("parameters") for rule in rules if rule.text("type") == "pull_request" and rule.has("parameters")
    ]
    checks = _rule_checks(rules)
    review = classic.node_or_none("required_pull_request_reviews") if classic else None
    old_checks = classic.node_or_none("required_status_checks") if classic else None
    old_approvals = review.number("required_approving_review_count") if review and review.has("required_approving_review_count") else 0  # fmt: skip
    named = set(old_checks.texts("contexts")) if old_checks else set()
    return BranchProtection(
        branch=branch,
        protected=classic is not None or bool(kinds),
        required_approvals=max([old_approvals, *(p.number("required_approving_review_count") for p in asked)]),
        code_owner_review=bool(review and review.flag_or_false("require_code_owner_reviews"))
        or any(p.flag("require_code_owner_review") for p in asked),
        dismisses_stale=bool(review and review.flag_or_false("dismiss_stale_reviews"))
        or any(p.flag("dismiss_stale_reviews_on_push") for p in asked),
        required_status_checks=len(named | checks),
        binds_admins=_enabled(classic, "enforce_admins") or (bool(kinds) and bypassing == 0),
        allows_force_push="non_fast_forward" not in kinds
        and (classic is None or _enabled(classic, "allow_force_pushes")),
        allows_deletion="deletion" not in kinds and (classic is None or _enabled(classic, "allow_deletions")),
        signed_commits="required_signatures" in kinds or _enabled(classic, "required_signatures"),
        bypass_actors=None if bypassing is None else bypassing + _allowances(review),
    )


def _rule_checks(rules: tuple[Node, ...]) -> set[str]:
    found_checks: set[str] = set()
    for rule in rules:
        if rule.text("type") == "required_status_checks" and rule.has("parameters"):
            found_checks |= {c.text("context") for c in rule.node("parameters").nodes("required_status_checks")}
    return found_checks


def _enabled(classic: Node | None, key: str) -> bool:
    setting = classic.node_or_none(key) if classic else None
    return setting is not None and setting.flag("enabled")


def _allowances(review: Node | None) -> int:
    allowed = review.node_or_none("bypass_pull_request_allowances") if review else None
    if allowed is None:
        return 0
    return sum(len(allowed.nodes(kind)) for kind in ("users", "teams", "apps") if allowed.has(kind))


COLLECTOR = Collector(
    name="github-protection",
    version="2",
    source=GithubRepositorySource,
    provides=(BranchProtection,),
    collect=collect,
    permissions=("Contents: read", "Administration: read"),
    absent=ABSENT,
)
