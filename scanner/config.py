"""Settings and the engagement file, parsed once into frozen values. Secrets come from the environment alone."""

from __future__ import annotations

import hashlib
import math
import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from scanner.facts.engagement import Answer, Answers, Engagement, Goal, Kpi, Money, System, Team, Vendor, Waiver
from scanner.files import read_plain
from scanner.http.github.client import API_URL, GithubSettings
from scanner.http.github.credentials import CredentialError, find
from scanner.http.gitlab import GITLAB_URL, GitlabSettings
from scanner.http.secret import Secret

_MAX_BYTES = 1_000_000


class ConfigError(Exception):
    """The engagement file or a setting is wrong; the text says where and what is expected."""


def github_settings(account: str = "", *, borrow: bool = False) -> GithubSettings:
    """GitHub as ASSAY_GITHUB_URL (API base) names it, with the credential for ``account`` that `find` finds.

    ``borrow`` allows the tokens of other programs. Raises ConfigError for a bad address, token or key.
    """
    url = os.environ.get("ASSAY_GITHUB_URL") or API_URL
    try:
        found = find(os.environ, url, account, borrow=borrow)
        return GithubSettings(url) if found is None else GithubSettings(url, found.credential, told=found.told)
    except CredentialError as error:
        raise ConfigError(str(error)) from None
    except ValueError:
        raise ConfigError(
            "ASSAY_GITHUB_URL must be the API's base address, such as https://github.example.com/api/v3"
        ) from None


def gitlab_settings() -> GitlabSettings:
    """GitLab as ASSAY_GITLAB_URL and ASSAY_GITLAB_TOKEN name it. Raises ConfigError for a bad address or token."""
    secret = _token("ASSAY_GITLAB_TOKEN")
    try:
        return GitlabSettings(os.environ.get("ASSAY_GITLAB_URL") or GITLAB_URL, secret)
    except ValueError:
        raise ConfigError("ASSAY_GITLAB_URL must be GitLab's address, such as https://gitlab.example.com") from None


def _token(name: str) -> Secret | None:
    """The token in the environment variable ``name``, None when there is none."""
    token = os.environ.get(name, "").strip()
    try:
        return Secret(token) if token else None
    except ValueError:
        raise ConfigError(f"{name} is not a token: it must be one line of printable ASCII") from None


@dataclass(frozen=True, slots=True)
class Intake:
    """The engagement file as facts, with the id that joins its scans and the digest of its text."""

    id: str
    engagement: Engagement
    answers: Answers
    digest: str


class _File(BaseModel):
    """The shape of ``assay.toml``: an engagement, its answers, and optionally an id."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str = ""
    client: str
    purpose: str = "kickoff"
    profile: str = "scale-up"
    goals: tuple[Goal, ...] = ()
    systems: tuple[System, ...] = ()
    money: Money = Money()
    teams: tuple[Team, ...] = ()
    vendors: tuple[Vendor, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    answers: tuple[Answer, ...] = ()


def load_engagement(path: Path) -> Intake:
    """The engagement file at ``path``. Raises ConfigError naming the key that is wrong."""
    try:
        raw = read_plain(path, _MAX_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"the engagement file {path} cannot be read: {error.strerror}") from None
    if len(raw) > _MAX_BYTES:
        raise ConfigError(f"the engagement file {path} is larger than {_MAX_BYTES} bytes")
    try:
        table = tomllib.loads(raw.decode("utf-8"))
        _refuse_unknown_keys(table)
        read = _File.model_validate({**table, "answers": _answers(table.get("answers", []))})
        _refuse_impossible_values(read)
        engagement = TypeAdapter(Engagement).validate_python(
            {name: getattr(read, name) for name in (f.name for f in fields(Engagement))}
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    except RecursionError:
        raise ConfigError(f"{path}: not valid TOML: it is nested too deeply") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"{path}: {where}: {first['msg']}") from None
    return Intake(read.id or slug(read.client), engagement, Answers(read.answers), hashlib.sha256(raw).hexdigest())


_TABLES: dict[str, type[Goal | System | Money | Team | Vendor | Kpi | Waiver | Answer]] = {
    "goals": Goal, "systems": System, "money": Money, "teams": Team, "vendors": Vendor, "kpis": Kpi, "waivers": Waiver, "answers": Answer,
}  # fmt: skip


def _refuse_unknown_keys(table: dict[str, object]) -> None:
    for name, shape in _TABLES.items():
        rows = table.get(name, [])
        for row in rows if isinstance(rows, list) else [rows]:
            if not isinstance(row, dict):
                continue
            known_keys = [field.name for field in fields(shape)]
            unknown = sorted(set(row) - set(known_keys))
            if unknown:
                known = ", ".join(known_keys)
                raise ConfigError(f"{name}: there is no key {unknown[0]!r}; known keys are {known}")


def _answers(rows: object) -> object:
    """``rows`` with the value None where it is left out: TOML cannot write an unknown."""
    if not isinstance(rows, list):
        return rows
    return [{"value": None, **row} if isinstance(row, dict) else row for row in rows]


_ANSWER_VALUES = (0, 0.25, 0.5, 1)
_MOST_CRITICAL, _LEAST_CRITICAL = 1, 4


def _refuse_impossible_values(read: _File) -> None:
    for number, answer in enumerate(read.answers):
        if answer.value is not None and answer.value not in _ANSWER_VALUES:
            raise ConfigError(
                f"answers.{number}.value: {answer.value:g} is none of 0, 0.25, 0.5 and 1 (left out: unknown)"
            )
    for number, system in enumerate(read.systems):
        if not _MOST_CRITICAL <= system.criticality <= _LEAST_CRITICAL:
            raise ConfigError(
                f"systems.{number}.criticality: {system.criticality} is none of 1 (business stops), 2, 3 and 4 (nobody notices)"
            )
    for key, figure in _figures(read):
        if figure is not None and not (math.isfinite(figure) and figure >= 0):
            raise ConfigError(f"{key}: {figure:g} is not allowed; give a finite number, 0 or more")


def _figures(read: _File) -> Iterator[tuple[str, float | None]]:
    """Key and value of every amount, duration and head count."""
    money = read.money
    yield "money.revenue_per_year", money.revenue_per_year
    yield "money.cloud_per_month", money.cloud_per_month
    yield "money.tools_per_month", money.tools_per_month
    yield "money.day_rate", money.day_rate
    yield "money.remediation_budget", money.remediation_budget
    for number, system in enumerate(read.systems):
        yield f"systems.{number}.rto_hours", system.rto_hours
        yield f"systems.{number}.rpo_hours", system.rpo_hours
    for number, team in enumerate(read.teams):
        yield f"teams.{number}.people", team.people
    for number, vendor in enumerate(read.vendors):
        yield f"vendors.{number}.spend_per_year", vendor.spend_per_year


def slug(text: str) -> str:
    """A short lower-case name of letters, digits and dashes; with a hash when letters were lost."""
    kept = "-".join("".join(c if c.isalnum() and c.isascii() else " " for c in text.lower()).split())
    return kept[:60] or "engagement-" + hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:8]
