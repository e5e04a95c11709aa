"""Facts from the one streamed pass over a repository's history. Merges and bots are counted apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from scanner.core.evidence import Fact


@dataclass(frozen=True, slots=True)
class RepositoryProfile(Fact):
    """What the object database says of the repository as a whole, at the analysed commit.

    ``head`` is the analysed commit (newest on the default branch not after ``as_of``), empty for a
    repository without commits. ``commits`` are those reachable from it. ``commits_after_as_of`` were
    left out; ``commits_odd_date`` claim a date before 1990 or after ``as_of``.
    ``stale_branches`` are other branches without a commit in 90 days.
    """

    as_of: datetime
    default_branch: str
    head: str
    head_at: datetime | None
    first_commit_at: datetime | None
    commits: int
    shallow: bool
    branches: int
    stale_branches: int
    tags: int
    commits_after_as_of: int
    commits_odd_date: int


@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month (UTC, "2026-08") of commits on the default branch, merges left out."""

    month: str
    human_commits: int
    bot_commits: int
    people: int


@dataclass(frozen=True, slots=True)
class CommitActivity(Fact):
    """Volume of work. Human, non-merge commits unless the name says otherwise; windows end at ``as_of``."""

    as_of: datetime
    commits_90_days: int
    commits_365_days: int
    commits_all: int
    bot_commits_365_days: int
    merge_commits_365_days: int
    active_days_90_days: int
    mainline_days_90_days: int
    """Distinct UTC days with a new first-parent commit on the default branch."""
    people_90_days: int
    people_365_days: int
    files_per_commit_median: float
    files_per_commit_p90: float
    commits_over_30_files_365_days: int
    agent_commits_365_days: int
    """Human commits that declare an AI agent as co-author or author tool."""
    months: tuple[Month, ...]
    """Every month from the first commit to ``as_of``, oldest first, empty months included."""


@dataclass(frozen=True, slots=True)
class PersonActivity:
    """One pseudonymous person in one repository; counts are human non-merge commits, co-authored ones included."""

    person: str
    commits_90_days: int
    commits_365_days: int
    commits_all: int
    first_at: datetime
    last_at: datetime
    tenth_at: datetime | None
    """When the tenth commit was made; None with fewer."""


@dataclass(frozen=True, slots=True)
class Contributors(Fact):
    """Everyone who ever committed, bots left out, identities merged."""

    personal: ClassVar[bool] = True
    as_of: datetime
    people: tuple[PersonActivity, ...]
    bots: int
    paired_commits_365_days: int
    """Human commits with at least one human co-author."""
    out_of_hours_commits_365_days: int
    """Human commits on Saturday or Sunday, or before 07:00 or from 20:00, in the commit's own time zone."""
    timed_commits_365_days: int


@dataclass(frozen=True, slots=True)
class CommitMessages(Fact):
    """What human, non-merge commit messages of the window say. Counts of commits.

    ``kinds`` counts feature, fix, maintenance, operations, security, documentation, test; a commit
    has at most one kind, told by conventional type, else by leading verb, else by paths; the rest
    is unclassified.
    """

    window_days: int
    commits: int
    with_reference: int
    """Referring to an issue, ticket or change request (#12, GH-12, ABC-12, issue or merge-request URL)."""
    conventional: int
    with_body: int
    poor_subject: int
    """Subject under 10 characters, one word, or a stock phrase such as "wip" or "update"."""
    reverts: int
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class FileChange:
    """The history of one path that exists at head. Revisions are human non-merge commits touching it.

    ``main_person_share`` is the share (0 to 1) of the year's revisions by the person with most of them.
    ``recent_changes`` sums revisions of any age, each weighing half for every 90 days it lies before ``as_of``.
    """

    path: str
    revisions_365_days: int
    revisions_all: int
    people_365_days: int
    main_person: str
    main_person_share: float
    first_at: datetime
    last_at: datetime
    recent_changes: float = 0.0


@dataclass(frozen=True, slots=True)
class FileChanges(Fact):
    """Change history of every path at head, renames followed where changes could be read; most revised first."""

    personal: ClassVar[bool] = True
    as_of: datetime
    window_days: int
    files: tuple[FileChange, ...]


@dataclass(frozen=True, slots=True)
class LineMonth:
    """Lines of one calendar month (UTC, "2026-08") by people, merges left out."""

    month: str
    added: int
    deleted: int


@dataclass(frozen=True, slots=True)
class FileLineChange:
    """Lines added to and deleted from a path at head within the window, under whatever name it then had."""

    path: str
    added: int
    deleted: int


@dataclass(frozen=True, slots=True)
class LineChanges(Fact):
    """How many lines changed, as ``git log --numstat -M`` counts them; human non-merge commits on the default branch.

    ``lines_per_commit_*`` are lines added plus deleted. ``files`` holds every path at head that changed in the
    window most changed first. ``untold`` are commits of the
    window whose changes could not be read. ``renames`` were followed over the whole history.
    """

    as_of: datetime
    window_days: int
    commits: int
    untold: int
    lines_per_commit_median: float
    lines_per_commit_p90: float
    added: int
    deleted: int
    renames: int
    months: tuple[LineMonth, ...]
    """The last 24 months up to ``as_of``, oldest first, empty months included."""
    files: tuple[FileLineChange, ...]


@dataclass(frozen=True, slots=True)
class CoupledPair:
    """Two files that change together: ``shared`` commits, ``degree`` = shared ÷ mean of both files' revisions (0 to 1)."""

    a: str
    b: str
    shared: int
    degree: float


@dataclass(frozen=True, slots=True)
class ChangeCoupling(Fact):
    """Temporal coupling over 365 days: commits of at most 30 files, at least 5 shared, degree at least 0.3."""

    window_days: int
    commits: int
    pairs: tuple[CoupledPair, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag with the time of the commit it names; ``semantic`` when it reads as a semantic version.

    ``signed``: it carries a signature (``signature`` its kind, empty when that is none known); nobody verified it. A
    lightweight tag (not ``annotated``) carries that of its commit, which may be the forge's own. None: the tag's object
    could not be read.
    """

    name: str
    at: datetime
    semantic: bool
    signed: bool | None = None
    signature: Literal["pgp", "ssh", "x509", ""] = ""
    annotated: bool = False


@dataclass(frozen=True, slots=True)
class Tags(Fact):
    """All tags that point at commits not after ``as_of``, oldest first."""

    as_of: datetime
    tags: tuple[Tag, ...]
