"""What GitLab says of the CODEOWNERS file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scanner.core.collecting import Ask, Collector, Found, found, hole
from scanner.core.evidence import Unreadable, Why
from scanner.facts.forge import OwnershipRules
from scanner.http.forge import ABSENT
from scanner.http.gitlab import REPORTER, GitlabQuery
from scanner.http.gitlab_sources import GitlabProjectSource, is_unknown_field
from scanner.http.shape import Node

QUERY = GitlabQuery(
    "OwnershipRules",
    """
    query OwnershipRules($path: ID!, $ref: String!) {
      project(fullPath: $path) {
        repository {
          owners: blobs(ref: $ref, paths: ["CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"], first: 3) { nodes { path } }
          validateCodeownerFile(ref: $ref) { total validationErrors { code lines } }
        }
      }
    }
    """,
    REPORTER,
)


def collect(ask: Ask[GitlabProjectSource]) -> Iterator[Found]:
    """One query."""
    source = ask.source
    source.expect_judged()
    where = f"POST /api/graphql {QUERY.name}({source.full_name})"
    try:
        repository = source.query(QUERY, ref=source.default_branch()).node_or_none("repository")
    except Unreadable as problem:
        if not is_unknown_field(problem):
            raise
        yield hole(OwnershipRules, source.missing("check of the CODEOWNERS file"), where)
        return
    if repository is None:
        raise Unreadable(Why.AMBIGUOUS_404, f"{where}: no repository", QUERY.right.closes)
    rules = parse(repository)
    if rules is None:
        yield hole(OwnershipRules, source.missing("check of the CODEOWNERS file"), where)
    else:
        yield found(rules, where)


def parse(repository: Node) -> OwnershipRules | None:
    """The errors counted by kind, each line on which one stands as one; None where a file stands unchecked."""
    present = bool(repository.node("owners").nodes("nodes"))
    told = repository.node_or_none("validateCodeownerFile")
    if told is None:
        return None if present else OwnershipRules(present=False, errors=())
    kinds: Counter[str] = Counter()
    for error in told.nodes("validationErrors") if told.has("validationErrors") else ():
        lines = error.plain().get("lines")
        kinds[error.text("code")] += len(lines) if isinstance(lines, list) and lines else 1
    return OwnershipRules(present=True, errors=tuple(sorted(kinds.items())))


COLLECTOR = Collector(
    name="gitlab-ownership-rules",
    version="1",
    source=GitlabProjectSource,
    provides=(OwnershipRules,),
    collect=collect,
    permissions=("read_api",),
    absent=ABSENT,
)
