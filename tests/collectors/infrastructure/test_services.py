import json
from dataclasses import asdict
from pathlib import Path

from collectors.infrastructure.services import COLLECTOR
from collectors.tree import listing
from scanner.cache import SqliteCache
from scanner.facts.dependencies import Dependencies
from scanner.facts.services import ServiceSurface
from scanner.facts.tree import Tree
from tests.builders_content import dependencies, locked
from tests.builders_gitcode import GitRepo, collected, fact_of
from tests.builders_services import SECRETS, SHOP, names


def surface(
    repo: GitRepo, cache: Path | None = None, known: Dependencies | None = None
) -> tuple[ServiceSurface, str, int]:
    source = repo.open()
    if cache is not None:
        source.cache = SqliteCache(cache)
    tree = fact_of(listing.COLLECTOR, source, Tree)
    found = collected(COLLECTOR, source, tree, known or dependencies())[ServiceSurface]
    assert isinstance(found.content, ServiceSurface)
    return found.content, found.caveat, source.blobs_analysed


def test_a_second_reading_comes_from_the_cache_and_is_the_same(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit(files=SHOP["orders"])
    first, _, read = surface(repo, tmp_path / "blobs.db")
    again, _, read_again = surface(repo, tmp_path / "blobs.db")
    assert first == again
    assert (read, read_again) == (4, 0)
    stored = (tmp_path / "blobs.db").read_bytes()
    assert not [s for s in SECRETS if s.encode() in stored], "the cache keeps names alone"
    assert not [s for s in SECRETS if s in json.dumps(asdict(first))]


def test_files_of_one_content_under_two_names_are_read_by_their_own_readers(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    content = "name: shop\nservices: {web: {build: .}}\n"
    repo.commit(files={"Chart.yaml": content, "compose.yaml": content})
    fact, _, _ = surface(repo, tmp_path / "blobs.db")
    assert [(link.kind, link.name, link.path) for link in fact.offers] == [
        ("chart", "shop", "Chart.yaml"), ("local-service", "web", "compose.yaml"),
    ]  # fmt: skip


def test_tests_examples_and_vendored_files_are_left_out(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    env = "ORDERS_URL=https://orders.acme.io\n"
    folders = ("tests", "examples", "docs", "vendor", ".devcontainer", "app")
    repo.commit(files={f"{folder}/.env": f"{env}# {folder}\n" for folder in folders})
    fact, _, _ = surface(repo)
    assert [link.path for link in fact.needs] == ["app/.env"]


def test_names_that_are_configuration_anywhere_are_left_out_of_tests_too(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    folders = ("test", "docs", "examples/shop", "vendor/x", "app")
    repo.commit(
        files={
            f"{f}/{name}": text
            for f in folders
            for name, text in (
                ("package.json", f'{{"name": "{f[:3]}"}}'),
                ("docker-compose.yml", "services: {a: {image: x/y}}\n"),
            )
        }
    )
    fact, _, _ = surface(repo)
    assert {link.path for link in (*fact.offers, *fact.needs)} == {"app/package.json", "app/docker-compose.yml"}


def test_packages_used_are_direct_and_of_the_product(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit(files={"a.txt": "x"})
    known = dependencies(
        locked("PyPI", "Acme_Core", "1"), locked("npm", "@acme/ui", "2", scope="optional"), locked("npm", "deep", "1", direct=False),
        locked("npm", "jest", "1", scope="development"), locked("Maven", "io.acme:core", "3"),
    )  # fmt: skip
    fact, _, _ = surface(repo, known=known)
    assert names(fact.needs, "package") == ["Maven:io.acme:core", "PyPI:acme-core", "npm:@acme/ui"]
    assert fact.files == 0


def test_unreadable_files_are_counted(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit(files={"compose.yaml": "a: [", "x/compose.yaml": "services: {}", "y/compose.yaml": b"a" * 1_000_001})
    fact, caveat, _ = surface(repo)
    assert [p for p, _ in fact.unparsed] == ["compose.yaml", "y/compose.yaml"]
    assert caveat == "2 of 3 files could not be read"
