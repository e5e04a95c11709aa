"""What a command line or a third-party action does, told by shipped tables of names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import get_args

from collectors.data import load_table
from collectors.parsing import mapping, several, text
from scanner.facts.ci import Step

MAX_LINES = 5_000
"""Most script lines of one pipeline that are looked at."""

_TABLE = load_table("ci_steps.toml")


def _by_name(section: str) -> dict[str, tuple[Step, ...]]:
    named: dict[str, tuple[Step, ...]] = {}
    for step in get_args(Step):
        for name in several(mapping(_TABLE[section]).get(step)):
            named[text(name)] = (*named.get(text(name), ()), step)
    return named


_COMMANDS = _by_name("commands")
_ACTIONS = _by_name("actions")
_NAMES: tuple[tuple[Step, frozenset[str]], ...] = tuple(
    (step, frozenset(text(w) for w in several(mapping(row).get("words"))))
    for row in several(_TABLE["names"])
    for step in get_args(Step)
    if mapping(row).get("step") == step
)

_WRAPPERS = frozenset(
    (
        "sudo",
        "time",
        "exec",
        "env",
        "command",
        "xvfb-run",
        "nohup",
        "retry",
        "npx",
        "bunx",
        "pnpx",
        "uvx",
        "dotenv",
        "cross-env",
        "nice",
        "bash",
        "sh",
        "then",
        "do",
        "else",
        "if",
        "!",
        "&&",
        "-",
        "@",
        "call",
        "run:",
        "script:",
        "bat",
        "cmd",
    )
)
_WRAPPER_PAIRS = frozenset(
    {("poetry", "run"), ("uv", "run"), ("pipenv", "run"), ("pdm", "run"), ("hatch", "run"), ("rye", "run"), ("pixi", "run"), ("conda", "run"), ("bundle", "exec"), ("pnpm", "exec"), ("pnpm", "dlx"), ("npm", "exec"),
     ("yarn", "dlx"), ("yarn", "exec"), ("python", "-m"), ("python3", "-m"), ("py", "-m"), ("php", "artisan"), ("docker-compose", "run"), ("coverage", "run"), ("dotnet", "tool"), ("pipx", "run"), ("bin/rails", "runner")}
)  # fmt: skip
_VALUED_OPTIONS = frozenset(
    {"--group", "--only-group", "--no-group", "--extra", "--with", "--with-requirements", "--package", "--python", "--project", "--directory",
     "--env-file", "--index", "--environment", "--from", "--user", "-p", "-n", "-u", "-C", "-P"}
)  # fmt: skip
"""Options of wrappers that take the next word as their value (as in ``uv run --group dev tox``)."""
_RUNNERS = frozenset(
    (
        "make",
        "just",
        "task",
        "rake",
        "invoke",
        "inv",
        "tox",
        "nox",
        "mage",
        "gulp",
        "grunt",
        "ant",
        "lerna",
        "nx",
        "turbo",
        "rush",
        "moon",
        "mise",
        "doit",
    )
)
_SCRIPT_RUNNERS = frozenset(("npm", "yarn", "pnpm", "bun", "composer", "deno"))
_INSTALLS = frozenset(("ci", "install", "i", "add"))
_SPLIT = re.compile(r"&&|\|\||[;|\n]")
_WORD = re.compile(r"[a-z0-9]+")
_CURL_SHELL = re.compile(r"\b(?:curl|wget)\b[^|\n]{0,400}\|\s{0,8}(?:sudo\s{1,8})?(?:-E\s{1,8})?(?:ba|z|da)?sh\b")


def steps_of_action(name: str) -> tuple[Step, ...]:
    """What the action ``owner/name`` (or ``owner/name/path``) does, by the table."""
    parts = name.lower().split("/")
    return _ACTIONS.get("/".join(parts[:2]), ())


def steps_of_script(script: str) -> set[Step]:
    """What the commands of a shell script do."""
    found: set[Step] = set()
    joined = script.replace("\\\n", " ")
    for command in _SPLIT.split("\n".join(joined.split("\n")[:MAX_LINES])):
        found.update(steps_of_command(command.strip().split()[:24]))
    return found


def steps_of_command(words: list[str]) -> tuple[Step, ...]:
    """What one command does, given its words."""
    words = _unwrapped([w.strip("\"'`") for w in words])
    if not words:
        return ()
    first = words[0].rsplit("/", 1)[-1].lower()
    if first in ("gradlew", "gradlew.bat"):
        first = "gradle"
    elif first in ("mvnw", "mvnw.cmd", "./mvnw"):
        first = "mvn"
    plain = [first, *(w.lower() for w in words[1:] if not w.startswith("-") and "=" not in w)]
    if first in ("gradle", "mvn"):
        known = [step for task in plain[1:] for step in _task(first, task)]
        return tuple(dict.fromkeys(known))
    for candidate in (plain, [first, *(w.lower() for w in words[1:])]):
        for length in (3, 2, 1):
            steps = _COMMANDS.get(" ".join(candidate[:length]))
            if steps is not None and not (length == 1 and first in _RUNNERS and len(plain) > 1):
                return (*steps, *_with_flags(words, steps))
    if first in _SCRIPT_RUNNERS and len(plain) > 1 and plain[1] not in _INSTALLS:
        name = plain[2] if plain[1] in ("run", "run-script", "workspace", "task") and len(plain) > 2 else plain[1]
        return steps_of_name(name)
    if first in _RUNNERS:
        named = tuple(dict.fromkeys(s for name in plain[1:4] for s in steps_of_name(name)))
        return named or (_COMMANDS[first] if first in ("tox", "nox") else ())
    return steps_of_name(first.rsplit(".", 1)[0]) if words[0].startswith(("./", "scripts/", "bin/", "ci/")) else ()


def steps_of_name(name: str) -> tuple[Step, ...]:
    """What a script, target or job called ``name`` does, told by the words of the name: its first known word."""
    words = set(_WORD.findall(name.lower().replace("end-to-end", "e2e").replace("type-check", "typecheck")))
    for step, known in _NAMES:
        if words & known:
            return (step,)
    return ()


def pipes_download_to_shell(line: str) -> bool:
    """Whether a script line feeds a download straight into a shell."""
    return bool(_CURL_SHELL.search(line[:4000]))


def ordered(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Distinct steps in alphabetical order."""
    return tuple(sorted(set(steps)))


def _task(tool: str, task: str) -> tuple[Step, ...]:
    name = task.rsplit(":", 1)[-1] if tool == "gradle" else task
    return _COMMANDS.get(f"{tool} {name}") or (steps_of_name(name) if tool == "gradle" else ())


def _with_flags(words: list[str], steps: tuple[Step, ...]) -> tuple[Step, ...]:
    flags = " ".join(words[1:])
    covered = "test" in steps and any(
        f in flags for f in ("--cov", "-cover", "--coverage", "XPlat Code Coverage", "/p:CollectCoverage")
    )
    return ("coverage",) if covered else ()


def _unwrapped(words: list[str]) -> list[str]:
    """Without assignments, wrappers and the options that follow them."""
    while words:
        if tuple(w.lower() for w in words[:2]) in _WRAPPER_PAIRS:
            words = words[2:]
        elif words[0].lower() in _WRAPPERS or ("=" in words[0] and not words[0].startswith("-")):
            words = words[1:]
        else:
            break
        while len(words) > 1 and words[0].startswith("-"):
            words = words[2 if words[0] in _VALUED_OPTIONS and len(words) > 2 else 1 :]
    return words
