"""The sample organisation: what was planted is found, and three months later only what was planted has changed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from scanner.demo.calendar import AS_OF, LATER
from scanner.demo.run import scan_sample
from scanner.pipeline.events import Silent
from scanner.pipeline.scan import Outcome

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome, Outcome]:
    folder = tmp_path_factory.mktemp("sample")
    return folder, scan_sample(folder, AS_OF, Silent()), scan_sample(folder, LATER, Silent())


def test_every_stage_is_there_and_assessable(scans: tuple[Path, Outcome, Outcome]) -> None:
    _, first, _ = scans
    assert [s.stage.number for s in first.assessment.stages] == list(range(1, 17))
    assert all(s.assessable for s in first.assessment.stages)
    assert not first.failed
    assert {p.subject.name: p.repo_class for p in first.assessment.profiles}[
        "nimbus-parcel/legacy-import"
    ] == "archived"


def test_the_planted_weaknesses_are_found(scans: tuple[Path, Outcome, Outcome]) -> None:
    _, first, _ = scans
    found = {(f.subject.name.rsplit("/", 1)[-1], f.rule, f.path) for f in first.assessment.findings}
    assert {
        ("billing", "CVE-2021-44228", "pom.xml"),
        ("billing", "CVE-2024-1597", "pom.xml"),
        ("billing", "secret:stripe-access-token", "src/main/java/example/billing/Payouts.java"),
        ("data-jobs", "secret:aws-access-token", "export_finance.py"),
        ("data-jobs", "CVE-2020-1747", "requirements.txt"),
        ("parcel-api", "CVE-2019-10906", "requirements.txt"),
        ("parcel-api", "CVE-2018-18074", "requirements.txt"),
        ("web-shop", "CVE-2021-23337", "package-lock.json"),
        ("routing-engine", "CVE-2023-48795", "go.mod"),
    } <= found
    security = next(s for s in first.assessment.stages if s.stage.value == "security")
    assert security.level == 2, "a live credential holds the stage down"


def test_no_finding_tells_a_credential(scans: tuple[Path, Outcome, Outcome]) -> None:
    _, first, later = scans
    for outcome in (first, later):
        assert b"AKIA" + b"Q3EGWR" not in outcome.published
        assert b"51HqLyJ8vXcB3nM7kPzR4tWs" not in outcome.published


def test_three_months_later_only_what_was_planted_has_changed(scans: tuple[Path, Outcome, Outcome]) -> None:
    """Planted: billing gets a pipeline and a protected branch; parcel-api updates two packages; data-jobs takes its
    credential out of the code (not out of the history); web-shop adds a package with an advisory."""
    _, first, later = scans
    trend = later.assessment.trend
    assert trend is not None
    assert trend.previous_as_of == AS_OF
    assert {(f.subject.name.rsplit("/", 1)[-1], f.rule) for f in trend.new} == {
        ("web-shop", "CVE-2024-39338"),
        ("data-jobs", "secret:aws-access-token"),
        ("data-jobs", "secret:generic-api-key"),
    }
    fixed = {(f.subject.name.rsplit("/", 1)[-1], f.check) for f in trend.fixed}
    assert fixed == {
        ("parcel-api", "SEC-003"), ("parcel-api", "ADA-005"), ("parcel-api", "RIS-014"),
        ("billing", "SEC-021"), ("billing", "PRO-017"), ("billing", "PRO-002"), ("billing", "PRO-003"), ("billing", "STA-009"),
        ("billing", "RIS-007"), ("web-shop", "ADA-002"),
    }  # fmt: skip
    moved = {c.key for c in trend.checks}
    assert moved == {
        "ADA-002",
        "ADA-005",
        "ADA-007",
        "PRO-002",
        "PRO-003",
        "PRO-017",
        "RIS-014",
        "SEC-003",
        "SEC-021",
        "STA-009",
        "TEA-021",  # who left in the autumn of 2024 did so more than a year before the later date
    }
    assert {c.key for c in trend.stages} == {"process", "risk", "adaptation"}
    assert all((c.delta or 0) > 0 for c in trend.stages)
    before, after = (next(s.score for s in o.assessment.stages if s.stage.value == "security") for o in (first, later))
    assert before is not None
    assert after is not None
    assert 1 < after - before < 2, "security gains as well, by less than the trend tells from noise"


def test_commits_are_those_that_git_counts(scans: tuple[Path, Outcome, Outcome]) -> None:
    folder, _, later = scans
    cloned = [profile for profile in later.assessment.profiles if profile.repo_class != "archived"]
    assert len(cloned) == len(later.assessment.profiles) - 1
    for profile in cloned:
        repository = folder / "repositories" / f"{profile.subject.name.rsplit('/', 1)[-1]}.git"
        counted = subprocess.run(
            ["git", f"--git-dir={repository}", "rev-list", "--count", "main"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        assert profile.commits == int(counted)


def test_the_same_organisation_gives_the_same_bytes(scans: tuple[Path, Outcome, Outcome], tmp_path: Path) -> None:
    _, first, _ = scans
    assert scan_sample(tmp_path, AS_OF, Silent(), workers=1).published == first.published
