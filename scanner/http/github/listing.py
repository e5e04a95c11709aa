"""The repositories of an account with all that GitHub tells of them at once: 50 a query, metadata and signs of change.

Points of one query by GitHub's formula, with every part: (1 + 50 × 13 connections) ÷ 100, rounded: 7, so 140 for
1,000 repositories; nodes: 50 × (1 + 20 topics + 20 milestones + 20 rulesets + 10), far below 500,000.
https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from scanner.core.evidence import Unreadable, Why
from scanner.http.forge import ListedRepository
from scanner.http.github.graphql import GraphqlRefused, Query, Variable
from scanner.http.github.permissions import METADATA
from scanner.http.shape import Node

PAGE_SIZE = 50
"""Larger pages met GitHub's ten seconds for one query: every repository brings a dozen lists with it."""

_PLAIN = """
id nameWithOwner url sshUrl description visibility isPrivate isArchived isFork isTemplate isEmpty
createdAt pushedAt updatedAt diskUsage stargazerCount hasIssuesEnabled hasDiscussionsEnabled hasProjectsEnabled
mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed deleteBranchOnMerge viewerCanAdminister
licenseInfo { spdxId }
repositoryTopics(first: 20) { nodes { topic { name } } }
defaultBranchRef { name target { __typename oid } }
"""
_NEWEST = "first: 1, orderBy: {field: UPDATED_AT, direction: DESC}"
_PARTS: Mapping[str, str] = {
    "pullRequests": f"""
openPullRequests: pullRequests(states: OPEN) @include(if: $pullRequests) {{ totalCount }}
pullRequests({_NEWEST}) @include(if: $pullRequests) {{ totalCount nodes {{ updatedAt }} }}
""",
    "issues": f"""
openIssues: issues(states: OPEN) @include(if: $issues) {{ totalCount }}
issues({_NEWEST}) @include(if: $issues) {{ totalCount nodes {{ updatedAt }} }}
""",
    "releases": """
releases(first: 3, orderBy: {field: CREATED_AT, direction: DESC}) @include(if: $releases) {
  totalCount nodes { id updatedAt isDraft }
}
""",
    "deployments": """
deployments(first: 5, orderBy: {field: CREATED_AT, direction: DESC}) @include(if: $deployments) {
  totalCount nodes { id updatedAt latestStatus { state createdAt } }
}
""",
    "milestones": """
milestones(first: 20, orderBy: {field: UPDATED_AT, direction: DESC}) @include(if: $milestones) {
  totalCount nodes { id updatedAt progressPercentage }
}
""",
    "discussions": """
discussions @include(if: $discussions) { totalCount }
answeredDiscussions: discussions(answered: true) @include(if: $discussions) { totalCount }
""",
    "codeowners": """
codeowners @include(if: $codeowners) { errors { kind } }
""",
    "rulesets": """
rulesets(first: 20, includeParents: true, targets: [TAG]) @include(if: $rulesets) {
  totalCount nodes { enforcement conditions { refName { include exclude } } }
}
""",
}
"""What a token may lack the right to see, each part under a variable of its name."""
_PROJECTS = """
openProjects: projectsV2(query: "is:open") { totalCount }
closedProjects: projectsV2(query: "is:closed") { totalCount }
"""
_FIELDS = {"openPullRequests": "pullRequests", "openIssues": "issues", "answeredDiscussions": "discussions"}
_PROJECT_FIELDS = frozenset({"openProjects", "closedProjects", "projectsV2"})
_SWITCHES = " ".join(f"${part}: Boolean!" for part in _PARTS)


def _of_account(name: str, more: str) -> Query:
    text = f"""
query {name}($login: String!, $size: Int!, $after: String, {_SWITCHES}) {{
  repositoryOwner(login: $login) {{
    __typename
    repositories(
      first: $size, after: $after, ownerAffiliations: OWNER, orderBy: {{field: NAME, direction: ASC}}
    ) {{
      totalCount
      pageInfo {{ hasNextPage endCursor }}
      nodes {{ {_PLAIN}{"".join(_PARTS.values())}{more} }}
    }}
  }}
}}
"""
    return Query(name, text, METADATA)


def _of_one(name: str, more: str) -> Query:
    text = f"""
query {name}($owner: String!, $name: String!, {_SWITCHES}) {{
  repository(owner: $owner, name: $name) {{ {_PLAIN}{"".join(_PARTS.values())}{more} }}
}}
"""
    return Query(name, text, METADATA)


LISTING = _of_account("Listing", _PROJECTS)
LISTING_WITHOUT_PROJECTS = _of_account("ListingWithoutProjects", "")
REPOSITORY = _of_one("Repository", _PROJECTS)
REPOSITORY_WITHOUT_PROJECTS = _of_one("RepositoryWithoutProjects", "")
"""Projects need a scope of their own, without which GitHub refuses the whole query."""

Ask = Callable[[Query, str, Mapping[str, Variable]], Node]
"""The ``data`` of a query about something, with variables."""


@dataclass(slots=True)
class _Asking:
    """Asks with all parts; what the token may not see is left out from then on."""

    ask: Ask
    whole: Query
    without_projects: Query
    projects: bool = True
    parts: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(_PARTS, True))

    def __call__(self, about: str, variables: Mapping[str, Variable]) -> Node:
        """The ``data`` of the answer; Unreadable when GitHub refuses even the plain records."""
        while True:
            try:
                query = self.whole if self.projects else self.without_projects
                return self.ask(query, about, {**variables, **self.parts})
            except Unreadable as problem:
                if not self._less(problem):
                    raise

    def _less(self, problem: Unreadable) -> bool:
        """Leave out what ``problem`` names: parts, else the projects, else everything; False when it is another matter."""
        left = {part for part, asked in self.parts.items() if asked}
        if problem.hole.why is Why.UNREACHABLE:
            return self._leave_out(left, projects=True)
        if not isinstance(problem, GraphqlRefused) or problem.hole.why not in (Why.FORBIDDEN, Why.UNSUPPORTED):
            return False
        hidden = left & {_FIELDS.get(name, name) for name in problem.fields}
        if self.projects and (not hidden or not problem.fields.isdisjoint(_PROJECT_FIELDS)):
            return self._leave_out(hidden, projects=True)
        return self._leave_out(hidden or left, projects=False)

    def _leave_out(self, parts: set[str], *, projects: bool) -> bool:
        fewer = bool(parts) or (projects and self.projects)
        self.parts.update(dict.fromkeys(parts, False))
        self.projects = self.projects and not projects
        return fewer


@dataclass(frozen=True, slots=True)
class Account:
    """The repositories of an account, by name, and how many more GitHub counts than it showed."""

    repositories: tuple[ListedRepository, ...]
    missing: int


def list_account(ask: Ask, login: str, pages: int) -> Account:
    """All repositories of an organisation or a user; Unreadable when GraphQL does not tell them whole.

    A list that shows fewer than GitHub counts is asked for once more: one that was made or renamed meanwhile may have
    moved past a page.
    """
    asking = _Asking(ask, LISTING, LISTING_WITHOUT_PROJECTS)
    found, total = _list(asking, login, pages)
    if len(found) < total:
        again, total = _list(asking, login, pages)
        found |= again
    return Account(tuple(sorted(found.values(), key=lambda r: r.full_name)), max(0, total - len(found)))


def _list(asking: _Asking, login: str, pages: int) -> tuple[dict[str, ListedRepository], int]:
    """The repositories by their lasting names, and how many there are by GitHub's count."""
    found: dict[str, ListedRepository] = {}
    cursor: str | None = None
    for _ in range(pages):
        owner = asking(login, {"login": login, "size": PAGE_SIZE, "after": cursor}).node_or_none("repositoryOwner")
        if owner is None:
            raise Unreadable(Why.AMBIGUOUS_404, f"GitHub shows no account {login}", METADATA.closes)
        page = owner.node("repositories")
        for node in page.shown("nodes"):
            listed = listed_repository(node)
            found[listed.node_id or listed.full_name] = listed
        ends = page.node("pageInfo")
        if not ends.flag("hasNextPage"):
            return found, page.number("totalCount")
        following = ends.text("endCursor", 1000)
        if following == cursor:
            break
        cursor = following
    raise Unreadable(Why.TOO_LARGE, f"the repositories of {login} do not end after {pages} pages")


def list_one(ask: Ask, owner: str, name: str) -> ListedRepository:
    """The repository; Unreadable when GraphQL does not tell it."""
    asking = _Asking(ask, REPOSITORY, REPOSITORY_WITHOUT_PROJECTS)
    found = asking(f"{owner}/{name}", {"owner": owner, "name": name}).node_or_none("repository")
    if found is None:
        raise Unreadable(Why.AMBIGUOUS_404, f"GitHub shows no repository {owner}/{name}", METADATA.closes)
    return listed_repository(found)


def listed_repository(node: Node) -> ListedRepository:
    """A repository from its record, which stays with it."""
    branch = node.node_or_none("defaultBranchRef")
    topics = node.node_or_none("repositoryTopics")
    return ListedRepository(
        full_name=node.text("nameWithOwner"),
        clone_url=_clone_url(node),
        default_branch=branch.text("name") if branch else "",
        archived=node.flag("isArchived"),
        fork=node.flag("isFork"),
        private=node.flag("isPrivate"),
        size_kb=node.number("diskUsage") if node.has("diskUsage") else 0,
        pushed_at=node.moment_or_none("pushedAt"),
        node_id=node.text("id"),
        record=node.plain(),
        topics=tuple(topic.node("topic").text("name") for topic in topics.nodes("nodes")) if topics else (),
        visibility=node.text_or("visibility").lower(),
    )


def _clone_url(node: Node) -> str:
    """Beside the repository's page, where GitHub serves clones, unless the other address needs no SSH either."""
    other = node.text_or("sshUrl")
    return other if other.startswith("file://") else node.text("url", 2000) + ".git"
