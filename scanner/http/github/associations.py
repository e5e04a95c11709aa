"""Which commit addresses belong to which login, as GitHub knows them from merged pull requests."""

from __future__ import annotations

from scanner.http.github.graphql import Query
from scanner.http.github.permissions import PULL_REQUESTS
from scanner.http.github.sources import GithubRepositorySource

COMMITS_READ = 3
"""Commits of each pull request that are looked at."""

ASSOCIATIONS = Query(
    "Associations",
    """
    query Associations($owner: String!, $name: String!, $size: Int!) {
      repository(owner: $owner, name: $name) {
        pullRequests(states: MERGED, first: $size, orderBy: {field: UPDATED_AT, direction: DESC}) {
          nodes { commits(first: 3) { nodes { commit { author { email user { login } } } } } }
        }
      }
    }
    """,
    PULL_REQUESTS,
)


def associations(source: GithubRepositorySource) -> dict[str, str]:
    """Lower-case address → login, from the 100 merged pull requests that changed last; one query.

    An address that GitHub gives to several logins is left out.
    """
    found: dict[str, set[str]] = {}
    for request in source.query(ASSOCIATIONS, size=100).node("pullRequests").nodes("nodes"):
        for commit in request.node("commits").nodes("nodes"):
            author = commit.node("commit").node_or_none("author")
            user = author.node_or_none("user") if author else None
            if author is not None and user is not None and author.has("email"):
                found.setdefault(author.text("email").lower(), set()).add(user.text("login").lower())
    return {email: min(logins) for email, logins in sorted(found.items()) if len(logins) == 1}
