from __future__ import annotations

import os
from pathlib import Path

from collectors.tree import code_size, listing
from scanner.facts.tree import CodeSize, FileLines, Tree
from tests.builders_gitcode import GitRepo, fact_of

PYTHON = "import os\n\n# why\ndef f():\n    return 1\n"  # 3 code, 1 comment, 1 blank
RUST = "/// doc\nfn main() {}\n// note\n\n"  # 1 code, 2 comment, 1 blank
STUB = "a: int\n\nb: str\n"  # a suffix tokei does not know: 2 code, 1 blank


def measured(tmp_path: Path, files: dict[str, str | bytes]) -> CodeSize:
    repo = GitRepo(tmp_path)
    repo.commit("Add the files", files)
    opened = repo.open()
    tree = fact_of(listing.COLLECTOR, opened, Tree)
    size: CodeSize = fact_of(code_size.COLLECTOR, opened, CodeSize, tree)
    return size


def test_lines_by_hand(tmp_path: Path) -> None:
    size = measured(
        tmp_path,
        {"src/a.py": PYTHON, "src/b.rs": RUST, "src/c.pyi": STUB, "tests/test_a.py": PYTHON, "README.md": "# x\n", "a.json": "{}",
         "vendor/v.py": PYTHON, "x_pb2.py": PYTHON, "index.html": "<p>\n"},
    )  # fmt: skip
    assert [(x.language, x.files, x.code, x.comment, x.blank) for x in size.languages] == [
        ("Python", 3, 8, 2, 3),
        ("Rust", 1, 1, 2, 1),
    ]
    assert size.files == (
        FileLines("src/a.py", "Python", "product", 3, 1),
        FileLines("tests/test_a.py", "Python", "test", 3, 1),
        FileLines("src/c.pyi", "Python", "product", 2, 0),
        FileLines("src/b.rs", "Rust", "product", 1, 2),
    )
    assert (size.product_code, size.test_code, size.set_aside_files, size.unread_files) == (6, 3, 2, 0)


def test_the_target_cannot_hide_code_from_the_count(tmp_path: Path) -> None:
    hiding = {".gitignore": "*.py\n", ".ignore": "*\n", ".tokeignore": "*\n", "tokei.toml": "types = ['Rust']\n"}
    repo_files: dict[str, str | bytes] = {"a.py": PYTHON, ".hidden/b.py": PYTHON, **hiding}
    repo = GitRepo(tmp_path)
    repo.write(repo_files)
    repo.git("add", "-f", *repo_files)
    repo.git("commit", "-q", "-m", "All of it")
    opened = repo.open()
    size = fact_of(code_size.COLLECTOR, opened, CodeSize, fact_of(listing.COLLECTOR, opened, Tree))
    assert size.product_code == 6


def test_binary_and_large_files_are_counted_as_unread(tmp_path: Path) -> None:
    size = measured(tmp_path, {"a.py": PYTHON, "b.py": b"x\0y\n", "c.py": b"x = 1\n" * 200_000})
    assert (size.product_code, size.unread_files) == (3, 2)


def test_no_code_is_zero_code(tmp_path: Path) -> None:
    assert measured(tmp_path, {"README.md": "# x\n"}).languages == ()


def test_docstrings_are_comments_and_other_strings_code(tmp_path: Path) -> None:
    # 7 lines of docstrings, one of them empty; 5 of code, among them both lines of the string; 2 blank ones
    text = '"""Module."""\n\nclass A:\n    """Class.\n\n    More.\n    """\n\n    def f(self):\n        """F\n        f."""\n'
    text += '        return """a\n        b"""\n\n'
    (line,) = measured(tmp_path, {"a.py": text, "b.py": "x = (\n"}).files[:1]
    assert (line.path, line.code, line.comment) == ("a.py", 4, 7)


def test_a_process_forked_after_counting_still_counts(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n\n# why\n")
    here = code_size.statistics(tmp_path)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        known = code_size._apart(tmp_path) if code_size._threads_lost() else {}
        os.write(writing, repr(known == here).encode())
        os._exit(0)
    os.close(writing)
    assert os.read(reading, 10) == b"True"
    os.close(reading)
    os.waitpid(child, 0)
    assert here == {"a.py": code_size.Lines(1, 1, 1)}
