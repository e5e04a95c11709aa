from __future__ import annotations

import time
from pathlib import Path

from collectors.code.import_settings import Settings, settings
from collectors.tree import listing
from scanner.facts.tree import Tree
from tests.builders_gitcode import GitRepo, fact_of


def read(folder: Path, files: dict[str, str | bytes]) -> Settings:
    repo = GitRepo(folder)
    repo.commit("Add the settings", files)
    opened = repo.open()
    return settings(opened, fact_of(listing.COLLECTOR, opened, Tree))


def test_modules_of_go_with_what_is_replaced(tmp_path: Path) -> None:
    found = read(tmp_path, {
        "go.work": "go 1.22\nuse (\n ./api\n)\nreplace acme.io/old => ./legacy\n",
        "api/go.mod": "module acme.io/api\nreplace (\n acme.io/kit v1.0.0 => ../kit\n example.com/x => example.com/y v1.2.3\n)\n// replace a.b/c => ./no\n",
        "out/go.mod": "replace acme.io/far => ../../../far\n",
    })  # fmt: skip
    assert found.modules["acme.io/api"] == "api"
    assert found.modules["acme.io/kit"] == "kit"
    assert found.modules["acme.io/old"] == "legacy"
    assert not {"example.com/x", "a.b/c", ""} & set(found.modules)


def test_every_kind_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, {
        "web/package.json": '{"name": "web", "private": true}',
        "lib/package.json": '{"name": "lib", "main": "x.js"}',
        "tsconfig.json": '{"extends": "./shared/base.json"}',
        "shared/base.json": '{"compilerOptions": {"baseUrl": "."}}',
        "php/composer.json": '{"autoload": {"psr-4": {"App\\\\": "src/"}}}',
        "cs/A.csproj": '<Project><ProjectReference Include="..\\\\b\\\\B.csproj"/></Project>',
        "rs/Cargo.toml": '[package]\nname = "r-s"',
        "py/pyproject.toml": "[build-system]\nrequires = []",
    })  # fmt: skip
    assert [name for name, _ in found.packages] == ["lib", "web"]
    assert found.private == {"web"}
    assert set(found.configs) == {"tsconfig.json", "shared/base.json"}
    assert found.psr4 == {"App": ["php/src"]}
    assert set(found.projects) == {"cs/A.csproj"}
    assert found.crates["rs"].name == "r_s"
    assert found.distributions == {"py"}


def test_broken_and_huge_settings_are_left_out_in_little_time(tmp_path: Path) -> None:
    begun = time.perf_counter()
    found = read(tmp_path, {
        "a/package.json": b'{"name": "huge", "x": "' + b"x" * 10_000_000 + b'"}',
        "b/package.json": b"[" * 500_000,
        "c/package.json": b"\xff\xfe\0",
        "d/tsconfig.json": b'{"extends": "../../../../etc/passwd"}',
        "e/Cargo.toml": b"a = " + b"[" * 300_000,
        "f/pyproject.toml": b"importlinter = " + b"[" * 300_000,
        "g/composer.json": b'{"autoload": {"psr-4": {"A": 5}}}',
        "h/x.csproj": b"<a>" * 100_000,
        "i/setup.cfg": b"importlinter\n[",
        "j/package.json": b'{"name": "fine"}',
    })  # fmt: skip
    assert [name for name, _ in found.packages] == ["fine"]
    assert (found.crates, found.layerings, found.projects) == ({}, [], {})
    assert time.perf_counter() - begun < 20
