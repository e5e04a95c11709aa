"""Lines of code against tokei and cloc: ``python -m benchmarks.lines --python PYTHON REPOSITORY...``.

The files that Assay counts, as a plain checkout, are given to pytokei under PYTHON and to cloc. Tokei takes Python's docstrings for
code where Assay and cloc take them for comments, so that Python is compared with cloc alone; all other languages with both.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.costs import AS_OF
from scanner.core.subjects import Kind, Subject
from scanner.facts.engagement import Moment
from scanner.facts.tree import CodeSize, FileLines
from scanner.git import Git, view
from scanner.pipeline.gather import collectors_for, gather
from scanner.pseudonyms import Pseudonyms
from scanner.repository import Repository, open_repository

COUNT = """
import json, sys
from pathlib import Path
import pytokei
found, top = {}, Path(sys.argv[1])
languages = pytokei.Languages()
languages.get_statistics([str(top)], ["nothing-of-that-name"], pytokei.Config())
for language in languages.get_languages().values():
    inner = [report for reports in language.children_plain().values() for report in reports]
    for report in [*language.reports_plain(), *inner]:
        for path, told in report.items():
            name = str(Path(path).relative_to(top))
            found[name] = found.get(name, 0) + told["code"]
print(json.dumps(found))
"""


def assay(git: Git) -> tuple[FileLines, ...]:
    """What Assay counts, file by file."""
    as_of = datetime.fromisoformat(f"{AS_OF}T23:59:59").replace(tzinfo=UTC)
    repository = open_repository("bench", git, as_of, Pseudonyms(b"k" * 32))
    asked = [c for c in collectors_for(Kind.REPO) if c.name in ("tree-listing", "tree-code-size")]
    told = gather(Subject(Kind.REPO, "bench"), asked, {Repository: repository}, Moment(as_of), {}, lambda _: None)
    (size,) = [e.content for e in told if isinstance(e.content, CodeSize)]
    return size.files


def checkout(git: Git, wanted: Iterable[str], folder: Path) -> None:
    """Those files alone, at their places."""
    kept = set(wanted)
    with tarfile.open(fileobj=io.BytesIO(git.run("archive", "HEAD"))) as archive:
        archive.extractall(folder, [m for m in archive.getmembers() if m.isfile() and m.name in kept], filter="data")


def cloc(folder: Path) -> dict[str, int]:
    """Code lines by file."""
    argv = ["cloc", "--by-file", "--json", "--skip-uniqueness", "--timeout=0", "--max-file-size=100", "--fullpath", "."]
    told = json.loads(subprocess.run(argv, cwd=folder, check=True, capture_output=True).stdout)
    return {name.removeprefix("./"): int(row["code"]) for name, row in told.items() if name not in ("header", "SUM")}


def tokei(python: Path, folder: Path) -> dict[str, int]:
    """Code lines by file."""
    return {
        str(name): int(lines)
        for name, lines in json.loads(
            subprocess.run([str(python), "-c", COUNT, str(folder)], check=True, capture_output=True).stdout
        ).items()
    }


def compare(files: Iterable[FileLines], others: Mapping[str, Mapping[str, int]]) -> str:
    """The cells of a row: for each other tool the files both know, its lines and how much more Assay has; the language farthest off."""
    cells = []
    for name, other in others.items():
        shared = [f for f in files if f.path in other and not (name == "tokei" and f.language == "Python")]
        ours, theirs = sum(f.code for f in shared), sum(other[f.path] for f in shared)
        by_language: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for file in shared:
            by_language[file.language][0] += file.code
            by_language[file.language][1] += other[file.path]
        farthest = max(by_language, key=lambda key: abs(by_language[key][0] - by_language[key][1]), default="-")
        off = f"{by_language[farthest][0]} against {by_language[farthest][1]} in {farthest}" if farthest != "-" else "-"
        percent = f"{100 * (ours - theirs) / theirs:+.2f} %" if theirs else "-"
        cells.append(f"{len(shared)} | {ours} | {theirs} | {percent} | {off}")
    return " | ".join(cells)


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", type=Path, required=True)
    parser.add_argument("repositories", nargs="+", type=Path)
    given = parser.parse_args()
    print("| repository | files | Assay | tokei | | farthest | files | Assay | cloc | | farthest |")
    print("|---|--:|--:|--:|--:|---|--:|--:|--:|--:|---|")
    for repository in given.repositories:
        with tempfile.TemporaryDirectory(prefix="assay-bench-") as scratch:
            git = view(repository.resolve(), Path(scratch) / "view")
            files = assay(git)
            folder = Path(scratch) / "checkout"
            checkout(git, (file.path for file in files), folder)
            row = compare(files, {"tokei": tokei(given.python, folder), "cloc": cloc(folder)})
        print(f"| {repository.resolve().parent.name} | {row} |", flush=True)


if __name__ == "__main__":
    main()
