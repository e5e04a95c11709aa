"""What every CI family gives: the paths it claims, and a parser from bytes to pipelines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from collectors.ci.steps import ordered, pipes_download_to_shell, steps_of_script
from collectors.parsing import line_of, mapping, several, text, walk
from scanner.core.text import clean
from scanner.facts.ci import ActionUse, Pipeline, Step, Weakness

DEFAULT_BRANCHES = frozenset({"main", "master", "trunk", "develop"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What one pipeline file says."""

    pipelines: tuple[Pipeline, ...] = ()
    uses: tuple[ActionUse, ...] = ()
    weaknesses: tuple[Weakness, ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """One CI system. ``parse`` raises ValueError when a file cannot be read."""

    system: str
    claims: Callable[[str], bool]
    parse: Callable[[str, bytes, str], Reading]
    """From (path, content, default branch)."""


@dataclass(frozen=True, slots=True)
class Script:
    """A piece of shell and the line on which it starts."""

    text: str
    line: int


def scripts_at(value: object, *keys: str) -> Iterator[Script]:
    """The shell text that a mapping holds under ``keys``, given as text or as a list of texts (or of mappings)."""
    holder = mapping(value)
    for key in keys:
        for item in several(holder.get(key)):
            for part in item if isinstance(item, list) else [item]:
                if written := text(part):
                    yield Script(written, line_of(holder, key))


def steps_in(scripts: Iterable[Script]) -> set[Step]:
    """What the scripts do."""
    return {step for script in scripts for step in steps_of_script(script.text)}


def piped_downloads(path: str, scripts: Iterable[Script]) -> Iterator[Weakness]:
    """Lines that feed a download straight into a shell."""
    for script in scripts:
        for offset, line in enumerate(script.text.split("\n")[:2000]):
            if pipes_download_to_shell(line):
                # A block scalar starts on the line after its key.
                at = script.line + offset + (1 if "\n" in script.text else 0)
                yield Weakness("curl-pipe-shell", path, at, "a download is piped into a shell")


_SECRET_WORDS = (
    "password",
    "passwd",
    "secret",
    "token",
    "api_key",
    "apikey",
    "private_key",
    "access_key",
    "credentials",
)
_NOT_SECRET = (
    "",
    "true",
    "false",
    "changeme",
    "password",
    "secret",
    "test",
    "postgres",
    "root",
    "example",
    "dummy",
    "none",
)


def looks_secret(name: str, value: object) -> bool:
    """Whether ``name`` reads like a credential and ``value`` is a literal (not a reference, path or placeholder)."""
    written = text(value).strip()
    lowered = name.lower().replace("-", "_")
    if not any(w in lowered for w in _SECRET_WORDS) or lowered.endswith(
        ("_file", "_path", "_name", "_url", "_ttl", "_id", "_type")
    ):
        return False
    literal = not any(mark in written for mark in ("$", "{{", "<", "((", "%", "!", " ", "/run/", "vault:", "arn:"))
    return literal and len(written) >= 8 and written.lower() not in _NOT_SECRET and not written.isdigit()


def plain_secrets(path: str, document: object, *keys: str) -> Iterator[Weakness]:
    """Literal values of credential-like names within mappings under ``keys``; the value itself is never kept."""
    for holder in walk(document):
        for key in keys:
            variables = mapping(holder.get(key))
            for name, value in variables.items():
                literal = mapping(value).get("value", value)
                if looks_secret(name, literal):
                    detail = f"{clean(name, 80)} is set to a literal value"
                    yield Weakness("plain-secret", path, line_of(variables, name), detail)


def pipeline(
    path: str,
    system: str,
    *,
    name: str = "",
    on_change: bool = True,
    on_schedule: bool = False,
    steps: Iterable[Step] = (),
    jobs: int = 1,
    timeouts: int = 0,
    environments: Iterable[str] = (),
    caches: bool = False,
    matrix: bool = False,
) -> Pipeline:
    """A pipeline with its texts made safe and its lists ordered."""
    places = tuple(sorted({clean(e, 80) for e in environments if e}))[:50]
    label = clean(name, 120) or path.rsplit("/", 1)[-1]
    return Pipeline(path, system, label, on_change, on_schedule, ordered(steps), jobs, timeouts, places, caches, matrix)


def branch_filter_admits(value: object, default_branch: str) -> bool:
    """Whether a list of branch patterns admits the default branch (told, or one of the usual names)."""
    names = {default_branch} if default_branch else DEFAULT_BRANCHES
    patterns = [text(v) for v in several(value)]
    return any(
        p in names or p in ("*", "**", "$default-branch", ".*", "/.*/") or "$CI_DEFAULT_BRANCH" in p for p in patterns
    )
