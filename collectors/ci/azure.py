"""Azure Pipelines."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.ci.family import (
    Family,
    Reading,
    branch_filter_admits,
    piped_downloads,
    pipeline,
    plain_secrets,
    scripts_at,
    steps_in,
)
from collectors.ci.github_actions import PinKind
from collectors.parsing import line_of, load_yaml, mapping, several, text, walk
from scanner.core.text import clean
from scanner.facts.ci import ActionUse, Step

_TASKS: tuple[tuple[str, tuple[Step, ...]], ...] = (
    ("vstest", ("test",)), ("publishtestresults", ("test",)), ("publishcodecoverage", ("coverage",)), ("docker", ("package",)),
    ("azurewebapp", ("deploy",)), ("azurefunctionapp", ("deploy",)), ("kubernetesmanifest", ("deploy",)), ("helmdeploy", ("deploy",)),
    ("azurermwebappdeployment", ("deploy",)), ("azureresourcemanagertemplatedeployment", ("deploy",)), ("terraform", ("deploy",)),
    ("vsbuild", ("build",)), ("msbuild", ("build",)), ("sonar", ("scan",)), ("credscan", ("scan",)), ("microsoftsecuritydevops", ("scan",)),
    ("nugetcommand", ("build",)), ("githubrelease", ("release",)), ("advancedsecurity-codeql", ("scan",)), ("advancedsecurity-dependency", ("scan",)),
)  # fmt: skip
_COMMANDS: dict[str, tuple[Step, ...]] = {
    "test": ("test",), "build": ("build",), "publish": ("build",), "push": ("release",), "pack": ("package",), "package": ("build", "test"), "verify": ("build", "test"),
}  # fmt: skip


def claims(path: str) -> bool:
    """The usual names of Azure Pipelines definitions."""
    lowered = path.lower()
    name = lowered.rsplit("/", 1)[-1]
    if not name.endswith((".yml", ".yaml")):
        return False
    return name.startswith(("azure-pipeline", "azure_pipeline")) or lowered.startswith(
        (".azure-pipelines/", ".azuredevops/", "azure-pipelines/")
    )


def parse(path: str, content: bytes, default_branch: str) -> Reading:
    """One definition or template."""
    top = mapping(load_yaml(content))
    holders = list(walk(top))
    if not any(k in h for h in holders for k in ("steps", "jobs", "stages", "extends")):
        raise ValueError("no steps, jobs or stages")
    scripts = [s for h in holders for s in scripts_at(h, "script", "bash", "pwsh", "powershell")]
    steps: set[Step] = steps_in(scripts)
    uses = tuple(_tasks(path, holders))
    for holder in holders:
        steps |= _task(text(holder.get("task")).partition("@")[0].lower(), mapping(holder.get("inputs")))
    jobs = [h for h in holders if "job" in h or "deployment" in h]
    deployments = [h for h in jobs if "deployment" in h]
    steps |= {"deploy"} if deployments else set()
    made = pipeline(
        path,
        "azure-pipelines",
        name=text(top.get("name")),
        on_change=_on_change(top, default_branch),
        on_schedule="schedules" in top,
        steps=steps,
        jobs=max(1, len(jobs)),
        timeouts=sum("timeoutInMinutes" in h for h in holders),
        environments=[
            text(mapping(d["environment"]).get("name"))
            if isinstance(d.get("environment"), dict)
            else text(d.get("environment"))
            for d in deployments
        ],
        caches=any(u.name.lower() == "cache" for u in uses),
        matrix=any("matrix" in mapping(h.get("strategy")) for h in holders),
    )
    return Reading((made,), uses, (*plain_secrets(path, top, "variables", "env"), *piped_downloads(path, scripts)))


def _tasks(path: str, holders: list[dict[str, object]]) -> Iterator[ActionUse]:
    for holder in holders:
        name, _, version = text(holder.get("task")).partition("@")
        if name:
            line, pin = line_of(holder, "task"), _pin(version)
            yield ActionUse(clean(name, 120), "azure-devops", clean(version, 20), pin, path, line)


def _pin(version: str) -> PinKind:
    return "tag" if version else "none"


def _task(name: str, inputs: dict[str, object]) -> set[Step]:
    if name in ("dotnetcorecli", "npm", "maven", "gradle"):
        words = f"{text(inputs.get('command'))} {text(inputs.get('customCommand'))} {text(inputs.get('goals'))} {text(inputs.get('tasks'))}".lower().split()
        return {s for w in words for s in _COMMANDS.get(w, ())}
    return {s for prefix, steps in _TASKS if name.startswith(prefix) for s in steps}


def _on_change(top: dict[str, object], default_branch: str) -> bool:
    pull, trigger = top.get("pr", True), top.get("trigger", True)
    if text(pull) != "none" and "pr" in top:
        return True
    if text(trigger) == "none":
        return False
    branches = mapping(trigger).get("branches") if isinstance(trigger, dict) else trigger
    names = mapping(branches).get("include") if isinstance(branches, dict) else branches
    return names in (True, None) or branch_filter_admits(several(names), default_branch)


FAMILY = Family("azure-pipelines", claims, parse)
