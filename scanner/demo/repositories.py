"""The sample organisation's repositories: who changes what, how often, and what was planted when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime


@dataclass(frozen=True, slots=True)
class Event:
    """Something planted: a change of files at a moment. ``files`` maps a path to its seed's name, None to delete it."""

    at: datetime
    person: str
    message: str
    files: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a repository is worked on.

    ``crew`` are (person, weight); ``commits`` per week of the thirteen; ``hot`` paths change most
    often; ``reviewed`` is the percentage of changes approved by somebody else; ``tested`` that of
    green pipeline runs; ``hours`` from opening to merging, typically; ``referring`` the percentage of
    changes that name an issue; ``late`` that of commits made in the evening or at the weekend.
    """

    crew: tuple[tuple[str, int], ...]
    commits: tuple[int, ...]
    hot: tuple[str, ...]
    reviewed: int = 90
    tested: int = 95
    hours: int = 20
    referring: int = 80
    late: int = 4
    releases: bool = False
    deploys: bool = False
    failing_deploys: int = 5


@dataclass(frozen=True, slots=True)
class Made:
    """A repository of the sample organisation. ``criticality`` is for the reader; the engagement file declares it."""

    name: str
    description: str
    language: str
    started: date
    rhythm: Rhythm
    events: tuple[Event, ...] = ()
    ended: date = date(2100, 1, 1)
    former: tuple[tuple[str, int], ...] = ()
    """Who worked on it before ``handed_over``; the crew afterwards."""
    handed_over: date = date(2000, 1, 1)
    former_commits: tuple[int, ...] = ()
    archived: bool = False
    private: bool = True
    topics: tuple[str, ...] = ()


def _moment(year: int, month: int, day: int, hour: int = 10) -> datetime:
    return datetime(year, month, day, hour, 7, tzinfo=UTC)


ORGANISATION = "nimbus-parcel"

REPOSITORIES: tuple[Made, ...] = (
    Made(
        "parcel-api", "Orders, labels and tracking: the public HTTP API", "Python", date(2023, 1, 9),
        Rhythm(
            (("ann", 5), ("bo", 5), ("fay", 2), ("hana", 1)), (6, 5, 6, 4, 6, 5, 5, 6, 4, 5, 6, 5, 4),
            ("src/parcel/orders.py", "src/parcel/tracking.py", "src/parcel/pricing.py", "tests/test_orders.py"),
            reviewed=94, tested=94, hours=18, referring=85, releases=True, deploys=True, failing_deploys=8,
        ),
        (
            Event(_moment(2026, 8, 12), "bo", "fix(deps): update jinja2 and requests past their advisories (#2210)\n\nCloses #2198", (("requirements.txt", "requirements.fixed.txt"),)),
        ),
        topics=("api", "python"),
    ),
    Made(
        "web-shop", "The shop where customers buy labels and follow parcels", "TypeScript", date(2023, 2, 6),
        Rhythm(
            (("chen", 5), ("dia", 5), ("hana", 3)), (5, 4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 4),
            ("src/pages/Checkout.tsx", "src/api/client.ts", "src/components/ParcelMap.tsx"),
            reviewed=82, tested=90, hours=30, referring=70, releases=True, deploys=True, failing_deploys=10,
        ),
        (
            Event(_moment(2026, 9, 2), "dia", "feat(client): fetch with axios (#1890)\n\nCloses #1881", (("package.json", "package.axios.json"), ("package-lock.json", "package-lock.axios.json"))),
        ),
        topics=("frontend", "typescript", "react"),
    ),
    Made(
        "routing-engine", "Computes pick-up and delivery routes", "Go", date(2023, 3, 6),
        Rhythm(
            (("emil", 19), ("ann", 1)), (4, 3, 3, 4, 3, 3, 4, 3, 3, 4, 3, 3, 3),
            ("internal/route/solver.go", "internal/route/graph.go", "cmd/engine/main.go"),
            reviewed=12, tested=98, hours=4, referring=35, late=30, releases=True, deploys=True, failing_deploys=4,
        ),
        topics=("go", "optimisation"),
    ),
    Made(
        "billing", "Invoices, payouts and dunning", "Java", date(2023, 1, 16),
        Rhythm(
            (("bo", 1),), (1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1), ("src/main/java/example/billing/InvoiceService.java",),
            reviewed=0, tested=0, hours=1, referring=10,
        ),
        (
            Event(_moment(2026, 8, 3), "bo", "ci: build and test billing on every change (#412)", ((".github/workflows/ci.yml", "ci.later.yml"),)),
        ),
        former=(("gus", 9), ("bo", 1)), handed_over=date(2024, 12, 20), former_commits=(3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3),
        topics=("java", "spring"),
    ),
    Made(
        "infrastructure", "Terraform and Kubernetes manifests of all environments", "HCL", date(2023, 1, 23),
        Rhythm(
            (("fay", 8), ("ann", 2)), (2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2), ("terraform/database.tf", "kubernetes/parcel-api.yaml"),
            reviewed=70, tested=92, hours=12, referring=50, deploys=True,
        ),
        topics=("terraform", "kubernetes"),
    ),
    Made(
        "data-jobs", "Nightly exports and the finance spreadsheet", "Python", date(2023, 9, 4),
        Rhythm((("ivo", 1),), (1, 1, 1, 2, 1, 1, 1, 2, 1, 1, 1, 2, 1), ("export_finance.py", "sync_carriers.py"), reviewed=0, tested=0, hours=1, referring=0, late=40),
        (
            Event(_moment(2026, 8, 20), "ivo", "fix: read the storage key from the environment", (("export_finance.py", "export_finance.clean.py"),)),
        ),
    ),
    Made(
        "handbook", "How we work: decisions, runbooks, onboarding", "Markdown", date(2023, 1, 2),
        Rhythm(
            (("ann", 3), ("fay", 3), ("dia", 2), ("bo", 1)), (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), ("README.md", "runbooks/incident.md", "roadmap.md"),
            reviewed=60, tested=100, hours=30, referring=20,
        ),
        private=False,
    ),
    Made(
        "legacy-import", "Imported parcels of the former partner (retired)", "PHP", date(2023, 1, 9),
        Rhythm((("gus", 3), ("bo", 1)), (2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2), ("import.php",), reviewed=20, tested=0, hours=2, referring=10),
        ended=date(2023, 12, 15), archived=True,
    ),
)  # fmt: skip
"""All repositories of the sample organisation."""
