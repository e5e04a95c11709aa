"""Facts about build and delivery pipelines, from their configuration files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scanner.core.evidence import Fact

Step = Literal["build", "test", "lint", "type-check", "scan", "package", "deploy", "release", "coverage", "performance",
               "end-to-end", "accessibility", "sign", "sbom", "migrate", "docs"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ActionUse:
    """A third-party step: ``owner/name`` at ``ref``. ``pin`` is sha, tag, branch or none (digest counts as sha)."""

    name: str
    owner: str
    ref: str
    pin: Literal["sha", "tag", "branch", "none", "local"]
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Weakness:
    """A hardening fault of a pipeline, by rule id."""

    rule: Literal["script-injection", "untrusted-trigger", "broad-permissions", "no-permissions", "self-hosted-untrusted",
                  "plain-secret", "curl-pipe-shell"]  # fmt: skip
    path: str
    line: int
    detail: str


@dataclass(frozen=True, slots=True)
class Pipeline:
    """One pipeline file. ``steps`` are the things it does, told by known commands and actions.

    ``on_change`` is True when it runs on every pull request or push to the default branch.
    """

    path: str
    system: str
    name: str
    on_change: bool
    on_schedule: bool
    steps: tuple[Step, ...]
    jobs: int
    timeouts: int
    """Jobs with an explicit time limit."""
    environments: tuple[str, ...]
    caches: bool
    matrix: bool


@dataclass(frozen=True, slots=True)
class Pipelines(Fact):
    """Every pipeline of every CI system whose files are known. An empty tuple: there is none.

    ``unparsed`` are (path, reason).
    """

    pipelines: tuple[Pipeline, ...]
    uses: tuple[ActionUse, ...]
    weaknesses: tuple[Weakness, ...]
    unparsed: tuple[tuple[str, str], ...]

    def does(self, step: Step, *, on_change: bool = False) -> bool:
        """Whether some pipeline does ``step`` (with ``on_change``: on every change)."""
        return any(step in p.steps and (p.on_change or not on_change) for p in self.pipelines)


@dataclass(frozen=True, slots=True)
class UpdateBot:
    """A configured dependency-update bot and the ecosystems or managers it covers (empty: all)."""

    name: str
    path: str
    ecosystems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Automation(Fact):
    """Automation that is not a pipeline: update bots, hooks, task runners, development environments, linters."""

    update_bots: tuple[UpdateBot, ...]
    pre_commit_hooks: int
    task_runners: tuple[str, ...]
    dev_environments: tuple[str, ...]
    linters: tuple[str, ...]
    type_checkers: tuple[str, ...]
    coverage_configs: tuple[str, ...]
