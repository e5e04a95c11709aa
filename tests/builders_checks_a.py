"""Facts with plain defaults for the checks of goals, state, strategy, budget, team and communication."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, TypeVar

from scanner.core.evidence import Across, Fact
from scanner.core.outcomes import Measured, Outcome
from scanner.core.subjects import Kind, Subject
from scanner.facts.code import Functions
from scanner.facts.engagement import Answer, Answers
from scanner.facts.forge import Issue, Run
from scanner.facts.history import (
    CommitActivity,
    CommitMessages,
    Contributors,
    FileChange,
    FileChanges,
    PersonActivity,
    RepositoryProfile,
)
from scanner.facts.infrastructure import Infrastructure, Resource, RuntimeTraits
from scanner.facts.tree import Document, DocumentKind, Documents, Role, Tree, TreeEntry
from tests.builders import AS_OF

F = TypeVar("F", bound=Fact)


def ago(days: float) -> datetime:
    """The moment ``days`` before AS_OF."""
    return AS_OF - timedelta(days=days)


def measured(outcome: Outcome) -> Measured:
    """``outcome``, which must be a measured one."""
    assert isinstance(outcome, Measured), outcome
    return outcome


def named(name: str) -> Subject:
    """The repository ``acme/name``."""
    return Subject(Kind.REPO, f"acme/{name}")


def across(**facts: F) -> Across[F]:
    """One fact of each repository named by keyword, in the organisation acme."""
    return Across({named(name): fact for name, fact in facts.items()})


def answered(check: str, value: float | None) -> Answers:
    """One answer to ``check``."""
    return Answers((Answer(check, value),))


def activity(**given: Any) -> CommitActivity:
    """A repository with one hundred human commits of two people, ten of them in the last 90 days."""
    defaults: dict[str, Any] = {
        "as_of": AS_OF, "commits_90_days": 10, "commits_365_days": 50, "commits_all": 100, "bot_commits_365_days": 0,
        "merge_commits_365_days": 0, "active_days_90_days": 8, "mainline_days_90_days": 8, "people_90_days": 2,
        "people_365_days": 2, "files_per_commit_median": 2.0, "files_per_commit_p90": 8.0,
        "commits_over_30_files_365_days": 0, "agent_commits_365_days": 0, "months": (),
    }  # fmt: skip
    return CommitActivity(**(defaults | given))


def messages(commits: int, kinds: dict[str, int] | None = None, **given: Any) -> CommitMessages:
    """``commits`` messages of a year, of the given kinds; the other counts are 0."""
    defaults: dict[str, Any] = {
        "window_days": 365, "with_reference": 0, "conventional": 0, "with_body": 0, "poor_subject": 0, "reverts": 0,
    }  # fmt: skip
    return CommitMessages(commits=commits, kinds=tuple((kinds or {}).items()), **(defaults | given))


def person(name: str, year: int, recent: int = 0, ever: int | None = None, **given: Any) -> PersonActivity:
    """A person with commits in the year, in its last 90 days, and ever (default: as in the year)."""
    defaults: dict[str, Any] = {"first_at": ago(1000), "last_at": ago(1 if recent else 200), "tenth_at": None}
    return PersonActivity(name, recent, year, year if ever is None else ever, **(defaults | given))


def contributors(*people: PersonActivity, **given: Any) -> Contributors:
    """These people, none of whose commits were out of hours."""
    defaults: dict[str, Any] = {
        "bots": 0, "paired_commits_365_days": 0, "out_of_hours_commits_365_days": 0,
        "timed_commits_365_days": sum(p.commits_365_days for p in people),
    }  # fmt: skip
    return Contributors(as_of=AS_OF, people=people, **(defaults | given))


def change(path: str, main: str = "ann", share: float = 1.0, revisions: int = 3) -> FileChange:
    """A file with ``revisions`` in the year, ``share`` of them by ``main``."""
    return FileChange(path, revisions, revisions, 1 if share == 1 else 2, main, share, ago(300), ago(3))


def changes(*files: FileChange) -> FileChanges:
    """The change history of ``files`` over a year."""
    return FileChanges(AS_OF, 365, files)


def tree(*product: str, vendored: tuple[str, ...] = ()) -> Tree:
    """A tree of product files and vendored ones."""
    roles: list[tuple[str, Role]] = [*((p, "product") for p in product), *((p, "vendored") for p in vendored)]
    return Tree("c0", tuple(TreeEntry(path, "0" * 40, "file", 10, role) for path, role in roles))


def profile(**given: Any) -> RepositoryProfile:
    """A repository with commits, one branch and no tags."""
    defaults: dict[str, Any] = {
        "as_of": AS_OF, "default_branch": "main", "head": "c0", "head_at": ago(1), "first_commit_at": ago(800),
        "commits": 100, "shallow": False, "branches": 1, "stale_branches": 0, "tags": 0, "commits_after_as_of": 0,
        "commits_odd_date": 0,
    }  # fmt: skip
    return RepositoryProfile(**(defaults | given))


def document(path: str, kind: DocumentKind = "other", **given: Any) -> Document:
    """A document of 200 words changed ten days ago, whose links were not checked."""
    defaults: dict[str, Any] = {
        "title": path, "words": 200, "headings": (), "code_blocks": 0, "links_checked": 0, "links_missing": (),
        "last_changed_at": ago(10),
    }  # fmt: skip
    return Document(path=path, kind=kind, **(defaults | given))


def documents(*all_of_them: Document) -> Documents:
    """These documents."""
    return Documents(AS_OF, all_of_them)


def issue(**given: Any) -> Issue:
    """A person's open issue, ten days old, without a response."""
    defaults: dict[str, Any] = {
        "number": 1, "person": "zoe", "bot": False, "created_at": ago(10), "closed_at": None, "first_response_at": None,
        "labels": (), "comments": 0, "reopened": False, "milestone": "",
    }  # fmt: skip
    return Issue(**(defaults | given))


def run(minutes: float, conclusion: str, **given: Any) -> Run:
    """A run of yesterday that took ``minutes`` after five in the queue."""
    started = ago(1)
    defaults: dict[str, Any] = {
        "workflow": "ci", "event": "push", "branch": "main", "commit": "c0", "attempt": 1,
        "created_at": started - timedelta(minutes=5), "started_at": started,
        "finished_at": started + timedelta(minutes=minutes), "conclusion": conclusion,
    }  # fmt: skip
    return Run(**(defaults | given))


def resource(kind: str, name: str = "it", **given: Any) -> Resource:
    """A resource that Terraform declares at AWS."""
    defaults: dict[str, Any] = {"type": f"aws_{kind}", "provider": "aws", "path": "main.tf", "line": 1}
    return Resource(**({"kind": kind, "name": name} | defaults | given))


def infrastructure(*resources: Resource) -> Infrastructure:
    """Infrastructure of just these resources."""
    return Infrastructure(("terraform",) if resources else (), resources, (), (), ())


def traits(**given: Any) -> RuntimeTraits:
    """A repository that runs somewhere and shows nothing else."""
    defaults: dict[str, Any] = dict.fromkeys(
        ("environment_config", "hard_coded_endpoints", "local_state", "health_endpoints", "api_contracts", "migrations",
         "load_tests", "dashboards", "alerts", "slos"), (),
    )  # fmt: skip
    return RuntimeTraits(**(defaults | {"deployable": True} | given))


def function_cover(code_lines_measured: int, code_lines: int) -> Functions:
    """No functions, but so much of the code was measured."""
    return Functions((), (), code_lines_measured, code_lines, ())
