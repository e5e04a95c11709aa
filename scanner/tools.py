"""Running other people's programs: fixed arguments, clean environment, bounded time and output."""

from __future__ import annotations

import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scanner.core.evidence import Unreadable, Why

_OUTPUT_BYTES = 64 * 1024 * 1024
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class ToolResult:
    """How a program ended: exit code, standard output, the end of standard error (64 KiB)."""

    code: int
    stdout: bytes
    stderr: bytes


def find_tool(name: str) -> Path | None:
    """The program ``name`` beside this interpreter, else on PATH; None when it is not installed."""
    beside = Path(sys.executable).parent / name
    if beside.is_file() and os.access(beside, os.X_OK):
        return beside
    on_path = shutil.which(name)
    return Path(on_path) if on_path else None


def clean_environment(home: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """A small environment that knows nothing of the user: no tokens, no proxies, no configuration."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    return kept | {"HOME": str(home), "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONSAFEPATH": "1"} | dict(extra or {})


def run_tool(
    argv: Sequence[str],
    *,
    cwd: Path,
    timeout_seconds: float,
    limit_output_bytes: int = _OUTPUT_BYTES,
    env_extra: Mapping[str, str] | None = None,
) -> ToolResult:
    """Run ``argv`` to its end in its own process group, with an empty HOME.

    Raises Unreadable: UNSUPPORTED when the program is missing, TIMED_OUT, TOO_LARGE for its output.
    """
    name = Path(argv[0]).name
    with tempfile.TemporaryDirectory(prefix="assay-home-") as home:
        try:
            process = subprocess.Popen(
                list(argv),
                cwd=cwd,
                env=clean_environment(Path(home), env_extra),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:
            raise Unreadable(Why.UNSUPPORTED, f"{name} cannot be started", f"install {name}") from error
        try:
            return _drain(process, name, timeout_seconds, limit_output_bytes)
        finally:
            _end(process)


def _drain(process: subprocess.Popen[bytes], name: str, timeout_seconds: float, limit: int) -> ToolResult:
    assert process.stdout is not None
    assert process.stderr is not None
    deadline = time.monotonic() + timeout_seconds
    out, err = bytearray(), bytearray()
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ, out)
        waiting.register(process.stderr, selectors.EVENT_READ, err)
        while waiting.get_map():
            left = deadline - time.monotonic()
            if left <= 0:
                raise Unreadable(Why.TIMED_OUT, f"{name} took longer than {timeout_seconds:g} s")
            for ready, _ in waiting.select(left):
                chunk = os.read(ready.fd, _CHUNK)
                if not chunk:
                    waiting.unregister(ready.fileobj)
                ready.data.extend(chunk)
            if len(out) > limit:
                raise Unreadable(Why.TOO_LARGE, f"{name} printed more than {limit} bytes")
            del err[:-_CHUNK]
    try:
        code = process.wait(timeout=max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired as error:
        raise Unreadable(Why.TIMED_OUT, f"{name} took longer than {timeout_seconds:g} s") from error
    return ToolResult(code, bytes(out), bytes(err))


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):  # children of the program may outlive it
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdout, process.stderr):
        if stream is not None:
            stream.close()
