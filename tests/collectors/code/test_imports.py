from __future__ import annotations

from pathlib import Path

from collectors.code import imports
from collectors.tree import listing
from scanner.facts.code import ImportGraph
from scanner.facts.tree import Tree
from tests.builders_gitcode import GitRepo, collected, fact_of

FILES: dict[str, str | bytes] = {
    "src/acme/__init__.py": "",
    "src/acme/a.py": "import os\nfrom acme import b\nfrom . import b, gone\n",
    "src/acme/b.py": "from .a import x\nimport requests\n",
    "src/acme/lonely.py": "",
    "src/acme/bad.py": "def (:\n",
    "tests/test_a.py": "from acme.a import x\nimport pytest\n",
    "web/tsconfig.json": '{"compilerOptions": {"paths": {"#/*": ["./src/*"]}}}',
    "web/src/one.ts": 'import "#/two"; import "react"; import core from "@acme/core";',
    "web/src/two.js": 'require("./gone")',
    "web/src/one.test.ts": 'import "./one"',
    "packages/core/package.json": '{"name": "@acme/core"}',
    "packages/core/src/index.ts": "",
    "node_modules/react/index.js": "",
    "svc/go.mod": "module acme.io/svc\n",
    "svc/main.go": 'package main\nimport ("fmt"; "acme.io/svc/db")\n',
    "svc/db/db.go": "package db\n",
    "svc/db/db_test.go": "package db\n",
    "j/src/main/java/org/acme/A.java": "package org.acme; class A { B b; }",
    "j/src/main/java/org/acme/B.java": "package org.acme; class B { }",
    "j/src/test/java/org/acme/ATest.java": "package org.acme; class ATest { A a; }",
}


def test_one_graph_over_all_languages(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit("Add the code", FILES)
    opened = repo.open()
    found = collected(imports.COLLECTOR, opened, fact_of(listing.COLLECTOR, opened, Tree))[ImportGraph]
    graph = found.content
    assert isinstance(graph, ImportGraph)
    assert graph.languages == ("Go", "Java", "JavaScript", "Python", "TypeScript")
    java = "j/src/main/java/org/acme"
    assert graph.edges == (
        (f"{java}/A.java", f"{java}/B.java"),
        ("src/acme/a.py", "src/acme/__init__.py"),
        ("src/acme/a.py", "src/acme/b.py"),
        ("src/acme/b.py", "src/acme/a.py"),
        ("svc", "svc/db"),
        ("web/src/one.ts", "packages/core/src/index.ts"),
        ("web/src/one.ts", "web/src/two.js"),
    )
    assert graph.imported_by_tests == (f"{java}/A.java", "src/acme/a.py", "svc/db", "web/src/one.ts")
    assert {"src/acme/lonely.py", "src/acme/bad.py"} <= set(graph.modules)
    assert not any("node_modules" in m or "test" in m.rpartition("/")[2] for m in graph.modules)
    # os, requests, react and fmt lead outside; ./gone leads nowhere
    assert (graph.external, graph.unresolved) == (4, 1)
    assert found.caveat == "the imports of 1 files could not be read"


def test_a_repository_without_code_has_an_empty_graph(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit("Write the docs", {"README.md": "x"})
    opened = repo.open()
    graph = fact_of(imports.COLLECTOR, opened, ImportGraph, fact_of(listing.COLLECTOR, opened, Tree))
    assert graph == ImportGraph((), (), (), (), 0, 0)
