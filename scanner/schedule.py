"""Ready files that repeat a scan: cron, systemd, GitHub Actions, Kubernetes. Tokens are named, never written."""

from __future__ import annotations

import posixpath
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scanner.git import is_url

_HOME = "/var/lib/assay"
"""The working folder of the image."""


@dataclass(frozen=True, slots=True)
class Rescan:
    """What to repeat: targets, engagement file (empty: none), and the cron time (five fields, UTC)."""

    targets: tuple[str, ...]
    engagement: str
    when: str
    out: str = "/var/lib/assay/report"
    image: str = "ghcr.io/example/assay:0.1.0"

    def __post_init__(self) -> None:
        if not all(text.isprintable() for text in (*self.targets, self.engagement, self.when, self.out, self.image)):
            raise ValueError("a schedule cannot hold control characters: they would end its line")

    @property
    def arguments(self) -> list[str]:
        """The arguments of ``assay``."""
        told = ["--engagement", self.engagement] if self.engagement else []
        return ["scan", *self.targets, *told, "--out", self.out, "--format", "html,pdf,json", "--json-logs"]

    @property
    def tokens(self) -> tuple[str, ...]:
        """The environment variables of the tokens that the targets need."""
        github = any(target.startswith("github:") or is_url(target) for target in self.targets)
        gitlab = any(target.startswith("gitlab:") for target in self.targets)
        return ("ASSAY_GITHUB_TOKEN",) * github + ("ASSAY_GITLAB_TOKEN",) * gitlab

    @property
    def command(self) -> str:
        """The command line, quoted for a shell."""
        return shlex.join(["assay", *self.arguments])


def validate(when: str) -> None:
    """ValueError unless ``when`` has the five fields of a cron time: numbers, ``*``, lists, ranges and steps."""
    fields = when.split()
    if len(fields) != 5 or not all(_fits(field, *bounds) for field, bounds in zip(fields, _BOUNDS, strict=True)):
        raise ValueError(f"{when!r} is no cron time; write five fields such as '0 5 * * 1' (Mondays at 05:00)")


_BOUNDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_PIECE = re.compile(r"(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:/([1-9]\d?))?", re.ASCII)


def _fits(field: str, low: int, high: int) -> bool:
    for piece in field.split(","):
        read = _PIECE.fullmatch(piece)
        if read is None:
            return False
        first = int(read[1] or low)
        if not low <= first <= int(read[2] or read[1] or high) <= high:
            return False
    return True


def cron(rescan: Rescan) -> str:
    """A file for /etc/cron.d."""
    escaped = rescan.command.replace("%", "\\%")
    needed = opened = ""
    if rescan.tokens:
        needed = f"# /etc/assay/environment (mode 0600, owner assay) holds, a line each: {_assigned(rescan)}\n"
        opened = f". /etc/assay/environment && export {' '.join(rescan.tokens)} && "
    return (
        f"# Rescan by assay. Put this file into /etc/cron.d/assay.\n{needed}"
        f"SHELL=/bin/sh\nCRON_TZ=UTC\n{rescan.when} assay {opened}{escaped}\n"
    )


def _assigned(rescan: Rescan) -> str:
    return " ".join(f"{token}=..." for token in rescan.tokens)


_DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")


def _calendar(when: str) -> str:
    """A cron time as systemd writes it; ranges and lists are kept, ``*/n`` becomes ``0/n``.

    ValueError when both day of month and weekday are given: cron takes either, systemd both.
    """
    minute, hour, day, month, weekday = when.split()
    if day != "*" and weekday != "*":
        raise ValueError(f"{when!r} gives a day of month and a weekday, which systemd cannot say; give one of them")

    def part(text: str, start: str) -> str:
        return f"{start}/{text[2:]}" if text.startswith("*/") else text.replace("-", "..")

    days = "" if weekday == "*" else ",".join(_weekdays(weekday)) + " "
    return f"{days}*-{part(month, '1')}-{part(day, '1')} {part(hour, '0')}:{part(minute, '0')}:00 UTC"


def _weekdays(field: str) -> list[str]:
    """The days that a weekday field means, Monday first."""
    meant: set[int] = set()
    for piece in field.split(","):
        span, _, step = piece.partition("/")
        first, _, last = ("0-6" if span == "*" else span).partition("-")
        end = last or ("6" if step else first)
        meant.update(day % 7 for day in range(int(first), int(end) + 1, int(step or 1)))
    return [_DAYS[day] for day in (1, 2, 3, 4, 5, 6, 0) if day in meant]


def _word(text: str) -> str:
    """One word of a systemd command line: quoted, with nothing left for systemd to expand."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$").replace("%", "%%")
    return f'"{escaped}"'


def systemd(rescan: Rescan) -> str:
    """A service and its timer, one after the other, with the file names in comments."""
    escaped = " ".join(["assay", *map(_word, rescan.arguments)])
    needed = f"# holds, a line each, {_assigned(rescan)}; mode 0600\n" if rescan.tokens else ""
    return (
        "# /etc/systemd/system/assay.service\n[Unit]\nDescription=Technical due-diligence rescan\nWants=network-online.target\nAfter=network-online.target\n\n"
        "[Service]\nType=oneshot\nUser=assay\nStateDirectory=assay\nEnvironment=XDG_DATA_HOME=/var/lib/assay XDG_CACHE_HOME=/var/lib/assay/cache\n"
        f"{needed}EnvironmentFile=-/etc/assay/environment\n"
        f"ExecStart=/usr/bin/env {escaped}\nSuccessExitStatus=1\nNoNewPrivileges=yes\nProtectSystem=strict\nProtectHome=yes\nPrivateTmp=yes\n\n"
        f"# /etc/systemd/system/assay.timer\n[Unit]\nDescription=When to rescan\n\n[Timer]\nOnCalendar={_calendar(rescan.when)}\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n"
    )


def _yaml(text: str) -> str:
    """A YAML single-quoted scalar."""
    return "'" + text.replace("'", "''") + "'"


_CACHE_KEY = "assay-${{ github.run_id }}-${{ github.run_attempt }}"


def github_actions(rescan: Rescan) -> str:
    """A workflow file. The database travels between runs as a cache, kept also when a run fails; the report is kept as an artefact."""
    local = Rescan(rescan.targets, rescan.engagement, rescan.when, out="report", image=rescan.image)
    tokens = "".join(f"      {token}: ${{{{ secrets.{token} }}}}\n" for token in rescan.tokens)
    return (
        f"# .github/workflows/assay.yml\nname: Assay rescan\non:\n  schedule:\n    - cron: {_yaml(rescan.when)}\n  workflow_dispatch:\npermissions:\n  contents: read\n"
        "concurrency: assay\njobs:\n  rescan:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 300\n"
        f"    container: {_yaml(rescan.image)}\n    env:\n      XDG_DATA_HOME: ${{{{ github.workspace }}}}/.assay\n{tokens}"
        "    steps:\n      # pin all actions to the commits you have reviewed\n      - uses: actions/checkout@v4\n        with:\n          persist-credentials: false\n"
        f"      - uses: actions/cache/restore@v4\n        with:\n          path: .assay\n          key: {_CACHE_KEY}\n          restore-keys: assay-\n"
        f"      - run: {_yaml(local.command)}\n"
        f"      - uses: actions/cache/save@v4\n        if: always()\n        with:\n          path: .assay\n          key: {_CACHE_KEY}\n"
        "      - uses: actions/upload-artifact@v4\n        if: always()\n        with:\n          name: report\n          path: report\n"
    )


def kubernetes(rescan: Rescan) -> str:
    """A CronJob, non-root with a read-only root; tokens come from a Secret, the engagement file from a ConfigMap, both named assay."""
    arguments = "\n".join(f"                - {_yaml(a)}" for a in rescan.arguments)
    tokens = "".join(_from_secret(token) for token in rescan.tokens)
    mount = volume = ""
    if rescan.engagement:
        path = _yaml(posixpath.normpath(posixpath.join(_HOME, rescan.engagement)))
        mount = f"                - {{name: engagement, mountPath: {path}, subPath: engagement.toml, readOnly: true}}\n"
        volume = "            - name: engagement\n              configMap: {name: assay}\n"
    return (
        "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: assay\nspec:\n"
        f"  schedule: {_yaml(rescan.when)}\n  timeZone: Etc/UTC\n  concurrencyPolicy: Forbid\n  jobTemplate:\n    spec:\n      backoffLimit: 2\n      template:\n        spec:\n"
        "          restartPolicy: OnFailure\n          automountServiceAccountToken: false\n          securityContext:\n            runAsNonRoot: true\n            runAsUser: 10001\n            fsGroup: 10001\n            seccompProfile:\n              type: RuntimeDefault\n"
        f"          containers:\n            - name: assay\n              image: {_yaml(rescan.image)}\n              args:\n{arguments}\n"
        "              env:\n                - name: XDG_DATA_HOME\n                  value: /var/lib/assay\n                - name: XDG_CACHE_HOME\n                  value: /var/lib/assay/cache\n"
        f"{tokens}"
        "              resources:\n                requests: {cpu: '1', memory: 1Gi}\n                limits: {cpu: '4', memory: 8Gi}\n"
        "              securityContext:\n                allowPrivilegeEscalation: false\n                readOnlyRootFilesystem: true\n                capabilities:\n                  drop: [ALL]\n"
        "              volumeMounts:\n                - {name: data, mountPath: /var/lib/assay}\n                - {name: tmp, mountPath: /tmp}\n"
        f"{mount}"
        "          volumes:\n            - name: data\n              persistentVolumeClaim: {claimName: assay}\n            - name: tmp\n              emptyDir: {}\n"
        f"{volume}"
    )


def _from_secret(token: str) -> str:
    """An environment variable from the Secret: ASSAY_GITHUB_TOKEN from its key github-token."""
    key = token.removeprefix("ASSAY_").replace("_", "-").lower()
    return (
        f"                - name: {token}\n                  valueFrom:\n                    secretKeyRef:\n"
        f"                      name: assay\n                      key: {key}\n                      optional: true\n"
    )


EXPORTS: Mapping[str, Callable[[Rescan], str]] = {
    "cron": cron, "systemd": systemd, "github-actions": github_actions, "kubernetes": kubernetes,
}  # fmt: skip
"""The forms a schedule can take."""
