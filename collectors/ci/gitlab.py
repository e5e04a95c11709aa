"""GitLab CI configuration."""

from __future__ import annotations

from collectors.ci.family import Family, Reading, piped_downloads, pipeline, plain_secrets, scripts_at, steps_in
from collectors.ci.steps import steps_of_name
from collectors.parsing import load_yaml, mapping, several, text, walk
from scanner.facts.ci import Step

_NOT_JOBS = frozenset(
    (
        "stages",
        "variables",
        "default",
        "include",
        "workflow",
        "image",
        "services",
        "cache",
        "before_script",
        "after_script",
        "spec",
        "pages:deploy",
    )
)
_TEMPLATES: tuple[tuple[str, Step], ...] = (
    ("sast", "scan"), ("secret-detection", "scan"), ("dependency-scanning", "scan"), ("container-scanning", "scan"), ("dast", "scan"),
    ("code-quality", "lint"), ("accessibility", "accessibility"), ("performance", "performance"), ("auto-devops", "build"),
    ("terraform", "deploy"), ("auto-deploy", "deploy"),
)  # fmt: skip


def claims(path: str) -> bool:
    """The root configuration, and files kept in ``.gitlab/ci`` that it includes."""
    lowered = path.lower()
    return lowered in (".gitlab-ci.yml", ".gitlab-ci.yaml") or (
        lowered.startswith((".gitlab/ci/", ".gitlab-ci/")) and lowered.endswith((".yml", ".yaml"))
    )


def parse(path: str, content: bytes, default_branch: str) -> Reading:
    """One configuration file; jobs are its top-level mappings with a script, trigger or extends."""
    del default_branch
    top = mapping(load_yaml(content))
    jobs = {
        k: mapping(v) for k, v in top.items() if k not in _NOT_JOBS and isinstance(v, dict) and not k.startswith(".")
    }
    real = {k: j for k, j in jobs.items() if {"script", "trigger", "extends", "run"} & set(j)}
    if not real and not top.get("include"):
        raise ValueError("no jobs and no includes")
    scripts = [s for holder in walk(top) for s in scripts_at(holder, "before_script", "script", "after_script")]
    steps = steps_in(scripts) | _included(top.get("include"))
    for name, job in real.items():
        steps |= set(steps_of_name(text(job.get("stage")) or name)) if not job.get("script") else set()
        steps |= {"deploy"} if job.get("environment") else set()
        steps |= {"release"} if job.get("release") else set()
        steps |= {"coverage"} if job.get("coverage") else set()
    made = pipeline(
        path,
        "gitlab-ci",
        on_change=any(_on_change(j) for j in real.values()) or not real,
        on_schedule=any("schedule" in text(v) for holder in walk(top) for v in _conditions(holder)),
        steps=steps,
        jobs=len(real),
        timeouts=sum("timeout" in j for j in real.values()),
        environments=[_environment(j) for j in real.values()],
        caches=any("cache" in holder for holder in (top, mapping(top.get("default")), *jobs.values())),
        matrix=any("matrix" in holder for j in real.values() for holder in walk(j.get("parallel"))),
    )
    return Reading((made,), (), (*plain_secrets(path, top, "variables"), *piped_downloads(path, scripts)))


def _included(value: object) -> set[Step]:
    named = " ".join(
        text(v) for i in several(value) for v in (mapping(i).values() if isinstance(i, dict) else (i,))
    ).lower()
    return {step for word, step in _TEMPLATES if word in named}


def _conditions(holder: dict[str, object]) -> list[object]:
    only = holder.get("only")
    named = mapping(only).get("refs") if isinstance(only, dict) else only
    return [holder.get("if"), *several(named)]


def _environment(job: dict[str, object]) -> str:
    value = job.get("environment")
    return text(mapping(value).get("name")) if isinstance(value, dict) else text(value)


def _on_change(job: dict[str, object]) -> bool:
    """Whether a job runs by itself on changes: not manual, and not for tags or schedules alone."""
    if text(job.get("when")) == "manual":
        return False
    only = job.get("only")
    if only is not None:
        names = {text(v) for v in (several(mapping(only).get("refs")) if isinstance(only, dict) else several(only))}
        return not names or bool(names - {"tags", "schedules", "triggers", "api", "web"})
    conditions = [
        text(mapping(r).get("if"))
        for r in several(job.get("rules"))
        if text(mapping(r).get("when")) not in ("never", "manual")
    ]
    if not conditions:
        return "rules" not in job
    return not all("$CI_COMMIT_TAG" in c or '"schedule"' in c for c in conditions)


FAMILY = Family("gitlab-ci", claims, parse)
