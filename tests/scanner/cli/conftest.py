"""Every command is known, as it is to whoever types none that scans."""

from __future__ import annotations

from scanner.cli import load_commands

load_commands()
