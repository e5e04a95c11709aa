from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from collectors.git import history
from collectors.tree import documents, listing
from collectors.tree.documents import kind_of, missing_links
from collectors.tree.prose import Prose
from scanner.facts.history import FileChanges
from scanner.facts.tree import Documents, Tree
from tests.builders_gitcode import GitRepo, fact_of


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("README.md", "readme"), ("docs/README.rst", "readme"), ("CHANGELOG", "changelog"), ("CONTRIBUTING.md", "contributing"),
        (".github/SECURITY.md", "security-policy"), ("LICENSE-MIT", "licence"), ("CODE_OF_CONDUCT.md", "code-of-conduct"),
        ("docs/adr/0001-use-git.md", "decision-record"), ("docs/adr/README.md", "readme"), ("ROADMAP.md", "roadmap"),
        ("docs/runbooks/db.md", "runbook"), ("ARCHITECTURE.md", "architecture"), ("docs/getting-started.md", "onboarding"),
        ("docs/postmortems/2026-01.md", "postmortem"), ("docs/api.md", "api"), ("docs/threat-model.md", "threat-model"),
        ("docs/disaster-recovery.md", "disaster-recovery"), ("PRIVACY.md", "privacy"), ("SUPPORT.md", "support"),
        ("AGENTS.md", "ai-policy"), ("docs/risk-register.md", "risk-register"), ("GOVERNANCE.md", "governance"),
        ("docs/style-guide.md", "style-guide"), ("docs/meetings/2026-01-02.md", "meeting-notes"), ("VISION.md", "vision"),
        ("docs/other.md", "other"), ("docs/rest.md", "other"),
    ],
)  # fmt: skip
def test_kinds(path: str, kind: str) -> None:
    assert kind_of(path) == kind


def test_links_are_looked_for_beside_the_document_and_from_the_root() -> None:
    present = frozenset({"docs/a.md", "docs/img/x.png", "src/app.py", "README.md"})
    folders = frozenset({"docs", "docs/img", "src", "."})
    links = (
        "img/x.png",
        "../README.md",
        "/src/app.py",
        "a",
        "img/",
        "gone.md",
        "../gone.py#x",
        "../../outside.md",
        "a%2Emd",
    )
    prose = Prose(0, (), 0, links, ("src/app.py", "src/gone.py", "other/place.py"))
    checked, missing = missing_links("docs/a.md", prose, present, folders)
    assert missing == ("../gone.py#x", "gone.md", "src/gone.py")
    assert checked == 8 + 2  # all links but the one that leads out, and the two code paths below a real folder


def test_documents_of_a_repository(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit(
        "Write the docs",
        {"README.md": "# Acme\n\n[g](docs/g.md) [x](no.md)\n", "docs/g.md": "hi\n"},
        at="2026-05-01T00:00:00+00:00",
    )
    repo.commit("Add other files", {"vendor/README.md": "x", "notes.txt": "x", "docs/big.md": "x " * 600_000})
    opened = repo.open()
    tree, changes = fact_of(listing.COLLECTOR, opened, Tree), fact_of(history.COLLECTOR, opened, FileChanges)
    got = fact_of(documents.COLLECTOR, opened, Documents, tree, changes)
    assert [d.path for d in got.documents] == ["README.md", "docs/g.md"]
    (readme,) = got.of("readme")
    assert (readme.title, readme.links_checked, readme.links_missing) == ("Acme", 2, ("no.md",))
    assert readme.last_changed_at == datetime(2026, 5, 1, tzinfo=UTC)
