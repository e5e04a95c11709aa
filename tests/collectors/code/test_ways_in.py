from __future__ import annotations

from pathlib import Path

import pytest

from collectors.code import imports
from collectors.tree import listing
from scanner.facts.structure import Modules
from scanner.facts.tree import Tree
from tests.builders_gitcode import GitRepo, fact_of

FILES: dict[str, str | bytes] = {
    "svc/manage.py": "x = 1\n",
    "svc/lost.py": "import os\n",
    "svc/started.py": "if __name__ == '__main__':\n    pass\n",
    "svc/shebang.py": "#!/usr/bin/env python\n",
    "svc/named.py": "x = 1\n",
    "svc/migrations/first.py": "x = 1\n",
    "setup.cfg": "[options.entry_points]\nconsole_scripts = run = svc.named:main\n",
    "lib/pyproject.toml": "[build-system]\nrequires = []\n",
    "lib/offered.py": "x = 1\n",
    "lib/_kept.py": "x = 1\n",
    "crate/Cargo.toml": '[package]\nname = "c"\n',
    "crate/src/lib.rs": "mod part;",
    "crate/src/part.rs": "",
    "crate/src/lost.rs": "fn f() {}",
    "go/go.mod": "module m\n",
    "go/x.go": "package x\n",
    "web/package.json": '{"private": true, "main": "a.js"}',
    "web/lost.ts": "export interface A {}\nexport class B {}\n",
}


@pytest.fixture
def modules(tmp_path: Path) -> Modules:
    repo = GitRepo(tmp_path)
    repo.commit("Add the code", FILES)
    opened = repo.open()
    known = fact_of(imports.COLLECTOR, opened, Modules, fact_of(listing.COLLECTOR, opened, Tree))
    assert isinstance(known, Modules)
    return known


def test_only_what_nothing_leads_to_is_not_reached(modules: Modules) -> None:
    unreached = {m.path for m in modules.modules if not m.reached}
    assert unreached == {"svc/lost.py", "lib/_kept.py", "crate/src/lost.rs", "web/lost.ts"}


def test_types_are_counted(modules: Modules) -> None:
    web = next(m for m in modules.modules if m.path == "web/lost.ts")
    assert (web.language, web.folder, web.types, web.abstract_types) == ("TypeScript", "web", 2, 1)
