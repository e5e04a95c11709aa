"""Whose credential a command uses, said aloud where the user did not give it to Assay."""

from __future__ import annotations

from scanner.cli import output
from scanner.config import ConfigError, github_settings
from scanner.http.github.client import GithubSettings
from scanner.pipeline.events import Watcher

_GITHUB = "github:"
_LISTS = ("@", "list:")


def github_for(targets: tuple[str, ...], watcher: Watcher, *, asks: bool = True) -> GithubSettings:
    """GitHub's settings for ``targets``. Tokens of other programs are borrowed only where a target may be on GitHub.

    Without ``asks`` nothing is sent (offline, a replay), so that nothing is borrowed. Raises ConfigError.
    """
    accounts = {target.removeprefix(_GITHUB).partition("/")[0] for target in targets if target.startswith(_GITHUB)}
    lists = any(target.startswith(_LISTS) or target.endswith(".txt") for target in targets)
    settings = github_settings(
        min(accounts) if len(accounts) == 1 else "", borrow=asks and (bool(accounts) or lists)
    )  # fmt: skip
    if asks and len(accounts) > 1 and _is_app(settings):
        raise ConfigError(
            f"a GitHub App reads the account on which it is installed: scan {', '.join(sorted(accounts))} one by one"
        )
    if asks and settings.told and (accounts or lists):
        output.say(watcher, "token", f"assay: {settings.told}")
    return settings


def _is_app(settings: GithubSettings) -> bool:
    from scanner.http.github.app import AppInstallation

    return isinstance(settings.token, AppInstallation)
