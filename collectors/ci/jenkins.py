"""Jenkinsfiles: read line by line, since they are programs."""

from __future__ import annotations

import re

from collectors.ci.family import Family, Reading, Script, piped_downloads, pipeline, steps_in
from collectors.ci.steps import steps_of_name
from collectors.parsing import MAX_BYTES, decode
from scanner.facts.ci import Step

_SHELL = re.compile(r"\b(?:sh|bat|powershell|pwsh)\s*(?:\(\s*)?(?:script\s*:\s*)?('''|\"\"\"|'|\")")
_STAGE = re.compile(r"\bstage\s*\(\s*['\"]([^'\"\n]{1,80})['\"]")


def claims(path: str) -> bool:
    """Files called Jenkinsfile, with any suffix."""
    name = path.rsplit("/", 1)[-1].lower()
    return name.startswith("jenkinsfile") or name.endswith(".jenkinsfile")


def parse(path: str, content: bytes, default_branch: str) -> Reading:
    """One Jenkinsfile: its shell steps by their commands, its stages by their names when they hold no known command."""
    del default_branch
    if len(content) > MAX_BYTES:
        raise ValueError("too large")
    source = decode(content)
    if "pipeline" not in source and "node" not in source and "stage" not in source and "@Library" not in source:
        raise ValueError("not a pipeline")
    scripts = _shell(source)
    stages = _STAGE.findall(source)
    steps: set[Step] = steps_in(scripts)
    for stage in stages:
        steps |= set(steps_of_name(stage))
    timed = "cron(" in source
    made = pipeline(
        path,
        "jenkins",
        on_change=True,
        on_schedule=timed,
        steps=steps,
        jobs=max(1, len(stages)),
        timeouts=source.count("timeout("),
        caches="cache(" in source,
        matrix="matrix {" in source,
    )
    return Reading((made,), (), tuple(piped_downloads(path, scripts)))


def _shell(source: str) -> list[Script]:
    """The literal shell text of ``sh`` steps; text built from variables is kept as written."""
    scripts: list[Script] = []
    at = 0
    line, counted = 1, 0
    while match := _SHELL.search(source, at):
        quote, start = match.group(1), match.end()
        end = source.find(quote, start)
        if end < 0:
            break
        line, counted = line + source.count("\n", counted, start), start
        written = source[start:end]
        scripts.append(Script(written, line - (1 if "\n" in written else 0)))
        at = end + len(quote)
    return scripts


FAMILY = Family("jenkins", claims, parse)
