from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from collectors.git.history import COLLECTOR
from scanner.core.evidence import Unknown, Unreadable, Why
from scanner.facts.knowledge import EffortMix, HistoryForm, Knowledge, OwnerActivity, Presence, References
from scanner.repository import Repository
from tests.builders_gitcode import AS_OF, KEY, GitRepo, collected, fact_of

OURS = (EffortMix, HistoryForm, Knowledge, OwnerActivity, Presence, References)


def test_an_empty_repository_is_known_to_hold_nothing(tmp_path: Path) -> None:
    got = collected(COLLECTOR, GitRepo(tmp_path).open())
    assert [isinstance(got[kind].content, kind) for kind in OURS] == [True] * 6
    knowledge = got[Knowledge].content
    assert isinstance(knowledge, Knowledge)
    assert (knowledge.areas, knowledge.busy_files) == ((), ())


def test_facts_of_a_real_history(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    ann = "Ann Lee <7+annlee@users.noreply.github.com>"
    repo.commit(
        "Start PAY-1 here",
        {"CODEOWNERS": "* @annlee\n", "src/old.py": "x = 1\n" * 20},
        at="2026-06-01T10:00:00+00:00",
        by=ann,
    )
    (repo.folder / "src/old.py").rename(repo.folder / "src/new.py")
    repo.commit("Move it", at="2026-06-02T10:00:00+00:00", by=ann)
    repo.commit("Mend it", {"src/new.py": "x = 2\n" * 20}, at="2026-06-03T10:00:00+00:00", by="Bob Ray <bob@acme.io>")
    source = repo.open()
    knowledge = fact_of(COLLECTOR, source, Knowledge)
    (file,) = knowledge.busy_files  # three revisions: its past under the old name is its own
    assert (file.path, {k.person for k in file.knowers}) == ("src/new.py", {KEY.of("github:annlee")})
    assert fact_of(COLLECTOR, source, OwnerActivity).active_there == 1
    (named,) = fact_of(COLLECTOR, source, References).references
    assert (named.key, named.kind, named.person, named.files) == ("PAY-1", "ticket", KEY.of("github:annlee"), 2)
    assert "annlee" not in repr(collected(COLLECTOR, source))


def test_a_clone_that_hides_the_year_tells_none_of_it(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit("One", {"a.py": "1"}, at=(AS_OF - timedelta(days=9)).isoformat())
    kept = repo.commit("Two", {"a.py": "2"}, at=(AS_OF - timedelta(days=8)).isoformat())
    (repo.folder / ".git" / "shallow").write_text(f"{kept}\n")
    got = collected(COLLECTOR, repo.open())
    for kind in OURS:
        content = got[kind].content
        assert isinstance(content, Unknown)
        assert content.why is Why.UNSUPPORTED


def test_without_a_tree_only_the_paths_are_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = GitRepo(tmp_path)
    repo.commit("One", {"a.py": "1"})

    def broken(_: Repository, *, sized: bool = True) -> None:
        raise Unreadable(Why.CORRUPT, "no tree")

    monkeypatch.setattr(Repository, "tree", broken)
    got = collected(COLLECTOR, repo.open())
    unknown = {kind for kind in OURS if isinstance(got[kind].content, Unknown)}
    assert unknown == {Knowledge, OwnerActivity}
