"""The command line: parse, call, print."""

from __future__ import annotations

from scanner.cli import cache, commands, doctor, people, stored
from scanner.cli.app import main

__all__ = ["cache", "commands", "doctor", "main", "people", "stored"]
