import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from collectors.blobs import candidates, matcher
from collectors.ci import automation, pipelines
from collectors.dependencies import licensing, packages, support, vendors
from collectors.infrastructure import containers, infrastructure, traits
from scanner.core.collecting import Ask, Collector
from scanner.core.evidence import Fact, Unknown, Why
from scanner.core.subjects import Kind, Subject
from scanner.facts.ci import Automation, Pipelines
from scanner.facts.dependencies import Dependencies, Licensing, SupportStatus, Toolkit, Vendors
from scanner.facts.infrastructure import Containers, Infrastructure, RuntimeTraits
from scanner.facts.tree import Role, Tree, TreeEntry

COLLECTORS: tuple[Collector[Any], ...] = tuple(
    m.COLLECTOR
    for m in (pipelines, automation, packages, containers, infrastructure, traits, licensing, vendors, support)
)


class Source:
    """A repository of given files; None stands for a blob that cannot be read."""

    head = "c" * 40
    default_branch = "main"

    def __init__(self, files: dict[str, bytes | None], roles: dict[str, Role]) -> None:
        self._blobs = {hashlib.sha1(p.encode()).hexdigest(): c for p, c in files.items()}
        self.tree = Tree(
            self.head,
            tuple(
                TreeEntry(p, hashlib.sha1(p.encode()).hexdigest(), "file", 1, roles.get(p, "product")) for p in files
            ),
        )

    def read(self, oids: Iterable[str], limit_bytes: int = 0) -> Iterator[tuple[str, bytes | Unknown]]:
        del limit_bytes
        for oid in oids:
            content = self._blobs[oid]
            yield oid, Unknown(Why.CORRUPT, "damaged") if content is None else content

    def per_blob(
        self, _name: str, _version: str, entries: Any, parse: Any, _result: Any
    ) -> Iterator[tuple[TreeEntry, Any]]:
        for entry in entries:
            content = self._blobs[entry.oid]
            yield entry, Unknown(Why.CORRUPT, "damaged") if content is None else parse(entry, content)


def collected(files: dict[str, bytes | None], roles: dict[str, Role] | None = None) -> dict[type[Fact], Any]:
    """Every fact that the collectors of configuration yield, in the order of their needs."""
    source: Any = Source(files, roles or {})
    known: dict[type[Fact], Any] = {Tree: source.tree}
    for collector in COLLECTORS:
        assert set(collector.needs) <= set(known)
        yielded = list(
            collector.collect(Ask(Subject(Kind.REPO, "a"), source, datetime(2026, 6, 30, tzinfo=UTC), known))
        )
        assert {f.fact_type for f in yielded} == set(collector.provides)
        known |= {f.fact_type: f.content for f in yielded}
        known[Fact] = (*known.get(Fact, ()), *(f.caveat for f in yielded if f.caveat))
    return known


def test_an_empty_tree_is_knowledge() -> None:
    known = collected({})
    assert known[Pipelines] == Pipelines((), (), (), ())
    assert known[Dependencies] == Dependencies((), ())
    assert known[Containers] == Containers((), (), ())
    assert known[Infrastructure] == Infrastructure((), (), (), (), ())
    assert known[Licensing] == Licensing((), ())
    assert known[Vendors] == Vendors(())
    assert known[Toolkit] == Toolkit(())
    assert not known[RuntimeTraits].deployable


def test_what_cannot_be_read_is_told_everywhere() -> None:
    broken = dict.fromkeys(
        (".gitlab-ci.yml", "package-lock.json", "Dockerfile", "main.tf", "LICENSE", "pyproject.toml", "src/a.py")
    )
    known = collected(broken)
    assert known[Pipelines].unparsed == ((".gitlab-ci.yml", "damaged"),)
    assert [(m.path, m.problem) for m in known[Dependencies].manifests] == [
        ("package-lock.json", "damaged"),
        ("pyproject.toml", "damaged"),
    ]
    assert known[Containers].unparsed == (("Dockerfile", "damaged"),)
    assert known[Infrastructure].unparsed == (("Dockerfile", "damaged"), ("main.tf", "damaged"))
    caveats = " | ".join(known[Fact])
    assert "not read: pyproject.toml" in caveats
    assert "2 of 2 manifests could not be read" in caveats
    assert "1 of 1 product files could not be read" in caveats
    assert "not read: LICENSE, pyproject.toml" in caveats


def test_one_broken_file_leaves_the_others() -> None:
    known = collected(
        {
            ".github/workflows/a.yml": b"on: push\njobs: {a: {steps: [{run: pytest}]}}\n", ".github/workflows/b.yml": b"[" * 500,
            "requirements.txt": b"-r more.lst\nDjango==4.1\n", "more.lst": b"stripe==5.0\n", "examples/requirements.txt": b"boto3==1.0\n",
            "Dockerfile": b"FROM python:3.8\n", "k8s/a.yaml": b"apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{image: redis:6}]}\n",
            "vendor/Dockerfile": b"FROM evil\n", "Procfile": b"web: x\n", "src/a.py": b"import os\nos.getenv('A')\n",
        },
        {"vendor/Dockerfile": "vendored", "examples/requirements.txt": "example"},
    )  # fmt: skip
    assert [p.steps for p in known[Pipelines].pipelines] == [("test",)]
    assert [path for path, _ in known[Pipelines].unparsed] == [".github/workflows/b.yml"]
    assert [(d.name, d.scope, d.path) for d in known[Dependencies].dependencies] == [
        ("boto3", "development", "examples/requirements.txt"), ("stripe", "runtime", "more.lst"), ("Django", "runtime", "requirements.txt"),
    ]  # fmt: skip
    assert [i.image for i in known[Containers].images] == ["python", "redis"]
    assert known[Infrastructure].tools == ("docker", "kubernetes")
    assert {u.vendor for u in known[Vendors].uses} == {"Amazon Web Services", "Redis", "Stripe"}
    assert [(c.product, c.cycle, c.ended) for c in known[SupportStatus].components] == [
        ("django", "4.1", True),
        ("python", "3.8", True),
    ]
    assert known[SupportStatus].unmatched == 1
    assert known[RuntimeTraits].environment_config == ("src/a.py",)
    assert known[RuntimeTraits].deployable
    assert known[Automation].pre_commit_hooks == 0


@pytest.mark.parametrize("kind", ["symlink", "submodule"])
def test_links_are_never_followed(kind: Any) -> None:
    tree = Tree(
        "c",
        (
            TreeEntry("Dockerfile", "0" * 40, kind, 1, "product"),
            TreeEntry("a/Dockerfile", "0" * 40, "file", 1, "product"),
        ),
    )
    assert [e.path for e in candidates(tree, lambda _: True)] == ["a/Dockerfile"]


def test_patterns_with_a_slash_match_whole_paths_and_others_names() -> None:
    matches = matcher("*.proto", "db/migrate/*.rb")
    assert [matches(p) for p in ("a/B.PROTO", "db/migrate/1.rb", "x/db/migrate/1.rb", "a.proto/b")] == [
        True,
        True,
        False,
        False,
    ]
    assert not matcher()("anything")
