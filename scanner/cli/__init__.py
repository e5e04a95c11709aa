"""The command line: parse, call, print."""

from __future__ import annotations

import io
import sys
from importlib import import_module

_OTHERS = ("cache", "commands", "doctor", "people", "stored")


def load_commands() -> None:
    """Let every command be known."""
    for name in _OTHERS:
        import_module(f"{__name__}.{name}")


def main() -> None:
    """The console script. A scan in which nothing has changed waits for no command to be loaded."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Unicode shows escapes, no traceback
    words = sys.argv[1:]
    if words[:1] == ["scan"]:
        from scanner.cli.spoken import answer

        code = answer(words)
        if code is not None:
            sys.exit(code)
    else:
        load_commands()
    from scanner.cli.app import main as run

    run(words)
