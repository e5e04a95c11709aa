from __future__ import annotations

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from scanner.cli import commands
from scanner.cli.app import app


def names() -> list[tuple[str, ...]]:
    tree = get_command(app)
    found: list[tuple[str, ...]] = [()]
    for name, command in getattr(tree, "commands", {}).items():
        found.append((name,))
        found += [(name, inner) for inner in getattr(command, "commands", {})]
    return found


@pytest.mark.parametrize("words", names(), ids=" ".join)
def test_every_command_explains_itself(words: tuple[str, ...]) -> None:
    assert commands
    ended = CliRunner().invoke(app, [*words, "--help"])
    assert ended.exit_code == 0, ended.exception
    assert "Usage" in ended.output


def test_all_commands_are_there() -> None:
    assert {
        ("scan",),
        ("demo",),
        ("explain",),
        ("checks",),
        ("rescore",),
        ("report",),
        ("docs",),
        ("doctor",),
        ("diff",),
        ("trend",),
        ("schedule", "export"),
    } <= set(names())
