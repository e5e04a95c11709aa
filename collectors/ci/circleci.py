"""CircleCI configuration."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.ci.family import Family, Reading, Script, piped_downloads, pipeline, plain_secrets, steps_in
from collectors.ci.github_actions import PinKind
from collectors.ci.steps import steps_of_name
from collectors.parsing import line_of, load_yaml, mapping, several, text, walk
from scanner.core.text import clean
from scanner.facts.ci import ActionUse, Step


def claims(path: str) -> bool:
    """The configuration files of CircleCI."""
    return path.lower() in (
        ".circleci/config.yml",
        ".circleci/config.yaml",
        "circle.yml",
        ".circleci/continue_config.yml",
    )


def parse(path: str, content: bytes, default_branch: str) -> Reading:
    """One configuration file, with its orbs as third-party uses."""
    del default_branch
    top = mapping(load_yaml(content))
    jobs = mapping(top.get("jobs"))
    workflows = {k: mapping(v) for k, v in mapping(top.get("workflows")).items() if isinstance(v, dict)}
    if not jobs and not workflows:
        raise ValueError("no jobs and no workflows")
    scripts = list(_scripts(top))
    steps: set[Step] = steps_in(scripts)
    uses = tuple(_orbs(path, mapping(top.get("orbs"))))
    for called in _calls(workflows):
        if "/" in called:
            steps |= set(steps_of_name(called.replace("/", " ")))
    timed = [w for w in workflows.values() if w.get("triggers") or "scheduled" in text(w.get("when"))]
    everything = list(walk(top))
    made = pipeline(
        path,
        "circleci",
        on_change=len(timed) < len(workflows) or not workflows,
        on_schedule=bool(timed),
        steps=steps,
        jobs=max(len(jobs), 1),
        timeouts=sum("no_output_timeout" in holder for holder in everything),
        caches=any("restore_cache" in h or "save_cache" in h for h in everything),
        matrix=any("matrix" in h for h in everything),
    )
    return Reading((made,), uses, (*plain_secrets(path, top, "environment"), *piped_downloads(path, scripts)))


def _scripts(top: object) -> Iterator[Script]:
    for holder in walk(top):
        run = holder.get("run")
        inner = mapping(run) if isinstance(run, dict) else holder
        key = "command" if isinstance(run, dict) else "run"
        if written := text(inner.get(key)):
            yield Script(written, line_of(inner, key))


def _calls(workflows: dict[str, dict[str, object]]) -> Iterator[str]:
    for workflow in workflows.values():
        for job in several(workflow.get("jobs")):
            yield from mapping(job) if isinstance(job, dict) else (text(job),)


def _orbs(path: str, orbs: dict[str, object]) -> Iterator[ActionUse]:
    for alias, written in orbs.items():
        name, _, version = text(written).partition("@")
        if not name:
            continue
        pin: PinKind = "tag" if version.count(".") == 2 else "branch" if version else "none"
        yield ActionUse(
            clean(name, 120), clean(name.partition("/")[0], 80), clean(version, 80), pin, path, line_of(orbs, alias)
        )


FAMILY = Family("circleci", claims, parse)
