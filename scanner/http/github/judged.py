"""Which repositories are asked the questions that cost most: only those that will be judged."""

from __future__ import annotations

from scanner.core.evidence import Unreadable, Why
from scanner.http.github.sources import GithubRepositorySource

_PASSED_OVER = (
    ("isArchived", "archived", "archived repositories"),
    ("isFork", "fork", "forks"),
    ("isTemplate", "is_template", "templates"),
)
"""Names in the listing and in the record, and what such repositories are called."""


def expect_judged(source: GithubRepositorySource) -> None:
    """Unreadable(NOT_REQUESTED) for a repository that is listed, not judged: nothing more is asked for its sake."""
    listing = source.listing()
    for listed, recorded, what in _PASSED_OVER:
        if listing.flag_or_false(listed) if listing else source.record().flag_or_false(recorded):
            raise Unreadable(
                Why.NOT_REQUESTED, f"{what} are listed, not judged: pipelines and alerts were not asked for"
            )


def is_private(source: GithubRepositorySource) -> bool:
    """Whether not everybody may read it."""
    listing = source.listing()
    return listing.flag("isPrivate") if listing else source.record().flag("private")
