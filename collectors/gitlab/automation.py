"""What pipelines may do with the project, and which variables they are given: names and flags, never values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

from scanner.core.collecting import Ask, Collector, Found, found
from scanner.core.evidence import Unreadable, Why
from scanner.facts.forge import AutomationSettings, StoredSecret
from scanner.http.forge import ABSENT
from scanner.http.gitlab import MAINTAINER, GitlabQuery
from scanner.http.gitlab_sources import GitlabProjectSource
from scanner.http.shape import Node

VARIABLES = GitlabQuery(
    "Variables",
    """
    query Variables($path: ID!) {
      project(fullPath: $path) {
        ciVariables(first: 100) { pageInfo { hasNextPage } nodes { key masked protected } }
      }
    }
    """,
    MAINTAINER,
)
"""REST would answer with the values: it is never asked."""
_OWN_MACHINES = ("group_type", "project_type")


def collect(ask: Ask[GitlabProjectSource]) -> Iterator[Found]:
    """One query for the variables' names, one request for the runners of the project and its groups."""
    source = ask.source
    source.expect_judged()
    record = source.record()
    if not pipelines_enabled(record):
        yield found(parse(ask.as_of, record, None, None), source.label())
        return
    unseen: list[str] = []
    variables = source.query(VARIABLES).node_or_none("ciVariables")
    if variables is None:
        unseen.append("variables")
    try:
        runners: tuple[Node, ...] | None = source.everything("/runners", MAINTAINER)
    except Unreadable as problem:
        if problem.hole.why not in (Why.FORBIDDEN, Why.AMBIGUOUS_404):
            raise
        runners = None
        unseen.append("runners")
    said = [f"not shown to this token: {', '.join(unseen)}"] if unseen else []
    if variables is not None and variables.node("pageInfo").flag("hasNextPage"):
        said.append("the first 100 variables only")
    secrets = None if variables is None else parse_variables(variables.nodes("nodes"))
    yield found(
        parse(ask.as_of, record, secrets, runners),
        f"POST /api/graphql Variables({source.full_name})",
        caveat="; ".join(said),
    )


def pipelines_enabled(record: Node) -> bool:
    """Whether the project runs pipelines."""
    return record.text_or("builds_access_level", "enabled") != "disabled" and record.flag_or_none("jobs_enabled") is not False  # fmt: skip


def parse(
    as_of: datetime, record: Node, secrets: tuple[StoredSecret, ...] | None, runners: tuple[Node, ...] | None
) -> AutomationSettings:
    """The settings. A job token never approves merge requests, and pushes where the project lets it.

    GitLab has no rules on whose steps may run, and no workflows to count. https://docs.gitlab.com/ci/jobs/ci_job_token/
    """
    pushes = record.flag_or_none("ci_push_repository_for_job_token_allowed")
    return AutomationSettings(
        as_of=as_of,
        enabled=pipelines_enabled(record),
        allowed=None,
        requires_pinning=None,
        default_permission=None if pushes is None else "write" if pushes else "read",
        may_approve=False,
        self_hosted_runners=None if runners is None else sum(r.text("runner_type") in _OWN_MACHINES for r in runners),
        secrets=secrets,
        system="gitlab-ci",
    )


def parse_variables(
    nodes: Iterable[Node], scope: Literal["actions", "group"] = "actions", prefix: str = ""
) -> tuple[StoredSecret, ...]:
    """Variables by name, after ``prefix``; GitLab keeps no dates.

    Guarded: hidden in logs, and given to protected branches alone.
    """
    kept = (
        StoredSecret(
            prefix + node.text("key"),
            None,
            None,
            scope,
            guarded=node.flag_or_false("masked") and node.flag_or_false("protected"),
        )
        for node in nodes
    )
    return tuple(sorted(kept, key=lambda s: (s.name, s.guarded is True)))


COLLECTOR = Collector(
    name="gitlab-automation",
    version="1",
    source=GitlabProjectSource,
    provides=(AutomationSettings,),
    collect=collect,
    permissions=("read_api, held by a Maintainer",),
    absent=ABSENT,
)
