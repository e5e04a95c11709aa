from __future__ import annotations

from pathlib import Path

from collectors.tree import code_size, listing, markers
from scanner.facts.tree import CodeSize, Markers, Tree
from tests.builders_gitcode import GitRepo, fact_of


def test_product_code_only_and_at_most_500_kept(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.commit(
        "Add the files",
        {
            "src/a.py": "# TODO x\n" * 600,
            "tests/test_a.py": "# TODO\n",
            "README.md": "# TODO\n",
            "vendor/x.py": "# TODO\n",
        },
    )
    opened = repo.open()
    tree = fact_of(listing.COLLECTOR, opened, Tree)
    got = fact_of(markers.COLLECTOR, opened, Markers, tree, fact_of(code_size.COLLECTOR, opened, CodeSize, tree))
    assert (got.total, len(got.markers), got.markers[0].path) == (600, 500, "src/a.py")
