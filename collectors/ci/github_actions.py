"""GitHub Actions workflows: what they do, whose actions they use, and how they could be abused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from collectors.ci.family import (
    Family,
    Reading,
    Script,
    branch_filter_admits,
    piped_downloads,
    pipeline,
    plain_secrets,
    steps_in,
)
from collectors.ci.steps import steps_of_action
from collectors.parsing import line_of, load_yaml, mapping, several, text
from scanner.core.text import clean
from scanner.facts.ci import ActionUse, Step, Weakness

_UNTRUSTED = (
    "github.event.issue.title", "github.event.issue.body", "github.event.pull_request.title", "github.event.pull_request.body",
    "github.event.pull_request.head.ref", "github.event.pull_request.head.label", "github.event.pull_request.head.repo.default_branch",
    "github.event.comment.body", "github.event.review.body", "github.event.review_comment.body", "github.event.discussion.title",
    "github.event.discussion.body", "github.event.head_commit.message", "github.event.head_commit.author", "github.event.commits",
    "github.event.pages", "github.event.workflow_run.head_branch", "github.event.workflow_run.head_commit", "github.head_ref",
)  # fmt: skip
"""Context fields that a stranger writes (https://docs.github.com/en/actions/concepts/security/script-injections)."""
_HEAD_REFS = ("github.event.pull_request.head", "github.head_ref", "github.event.workflow_run.head", "refs/pull/")
_TRIAL_CLUSTERS = frozenset(
    {"helm/kind-action", "engineerd/setup-kind", "abhinavsingh/setup-k3d", "medyagh/setup-minikube"}
)
"""Actions that start a cluster for the length of the job: what is applied there is tried out, not deployed."""
_OUTSIDER_TRIGGERS = ("pull_request", "pull_request_target", "issue_comment", "issues", "workflow_run")
_EXPRESSION = re.compile(r"\$\{\{([^}]{1,400})\}\}")
_SHA = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_VERSION = re.compile(r"[vV]?\d[\w.+-]{0,60}")
PinKind = Literal["sha", "tag", "branch", "none", "local"]


def claims(path: str) -> bool:
    """Workflow files, and the repository's own actions."""
    lowered = path.lower()
    if lowered.startswith(".github/workflows/") and lowered.endswith((".yml", ".yaml")):
        return lowered.count("/") == 2
    return lowered in ("action.yml", "action.yaml") or (
        lowered.startswith(".github/actions/") and lowered.endswith(("/action.yml", "/action.yaml"))
    )


def parse(path: str, content: bytes, default_branch: str) -> Reading:
    """One workflow, or a composite action (whose actions count, but which is no pipeline)."""
    document = load_yaml(content)
    workflow = mapping(document)
    if path.lower().rsplit("/", 1)[-1].startswith("action."):
        steps = [mapping(s) for s in several(mapping(workflow.get("runs")).get("steps"))]
        scripts = _scripts(steps)
        return Reading((), tuple(_uses(path, steps)), tuple(piped_downloads(path, scripts)))
    triggers = _triggers(workflow.get("on"))
    jobs = {k: mapping(v) for k, v in mapping(workflow.get("jobs")).items()}
    if not jobs:
        raise ValueError("not a workflow: no jobs")
    steps = [mapping(s) for job in jobs.values() for s in several(job.get("steps"))]
    scripts = _scripts(steps)
    uses = (*_uses(path, steps), *_uses(path, list(jobs.values())))
    done: set[Step] = steps_in(scripts) | {s for u in uses for s in steps_of_action(u.name)}
    if any(u.name in _TRIAL_CLUSTERS for u in uses) and "deploy" in done:
        done = (done - {"deploy"}) | {"test"}
    made = pipeline(
        path,
        "github-actions",
        name=text(workflow.get("name")),
        on_change=_on_change(triggers, default_branch),
        on_schedule="schedule" in triggers,
        steps=done,
        jobs=len(jobs),
        timeouts=sum("timeout-minutes" in job for job in jobs.values()),
        environments=[_environment(job) for job in jobs.values()],
        caches=any(u.name.startswith("actions/cache") for u in uses)
        or any("cache" in mapping(s.get("with")) for s in steps),
        matrix=any("matrix" in mapping(job.get("strategy")) for job in jobs.values()),
    )
    weaknesses = (
        *_triggered_by_strangers(path, triggers, steps),
        *_injections(path, steps),
        *_permissions(path, workflow, jobs),
        *_self_hosted(path, triggers, jobs),
        *plain_secrets(path, document, "env"),
        *piped_downloads(path, scripts),
    )
    return Reading((made,), uses, weaknesses)


def _triggers(value: object) -> dict[str, object]:
    if isinstance(value, str | list):
        return {text(v): None for v in several(value)}
    return mapping(value)


def _on_change(triggers: dict[str, object], default_branch: str) -> bool:
    if "pull_request" in triggers or "pull_request_target" in triggers or "merge_group" in triggers:
        return True
    if "push" not in triggers:
        return False
    push = mapping(triggers["push"])
    if "branches" in push:
        return branch_filter_admits(push["branches"], default_branch)
    return not ({"tags", "tags-ignore"} & set(push)) or "branches-ignore" in push


def _environment(job: dict[str, object]) -> str:
    value = job.get("environment")
    return text(mapping(value).get("name")) if isinstance(value, dict) else text(value)


def _scripts(steps: list[dict[str, object]]) -> list[Script]:
    return [Script(written, line_of(s, "run")) for s in steps if (written := text(s.get("run")))]


def _uses(path: str, holders: list[dict[str, object]]) -> Iterator[ActionUse]:
    for holder in holders:
        written = text(holder.get("uses"))
        if not written:
            continue
        line = line_of(holder, "uses")
        if written.startswith("./"):
            yield ActionUse(clean(written, 120), "", "", "local", path, line)
            continue
        name, _, ref = written.partition("@")
        if written.startswith("docker://"):
            image, _, digest = written.removeprefix("docker://").partition("@")
            pin = _image_pin(image, digest)
            yield ActionUse(clean(f"docker://{image}", 120), "docker", clean(digest, 80), pin, path, line)
            continue
        yield ActionUse(clean(name, 120), clean(name.partition("/")[0], 80), clean(ref, 80), pin_of(ref), path, line)


def pin_of(ref: str) -> PinKind:
    """How firmly ``ref`` names what runs: a full commit id, a version-like tag, another name, or nothing."""
    if not ref:
        return "none"
    return "sha" if _SHA.fullmatch(ref) else "tag" if _VERSION.fullmatch(ref) else "branch"


def _image_pin(image: str, digest: str) -> PinKind:
    if digest.startswith("sha256:"):
        return "sha"
    return "tag" if ":" in image.rsplit("/", 1)[-1] else "none"


def _triggered_by_strangers(
    path: str, triggers: dict[str, object], steps: list[dict[str, object]]
) -> Iterator[Weakness]:
    if not {"pull_request_target", "workflow_run"} & set(triggers):
        return
    for step in steps:
        ref = text(mapping(step.get("with")).get("ref")) + text(mapping(step.get("with")).get("repository"))
        if text(step.get("uses")).startswith("actions/checkout") and any(h in ref for h in _HEAD_REFS):
            detail = "runs with the target's rights and checks out the proposer's code"
            yield Weakness("untrusted-trigger", path, line_of(step, "uses"), detail)


def _injections(path: str, steps: list[dict[str, object]]) -> Iterator[Weakness]:
    for step in steps:
        with_ = mapping(step.get("with"))
        holders = [(step, "run")]
        if text(step.get("uses")).startswith("actions/github-script"):
            holders.append((with_, "script"))
        for holder, key in holders:
            fields = sorted({f for e in _EXPRESSION.findall(text(holder.get(key))) for f in _UNTRUSTED if f in e})
            if fields:
                detail = f"{fields[0]} is pasted into a script"
                yield Weakness("script-injection", path, line_of(holder, key), detail)


def _permissions(path: str, workflow: dict[str, object], jobs: dict[str, dict[str, object]]) -> Iterator[Weakness]:
    for holder in (workflow, *jobs.values()):
        if text(holder.get("permissions")) == "write-all":
            yield Weakness("broad-permissions", path, line_of(holder, "permissions"), "permissions: write-all")
    silent = [k for k, job in jobs.items() if "permissions" not in job]
    if "permissions" not in workflow and silent:
        yield Weakness(
            "no-permissions", path, line_of(workflow), f"{len(silent)} of {len(jobs)} jobs declare no token permissions"
        )


def _self_hosted(path: str, triggers: dict[str, object], jobs: dict[str, dict[str, object]]) -> Iterator[Weakness]:
    if not set(_OUTSIDER_TRIGGERS) & set(triggers):
        return
    for job in jobs.values():
        runs_on = job.get("runs-on")
        labels = several(mapping(runs_on).get("labels")) if isinstance(runs_on, dict) else several(runs_on)
        if any(text(label) == "self-hosted" for label in labels):
            detail = "a trigger that outsiders can fire runs on a self-hosted runner"
            yield Weakness("self-hosted-untrusted", path, line_of(job, "runs-on"), detail)


FAMILY = Family("github-actions", claims, parse)
