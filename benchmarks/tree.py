"""Processor time of the tree measures against two named baselines, as ratios of medians of three, all in one run.

``parse``: the same files, already read, given to ``tree_sitter.Parser.parse`` as bytes, and nothing else. ``lizard``:
``lizard -t1`` on copies of the same files, a process of its own whose start is part of it. The others run in this process.
Files are product or test code by their paths, as in a scan: of tests the imports alone are measured, and both baselines read them.

    python benchmarks/tree.py FOLDER…        a checkout each; its files are measured by suffix
"""

from __future__ import annotations

import gc
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tree_sitter import Parser

from collectors.code.grammars import grammar_of, language, query
from collectors.code.measures import LIMIT_BYTES, measure
from collectors.tree.roles import role_of

RUNS = 3
WITH_LIZARD = (".c", ".go")


def seconds(work: Callable[[], object]) -> float:
    """Median processor time of ``work``."""
    spent = []
    for _ in range(RUNS):
        gc.collect()
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return statistics.median(spent)


def lizard(suffix: str, contents: list[bytes]) -> float:
    """Processor time of one run of the command."""
    with tempfile.TemporaryDirectory() as folder:
        for number, content in enumerate(contents):
            (Path(folder) / f"f{number:05d}{suffix}").write_bytes(content)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "lizard", "-t1", folder],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _parse(parser: Parser, contents: list[bytes]) -> None:
    for content in contents:
        parser.parse(content)


def _measure(suffix: str, read: list[tuple[str, bytes]]) -> None:
    for role, content in read:
        measure(suffix, role, content)


def _regular(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and path.stat().st_size <= LIMIT_BYTES


def main(folders: list[str]) -> None:
    """Print one line for each suffix of each folder."""
    gc.disable()  # as in the process that measures; the baselines gain by it, too
    for folder in folders:
        files: dict[str, list[tuple[str, bytes]]] = defaultdict(list)
        for path in sorted(Path(folder).rglob("*")):
            role = role_of(path.relative_to(folder).as_posix())
            if role in ("product", "test") and grammar_of(path.suffix) and _regular(path):
                files[path.suffix].append((role, path.read_bytes()))
        for suffix, read in files.items():
            grammar = grammar_of(suffix)
            contents = [content for _, content in read]
            if grammar is None or sum(map(len, contents)) < 100_000:
                continue
            query(grammar.key)
            parser = Parser(language(grammar.key))
            parse = seconds(partial(_parse, parser, contents))
            ours = seconds(partial(_measure, suffix, read))
            print(
                f"{folder} {suffix}: {len(contents)} files, parse {parse:.2f} s, measures {ours:.2f} s = {ours / parse:.2f} × parse",
                end="",
            )
            if suffix in WITH_LIZARD:
                other = statistics.median(lizard(suffix, contents) for _ in range(RUNS))
                print(f", lizard {other:.2f} s = {other / ours:.1f} × measures", end="")
            print(flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
