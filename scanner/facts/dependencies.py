"""Facts about what a repository builds on: packages, advisories, support dates, licences, vendors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from scanner.core.evidence import Fact
from scanner.core.outcomes import Severity

Scope = Literal["runtime", "development", "build", "optional", "unknown"]


@dataclass(frozen=True, slots=True)
class Dependency:
    """One package named by a manifest or lock file. ``ecosystem`` is OSV's name (PyPI, npm, Go, crates.io, Maven …).

    ``version`` is exact (lock file or ``==``), empty when only a range is known (``requirement``).
    """

    ecosystem: str
    name: str
    version: str
    requirement: str
    purl: str
    direct: bool
    scope: Scope
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """One manifest or lock file. ``problem`` is empty when it was read whole."""

    path: str
    ecosystem: str
    kind: Literal["manifest", "lock"]
    problem: str


@dataclass(frozen=True, slots=True)
class Dependencies(Fact):
    """All manifests of the tree and what they name. Empty tuples: the repository declares none."""

    manifests: tuple[Manifest, ...]
    dependencies: tuple[Dependency, ...]


@dataclass(frozen=True, slots=True)
class Vulnerability:
    """One advisory that holds for one locked dependency; aliases are merged (``id`` is the CVE when there is one)."""

    id: str
    aliases: tuple[str, ...]
    ecosystem: str
    name: str
    version: str
    severity: Severity
    cvss: float | None
    fixed_in: tuple[str, ...]
    published: date | None
    direct: bool
    scope: Scope
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Vulnerabilities(Fact):
    """Advisories matched against exact versions. ``unassessed`` dependencies had no exact version or no advisory data."""

    source: str
    newest_advisory: date | None
    assessed: int
    unassessed: int
    vulnerabilities: tuple[Vulnerability, ...]


ComponentKind = Literal["runtime", "framework", "image", "database", "service", "library"]


@dataclass(frozen=True, slots=True)
class Component:
    """A runtime, framework, image or service with a published end of support.

    ``eol_on`` is None when support has no announced end. ``version`` is as written; ``latest`` the newest release line of the
    product that was out on the day of the scan, with its day (None when the table has no day).
    """

    product: str
    cycle: str
    kind: ComponentKind
    eol_on: date | None
    ended: bool
    path: str
    line: int
    version: str = ""
    latest: str = ""
    latest_on: date | None = None


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A part of the stack whose end of support is unknown; ``reason`` says why, ``version`` is as written or empty."""

    product: str
    version: str
    kind: ComponentKind
    path: str
    line: int
    reason: str
    latest: str = ""
    latest_on: date | None = None


@dataclass(frozen=True, slots=True)
class SupportStatus(Fact):
    """Components found whose product is known to the end-of-life table. ``unmatched`` versions were not in it.

    ``unlisted`` names those versions, and whatever else of the stack the table does not tell of: at most 2,000, by path.
    """

    table_as_of: date
    components: tuple[Component, ...]
    unmatched: int
    unlisted: tuple[Unlisted, ...] = ()


@dataclass(frozen=True, slots=True)
class LicenceFile:
    """A licence text and what it was recognised as (SPDX ids; empty: not recognised)."""

    path: str
    spdx: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Licensing(Fact):
    """The repository's outbound licence: from its licence files and its manifests' declarations."""

    files: tuple[LicenceFile, ...]
    declared: tuple[tuple[str, str], ...]
    """(manifest path, expression as written)."""


Purpose = Literal["cloud", "database", "payments", "email", "messaging", "analytics", "crash-reporting", "feature-flags",
                  "feedback", "monitoring", "authentication", "search", "storage", "ci", "ai", "cdn", "support", "other"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class VendorUse:
    """A vendor seen through an SDK, image, IaC provider or CI action."""

    vendor: str
    purpose: Purpose
    via: Literal["sdk", "image", "iac", "action", "configuration"]
    evidence: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Vendors(Fact):
    """Vendors the repository depends on, told by a shipped table of package, provider and action names."""

    uses: tuple[VendorUse, ...]


@dataclass(frozen=True, slots=True)
class Toolkit(Fact):
    """What libraries are there for, told by a shipped table: names of packages by use.

    Uses: accessibility, end-to-end, visual, internationalisation, analytics, crash-reporting, feedback, feature-flags,
    experiments, metrics, tracing, structured-logging, load-test, queue, cache, migration, test, property-test, mock.
    """

    uses: tuple[tuple[str, tuple[str, ...]], ...]

    def of(self, use: str) -> tuple[str, ...]:
        """The packages seen for ``use``, empty when none."""
        return dict(self.uses).get(use, ())
