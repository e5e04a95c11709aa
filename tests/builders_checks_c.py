"""Facts with plain defaults for the checks of risk, scalability, experience, learning, measurement and adaptation."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from scanner.core.checks import Check
from scanner.core.evidence import Across, F, Unknown, Why
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome, Severity
from scanner.core.subjects import Kind, Subject
from scanner.facts.ci import Automation, Pipeline, Pipelines, Step, UpdateBot
from scanner.facts.dependencies import Dependencies, Manifest, Toolkit, Vulnerabilities, Vulnerability
from scanner.facts.engagement import Answer, Answers, Engagement, Moment
from scanner.facts.forge import ChangeRequests, Issue, Issues, Review
from scanner.facts.history import (
    CommitActivity,
    CommitMessages,
    Contributors,
    FileChange,
    FileChanges,
    PersonActivity,
)
from scanner.facts.infrastructure import (
    ContainerFile,
    Containers,
    Infrastructure,
    Resource,
    ResourceKind,
    RuntimeTraits,
)
from scanner.facts.tree import CodeSize, Document, DocumentKind, Documents, FileLines, Role, Tree, TreeEntry
from tests.builders import AS_OF, change_request

MOMENT = Moment(AS_OF)


def ago(days: float) -> datetime:
    return AS_OF - timedelta(days=days)


def repo(name: str) -> Subject:
    return Subject(Kind.REPO, f"acme/{name}")


def across(**facts: F) -> Across[F]:
    """One fact per repository of acme; a ``_`` in front of a name stands for a dot."""
    return Across({repo("." + n[1:] if n.startswith("_") else n): f for n, f in facts.items()})


def measured(outcome: Outcome) -> float:
    assert isinstance(outcome, Measured), outcome
    return outcome.value


def asks_its_own_question(check: Check[[Answers]]) -> None:
    """A declared check reads the answer under its own id, in percent, and nobody else's."""
    own = check.spec.id
    outcome = check(answers(own, 0.25, tier="document"))
    assert isinstance(outcome, Measured)
    assert (outcome.value, outcome.basis, outcome.certainty) == (25, Basis.DECLARED, 0.75)
    assert isinstance(check(Answers((Answer(own, None, applies=False),))), NotApplicable)
    for unanswered in (answers("GOA-999", 1), answers(own, None), Answers(())):
        hole = check(unanswered)
        assert isinstance(hole, Unknown)
        assert hole.why is Why.NOT_ANSWERED


def answers(question: str, value: float | None, **given: Any) -> Answers:
    return Answers((Answer(question, value, **given),))


NO_ANSWERS = Answers(())


def engagement(**given: Any) -> Engagement:
    return Engagement("acme", **given)


def document(kind: DocumentKind, days_old: float | None = 10, **given: Any) -> Document:
    defaults: dict[str, Any] = {
        "path": f"docs/{kind}.md", "title": "", "words": 200, "headings": (), "code_blocks": 0, "links_checked": 0,
        "links_missing": (), "last_changed_at": None if days_old is None else ago(days_old),
    }  # fmt: skip
    return Document(kind=kind, **(defaults | given))


def documents(*docs: Document) -> Documents:
    return Documents(AS_OF, docs)


def resource(kind: ResourceKind, provider: str = "aws", **given: Any) -> Resource:
    defaults: dict[str, Any] = {"type": f"{provider}_{kind}", "name": "main", "path": "main.tf", "line": 1}
    return Resource(kind=kind, provider=provider, **(defaults | given))


def infrastructure(*resources: Resource) -> Infrastructure:
    return Infrastructure(("terraform",), resources, (), (), ())


def traits(**given: Any) -> RuntimeTraits:
    """A deployable with nothing else to show."""
    names = (
        "environment_config", "hard_coded_endpoints", "local_state", "health_endpoints", "api_contracts", "migrations",
        "load_tests", "dashboards", "alerts", "slos",
    )  # fmt: skip
    defaults: dict[str, Any] = dict.fromkeys(names, ()) | {"deployable": True}
    return RuntimeTraits(**(defaults | given))


def containers(*files: ContainerFile) -> Containers:
    return Containers(files, (), ())


def container_file(**given: Any) -> ContainerFile:
    defaults: dict[str, Any] = {
        "path": "Dockerfile", "stages": 1, "user": "", "healthcheck": False, "adds_remote": False,
        "copies_everything": False, "secret_in_environment": False,
    }  # fmt: skip
    return ContainerFile(**(defaults | given))


def pipeline(*steps: Step, on_change: bool = True, on_schedule: bool = False, path: str = "ci.yml") -> Pipeline:
    return Pipeline(path, "github-actions", "ci", on_change, on_schedule, steps, 1, 0, (), False, False)


def pipelines(*each: Pipeline) -> Pipelines:
    return Pipelines(each, (), (), ())


def unreadable() -> Pipelines:
    """One pipeline file that could not be parsed, and none that could."""
    return Pipelines((), (), (), (("ci.yml", "not YAML"),))


def automation(*bots: UpdateBot, coverage: tuple[str, ...] = ()) -> Automation:
    return Automation(bots, 0, (), (), (), (), coverage)


def bot(*ecosystems: str) -> UpdateBot:
    return UpdateBot("dependabot", ".github/dependabot.yml", ecosystems)


def dependencies(*manifests: tuple[str, str, str]) -> Dependencies:
    """Manifests as (path, ecosystem, manifest or lock)."""
    return Dependencies(tuple(Manifest(p, e, "lock" if k == "lock" else "manifest", "") for p, e, k in manifests), ())


def toolkit(**uses: tuple[str, ...]) -> Toolkit:
    """Uses by name; ``_`` stands for a hyphen."""
    return Toolkit(tuple((use.replace("_", "-"), names) for use, names in uses.items()))


def tree(*paths: str, role: Role = "product") -> Tree:
    return Tree("c0ffee", tuple(TreeEntry(p, "0" * 40, "file", 100, role) for p in paths))


def interface() -> Tree:
    """A tree with a user interface."""
    return tree(*(f"src/view{n}.tsx" for n in range(5)))


def size(product: int = 2000, test: int = 500, files: tuple[FileLines, ...] = ()) -> CodeSize:
    return CodeSize((), files, product, test, 0, 0)


def source(path: str, role: Role = "product", code: int = 100) -> FileLines:
    return FileLines(path, "Python", role, code, 0)


def person(name: str, year: int = 0, **given: Any) -> PersonActivity:
    """Someone with ``year`` commits in the last year, first seen long ago."""
    defaults: dict[str, Any] = {
        "commits_90_days": 0, "commits_365_days": year, "commits_all": year, "first_at": ago(2000), "last_at": ago(1),
        "tenth_at": None,
    }  # fmt: skip
    return PersonActivity(person=name, **(defaults | given))


def contributors(*people: PersonActivity, paired: int = 0) -> Contributors:
    return Contributors(AS_OF, people, 0, paired, 0, 0)


def activity(**given: Any) -> CommitActivity:
    defaults: dict[str, Any] = {
        "as_of": AS_OF, "commits_90_days": 30, "commits_365_days": 100, "commits_all": 300, "bot_commits_365_days": 0,
        "merge_commits_365_days": 0, "active_days_90_days": 20, "mainline_days_90_days": 20, "people_90_days": 3,
        "people_365_days": 4, "files_per_commit_median": 2.0, "files_per_commit_p90": 8.0,
        "commits_over_30_files_365_days": 0, "agent_commits_365_days": 0, "months": (),
    }  # fmt: skip
    return CommitActivity(**(defaults | given))


def messages(commits: int, reverts: int = 0, **kinds: int) -> CommitMessages:
    return CommitMessages(365, commits, 0, 0, 0, 0, reverts, tuple(kinds.items()))


def file_change(path: str, days_old: float, revisions: int = 1) -> FileChange:
    return FileChange(path, revisions, revisions, 1, "ann", 1.0, ago(900), ago(days_old))


def file_changes(*files: FileChange) -> FileChanges:
    return FileChanges(AS_OF, 365, files)


def issue(opened: float, closed: float | None = None, *labels: str, **given: Any) -> Issue:
    """A person's issue opened and closed so many days ago."""
    defaults: dict[str, Any] = {
        "number": 1, "person": "ann", "bot": False, "first_response_at": None, "comments": 0, "reopened": False,
        "milestone": "",
    }  # fmt: skip
    closed_at = None if closed is None else ago(closed)
    return Issue(created_at=ago(opened), closed_at=closed_at, labels=labels, **(defaults | given))


def issues(*each: Issue, enabled: bool = True) -> Issues:
    return Issues(AS_OF, 365, each, 0, enabled)


def requests(*each: Any) -> ChangeRequests:
    return ChangeRequests(AS_OF, 365, each, 0)


def reviewed_change(author: str, *reviewers: str, created: float = 20, **given: Any) -> Any:
    """A change merged a day after its opening, approved by ``reviewers`` in between."""
    reviews = tuple(Review(r, False, "approved", ago(created - 0.5), 0) for r in reviewers)
    given = {"created_at": ago(created), "merged_at": ago(created - 1), "reviews": reviews} | given
    return change_request(person=author, **given)


def vulnerability(days_old: float, **given: Any) -> Vulnerability:
    """A severe advisory with a fix, against a runtime dependency."""
    defaults: dict[str, Any] = {
        "id": f"CVE-{days_old}", "aliases": (), "ecosystem": "npm", "name": "left", "version": "1.0.0",
        "severity": Severity.HIGH, "cvss": 8.0, "fixed_in": ("1.0.1",), "published": ago(days_old).date(),
        "direct": True, "scope": "runtime", "path": "package-lock.json", "line": 1,
    }  # fmt: skip
    return Vulnerability(**(defaults | given))


def vulnerabilities(*each: Vulnerability, assessed: int = 100, unassessed: int = 0) -> Vulnerabilities:
    return Vulnerabilities("osv", None, assessed, unassessed, each)
