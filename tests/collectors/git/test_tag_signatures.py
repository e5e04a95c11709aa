"""Signatures that tags carry, made by hand as git's own format says (gitformat-signature)."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from collectors.git.history import COLLECTOR
from collectors.git.tags import signature_of
from scanner import objects
from scanner.facts.history import Tag, Tags
from scanner.objects import RawObject, raw_objects
from tests.builders_gitcode import GitRepo, collected

PGP = "-----BEGIN PGP SIGNATURE-----\n\niQEz\n=aB1c\n-----END PGP SIGNATURE-----\n"
SSH = "-----BEGIN SSH SIGNATURE-----\nU1NI\n-----END SSH SIGNATURE-----\n"
X509 = "-----BEGIN SIGNED MESSAGE-----\nMIIE\n-----END SIGNED MESSAGE-----\n"
WHO = "Ann <ann@acme.io> 1780000000 +0000"


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    made = GitRepo(tmp_path / "repo")
    made.commit("One change", {"a": "1"})
    return made


def tagged(repo: GitRepo, name: str, end: str, kind: str = "commit", named: str = "HEAD") -> str:
    """A tag object as it is signed: the armour follows the message."""
    oid = repo.git("rev-parse", named).strip()
    text = f"object {oid}\ntype {kind}\ntag {name}\ntagger {WHO}\n\nRelease {name}\n{end}"
    made = repo.git("hash-object", "-t", "tag", "-w", "--stdin", stdin=text.encode()).strip()
    repo.git("update-ref", f"refs/tags/{name}", made)
    return made


def signed_commit(repo: GitRepo) -> str:
    tree = repo.git("rev-parse", "HEAD^{tree}").strip()
    armour = PGP.rstrip("\n").replace("\n", "\n ")
    text = f"tree {tree}\nauthor {WHO}\ncommitter {WHO}\ngpgsig {armour}\n\nOne change\n"
    return repo.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=text.encode()).strip()


def tags(repo: GitRepo) -> dict[str, Tag]:
    found = collected(COLLECTOR, repo.open())[Tags].content
    assert isinstance(found, Tags)
    return {tag.name: tag for tag in found.tags}


@pytest.mark.parametrize(("armour", "kind"), [(PGP, "pgp"), (SSH, "ssh"), (X509, "x509")])
def test_the_armour_tells_the_kind(repo: GitRepo, armour: str, kind: str) -> None:
    tagged(repo, "v1.0.0", armour)
    (tag,) = tags(repo).values()
    assert (tag.signed, tag.signature, tag.annotated) == (True, kind, True)


def test_what_is_not_signed_is_known_not_to_be(repo: GitRepo) -> None:
    tagged(repo, "plain", "")
    tagged(repo, "quoting", f"how to sign:\n{PGP}and so on\n")
    tagged(repo, "half", "-----BEGIN PGP SIGNATURE-----\n")
    repo.git("tag", "light")
    assert {(t.name, t.signed, t.signature, t.annotated) for t in tags(repo).values()} == {
        ("plain", False, "", True), ("quoting", False, "", True), ("half", False, "", True), ("light", False, "", False),
    }  # fmt: skip


def test_a_lightweight_tag_carries_the_signature_of_its_commit_and_an_annotated_one_its_own(repo: GitRepo) -> None:
    commit = signed_commit(repo)
    repo.git("tag", "light", commit)
    tagged(repo, "annotated", "", named=commit)
    found = tags(repo)
    assert (found["light"].signed, found["light"].signature, found["light"].annotated) == (True, "pgp", False)
    assert (found["annotated"].signed, found["annotated"].annotated) == (False, True)


def test_a_tag_that_is_too_large_or_over_the_whole_bound_is_unknown(
    repo: GitRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    tagged(repo, "large", "x" * 70_000 + "\n" + PGP)
    tagged(repo, "v1", SSH)
    found = tags(repo)
    assert (found["large"].signed, found["v1"].signed) == (None, True)
    monkeypatch.setattr(objects, "MOST_BYTES", 10)
    assert tags(repo)["v1"].signed is None


def test_any_number_of_tags_takes_two_processes(repo: GitRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    oids = [tagged(repo, f"v{n}", SSH) for n in range(40)]
    git = repo.open().git
    started: list[object] = []

    class Counted(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **more: Any) -> None:
            started.append(arguments)
            super().__init__(*arguments, **more)

    monkeypatch.setattr(subprocess, "Popen", Counted)
    assert len(raw_objects(git, [*oids, "0" * 40])) == 40
    assert len(started) == 2


def test_headers_of_the_other_hash_algorithm_and_armours_of_later_times() -> None:
    tag = b"object 1\ntype commit\ntag v1\ngpgsig-sha256 -----BEGIN SSH SIGNATURE-----\n x\n\nRelease\n"
    assert signature_of(RawObject("tag", tag)) == "ssh"
    assert signature_of(RawObject("commit", b"tree 1\ngpgsig -----BEGIN NEW THING-----\n x\n\nm")) == ""
    assert signature_of(RawObject("commit", b"tree 1\n\ngpgsig -----BEGIN SSH SIGNATURE-----\n")) is None
    assert signature_of(RawObject("tag", PGP.encode())) is None, "no header at all"
