"""Releases, deployments and milestones: three lists whose first pages come with one query."""

from __future__ import annotations

from scanner.http.assets import provenances, signatures
from scanner.http.github.graphql import Query
from scanner.http.github.permissions import CONTENTS, DEPLOYMENTS, ISSUES
from scanner.http.github.series import Series
from scanner.http.shape import Node

_HEAD = "$owner: String!, $name: String!, $size: Int!"
_RELEASES = """{
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { id tagName createdAt publishedAt isPrerelease isDraft description
        releaseAssets(first: 50) { totalCount nodes { name } }
      }
    }"""
_DEPLOYMENTS = """{
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { id environment createdAt commitOid statuses(first: 20) { totalCount nodes { state createdAt } } }
    }"""
_MILESTONES = """{
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        number title createdAt updatedAt dueOn closedAt
        openIssues: issues(states: OPEN) { totalCount }
        closedIssues: issues(states: CLOSED) { totalCount }
        openRequests: pullRequests(states: OPEN) { totalCount }
        closedRequests: pullRequests(states: [CLOSED, MERGED]) { totalCount }
      }
    }"""
_CREATED = "orderBy: {field: CREATED_AT, direction: DESC}"
_UPDATED = "orderBy: {field: UPDATED_AT, direction: DESC}"


def _alone(name: str, field: str, order: str, selection: str) -> str:
    return f"""
query {name}({_HEAD}, $after: String) {{
  repository(owner: $owner, name: $name) {{
    {field}(first: $size, after: $after, {order}) {selection}
  }}
}}
"""


PLANS = Query(
    "Plans",
    f"""
query Plans({_HEAD}, $releases: Boolean!, $deployments: Boolean!, $milestones: Boolean!) {{
  repository(owner: $owner, name: $name) {{
    releases(first: $size, {_CREATED}) @include(if: $releases) {_RELEASES}
    deployments(first: $size, {_CREATED}) @include(if: $deployments) {_DEPLOYMENTS}
    milestones(first: $size, {_UPDATED}) @include(if: $milestones) {_MILESTONES}
  }}
}}
""",
    CONTENTS,
)

RELEASES_QUERY = Query("Releases", _alone("Releases", "releases", _CREATED, _RELEASES), CONTENTS)
DEPLOYMENTS_QUERY = Query("Deployments", _alone("Deployments", "deployments", _CREATED, _DEPLOYMENTS), DEPLOYMENTS)
MILESTONES_QUERY = Query("Milestones", _alone("Milestones", "milestones", _UPDATED, _MILESTONES), ISSUES)


def _release(node: Node) -> dict[str, object]:
    """A release with numbers in place of its notes and of the names of its files."""
    kept = node.plain()
    kept["notesWords"] = len(node.raw_text("description").split()) if node.has("description") else 0
    kept.pop("description", None)
    assets = node.node("releaseAssets")
    names = [asset.text("name") for asset in assets.nodes("nodes")]
    kept["releaseAssets"] = {"totalCount": assets.number("totalCount"), "named": len(names)}
    kept["signatures"], kept["provenances"] = signatures(names), provenances(names)
    return kept


RELEASES = Series(RELEASES_QUERY, "releases", "createdAt", "id", rises=False, most=500, keep=_release)
DEPLOYMENT_RECORDS = Series(DEPLOYMENTS_QUERY, "deployments", "createdAt", "id", rises=False, most=1000)
MILESTONES = Series(MILESTONES_QUERY, "milestones", "updatedAt", "number", rises=False, most=500)
SERIES = (RELEASES, DEPLOYMENT_RECORDS, MILESTONES)
