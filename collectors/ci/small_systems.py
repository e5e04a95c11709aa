"""CI systems whose files share one shape (commands in lists): Travis, Buildkite, Drone, Bitbucket, AppVeyor, Cirrus, Tekton."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from collectors.ci.family import Family, Reading, piped_downloads, pipeline, plain_secrets, scripts_at, steps_in
from collectors.ci.steps import steps_of_name
from collectors.parsing import line_of, load_yaml_all, mapping, several, text, walk
from scanner.core.text import clean
from scanner.facts.ci import ActionUse, Step


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where a system keeps commands, jobs, limits, environment names and variables."""

    system: str
    commands: tuple[str, ...]
    job: tuple[str, ...]
    marks: tuple[str, ...]
    timeout: tuple[str, ...] = ()
    cache: tuple[str, ...] = ("cache", "caches")
    matrix: tuple[str, ...] = ("matrix",)
    variables: tuple[str, ...] = ("env", "environment", "variables")
    environment: str = ""
    uses: str = ""


def _family(shape: _Shape, claims: Callable[[str], bool]) -> Family:
    def parse(path: str, content: bytes, default_branch: str) -> Reading:
        del default_branch
        return _read(shape, path, content)

    return Family(shape.system, claims, parse)


def _read(shape: _Shape, path: str, content: bytes) -> Reading:
    documents = load_yaml_all(content)
    holders = [h for d in documents for h in walk(d)]
    if not any(mark in h for h in holders for mark in shape.marks):
        raise ValueError(f"nothing that {shape.system} would run")
    scripts = [s for h in holders for s in scripts_at(h, *shape.commands)]
    steps: set[Step] = steps_in(scripts)
    if any(shape.environment and shape.environment in h for h in holders):
        steps.add("deploy")
    uses = tuple(_uses(shape, path, holders))
    steps |= {s for u in uses for s in steps_of_name(u.name)}
    everything = " ".join(k for h in holders for k in h)
    triggered = {text(e) for h in holders for e in several(mapping(h.get("trigger")).get("event"))}
    made = pipeline(
        path,
        shape.system,
        name=next((text(mapping(d).get("name")) for d in documents), ""),
        on_change=not triggered or bool(triggered & {"push", "pull_request"}),
        on_schedule=bool(triggered & {"cron"}) or "schedules" in everything,
        steps=steps,
        jobs=max(1, sum(any(j in h for j in shape.job) for h in holders)),
        timeouts=sum(any(t in h for t in shape.timeout) for h in holders),
        environments=[text(h.get(shape.environment)) for h in holders] if shape.environment else (),
        caches=any(c in h for h in holders for c in shape.cache),
        matrix=any(m in h for h in holders for m in shape.matrix),
    )
    secrets = [w for d in documents for w in plain_secrets(path, d, *shape.variables)]
    return Reading((made,), uses, (*secrets, *piped_downloads(path, scripts)))


def _uses(shape: _Shape, path: str, holders: list[dict[str, object]]) -> Iterator[ActionUse]:
    """Plugins and pipes, written as ``owner/name#version`` or ``owner/name:version``."""
    for holder in holders:
        for item in several(holder.get(shape.uses)) if shape.uses else []:
            named = next(iter(mapping(item)), "") if isinstance(item, dict) else text(item)
            name, separator, version = named.partition("#" if "#" in named else ":")
            if name:
                owner, line = clean(name.partition("/")[0], 80), line_of(holder, shape.uses)
                yield ActionUse(clean(name, 120), owner, clean(version, 80), "tag" if separator else "none", path, line)


def _named(*names: str) -> Callable[[str], bool]:
    return lambda path: path.lower() in names


FAMILIES = (
    _family(
        _Shape("travis", ("before_install", "install", "before_script", "script", "after_success", "before_deploy", "deploy"), ("stage",), ("script", "language", "jobs", "install"), environment="deploy"),
        _named(".travis.yml", ".travis.yaml"),
    ),
    _family(
        _Shape("buildkite", ("command", "commands"), ("command", "commands"), ("steps",), ("timeout_in_minutes",), uses="plugins"),
        lambda path: path.lower().startswith(".buildkite/") and path.lower().endswith((".yml", ".yaml")),
    ),
    _family(_Shape("drone", ("commands",), ("commands",), ("steps", "pipeline")), _named(".drone.yml", ".drone.yaml")),
    _family(
        _Shape("bitbucket", ("script", "after-script"), ("script",), ("pipelines",), ("max-time",), environment="deployment", uses="pipe"),
        _named("bitbucket-pipelines.yml", "bitbucket-pipelines.yaml"),
    ),
    _family(
        _Shape("appveyor", ("install", "before_build", "build_script", "test_script", "deploy_script", "ps", "cmd", "sh"), ("build_script",), ("image", "build_script", "test_script", "install", "build"), environment="deploy"),
        _named("appveyor.yml", ".appveyor.yml"),
    ),
    _family(
        _Shape("cirrus", ("script", "test_script", "build_script", "install_script", "lint_script", "check_script", "main_script", "deploy_script"), ("container", "macos_instance", "freebsd_instance"), ("task", "container", "test_task", "env"), ("timeout_in",)),
        _named(".cirrus.yml", ".cirrus.yaml"),
    ),
    _family(
        _Shape("tekton", ("script", "args"), ("taskRef", "taskSpec"), ("apiVersion",), ("timeout",), cache=()),
        lambda path: path.lower().startswith((".tekton/", "tekton/")) and path.lower().endswith((".yml", ".yaml")),
    ),
)  # fmt: skip
