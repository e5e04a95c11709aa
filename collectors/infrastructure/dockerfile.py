"""Dockerfiles: instructions with line continuations, stages, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from collectors.ci.family import looks_secret
from collectors.ci.steps import pipes_download_to_shell
from collectors.infrastructure.images import image
from collectors.parsing import MAX_BYTES, decode
from scanner.core.outcomes import Severity
from scanner.core.text import clean
from scanner.facts.infrastructure import BaseImage, ContainerFile, Misconfiguration

_INSTRUCTIONS = frozenset(
    (
        "FROM",
        "RUN",
        "CMD",
        "LABEL",
        "MAINTAINER",
        "EXPOSE",
        "ENV",
        "ADD",
        "COPY",
        "ENTRYPOINT",
        "VOLUME",
        "USER",
        "WORKDIR",
        "ARG",
        "ONBUILD",
        "STOPSIGNAL",
        "HEALTHCHECK",
        "SHELL",
    )
)
_VARIABLE = re.compile(r"\$\{?([A-Za-z_]\w{0,60})(?::?-([^}]{0,100}))?\}?")
_HEREDOC = re.compile(r"<<-?[\"']?([A-Za-z_]\w{0,40})[\"']?")
MAX_INSTRUCTIONS = 5_000


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction: its word in capitals, the rest as written, the line it starts on, the stage it belongs to."""

    word: str
    rest: str
    line: int
    stage: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What one container file says."""

    file: ContainerFile
    images: tuple[BaseImage, ...]
    faults: tuple[Misconfiguration, ...]


def claims(path: str) -> bool:
    """Dockerfiles and Containerfiles under their usual names."""
    name = path.lower().rsplit("/", 1)[-1]
    if name.endswith((".md", ".txt", ".dockerignore", ".sh", ".py", ".j2", ".tmpl", ".tpl", ".yml", ".yaml", ".json")):
        return False
    return (
        name in ("dockerfile", "containerfile")
        or name.startswith(("dockerfile.", "containerfile.", "dockerfile-"))
        or name.endswith((".dockerfile", ".containerfile"))
    )


def instructions(content: bytes) -> list[Instruction]:
    """The instructions of a container file. ValueError when it is too large or holds an unknown instruction first."""
    if len(content) > MAX_BYTES:
        raise ValueError("too large")
    out: list[Instruction] = []
    stage = 0
    lines = decode(content).split("\n")
    number = 0
    while number < len(lines) and len(out) < MAX_INSTRUCTIONS:
        start = number + 1
        parts: list[str] = []
        while number < len(lines):
            line = lines[number].strip()
            number += 1
            if line.startswith("#") or (not line and parts):
                continue
            parts.append(line.removesuffix("\\").strip())
            if not line.endswith("\\"):
                break
        joined = " ".join(p for p in parts if p)
        words = joined.split(maxsplit=1)
        if not words:
            continue
        word, rest = words[0].upper(), words[1] if len(words) > 1 else ""
        if word not in _INSTRUCTIONS:
            raise ValueError(f"line {start}: no instruction of a container file")
        for end in _HEREDOC.findall(rest[:2000]) if word in ("RUN", "COPY", "ADD") else []:
            while number < len(lines) and lines[number].strip() != end:
                rest += "\n" + lines[number] if len(rest) < 50_000 else ""
                number += 1
            number += 1
        stage += word == "FROM"
        out.append(Instruction(word, rest.strip(), start, stage))
    if not stage:
        raise ValueError("no FROM")
    return out


def parse(path: str, content: bytes) -> Reading:
    """One container file. ValueError when it cannot be read."""
    every = instructions(content)
    last = max(i.stage for i in every)
    final = [i for i in every if i.stage == last]
    users = [i.rest for i in final if i.word == "USER"]
    images = tuple(_base_images(path, every))
    faults = tuple(sorted(_faults(path, every, final, users, images), key=lambda f: (f.line, f.rule)))
    file = ContainerFile(
        path,
        stages=last,
        user=clean(users[-1], 60) if users else "",
        healthcheck=any(i.word == "HEALTHCHECK" and i.rest.upper() != "NONE" for i in final),
        adds_remote=any(_adds_remote(i) for i in every),
        copies_everything=any(_copies_everything(i) for i in final),
        secret_in_environment=any(f.rule == "docker-secret-env" for f in faults),
    )
    return Reading(file, images, faults)


def _base_images(path: str, every: list[Instruction]) -> Iterator[BaseImage]:
    arguments: dict[str, str] = {}
    names: set[str] = set()
    for instruction in every:
        if instruction.word == "ARG" and instruction.stage == 0:
            name, _, value = instruction.rest.partition("=")
            arguments[name.strip()] = value.strip().strip("\"'")
        elif instruction.word == "FROM":
            words = [w for w in instruction.rest.split() if not w.startswith("--")]
            written = (
                _VARIABLE.sub(lambda m: arguments.get(m.group(1)) or m.group(2) or m.group(0), words[0])
                if words
                else ""
            )
            if written.lower() not in names and (base := image(written, path, instruction.line)):
                yield base
            if len(words) >= 3 and words[1].upper() == "AS":
                names.add(words[2].lower())


def _adds_remote(instruction: Instruction) -> bool:
    return instruction.word == "ADD" and any(
        w.startswith(("http://", "https://")) for w in instruction.rest.split()[:-1]
    )


def _copies_everything(instruction: Instruction) -> bool:
    words = [w for w in instruction.rest.split() if not w.startswith("--")]
    from_stage = "--from=" in instruction.rest
    return (
        instruction.word in ("COPY", "ADD")
        and not from_stage
        and len(words) >= 2
        and words[0].strip("[\",'") in (".", "./")
    )


def _variables(instruction: Instruction) -> Iterator[tuple[str, str]]:
    """Names and values of ENV and ARG, in both spellings of ENV."""
    pairs = instruction.rest.split()
    if instruction.word == "ENV" and pairs and "=" not in pairs[0]:
        yield pairs[0], " ".join(pairs[1:])
        return
    for pair in pairs:
        name, separator, value = pair.partition("=")
        if separator:
            yield name, value.strip("\"'")


def _faults(
    path: str, every: list[Instruction], final: list[Instruction], users: list[str], images: tuple[BaseImage, ...]
) -> Iterator[Misconfiguration]:
    line = final[0].line
    if not users:
        yield Misconfiguration(
            "docker-root-user", Severity.MEDIUM, path, line, "the final stage names no user: it runs as root", "USER"
        )
    elif users[-1].split(":")[0].strip() in ("root", "0"):
        yield Misconfiguration("docker-root-user", Severity.MEDIUM, path, line, "the final stage runs as root", "USER")
    for base in images:
        if not base.digest and base.tag in ("", "latest"):
            yield Misconfiguration(
                "image-latest-tag",
                Severity.LOW,
                path,
                base.line,
                f"{base.image} is not pinned to a version",
                base.image,
            )
    for instruction in every:
        yield from _instruction_faults(path, instruction)


def _instruction_faults(path: str, instruction: Instruction) -> Iterator[Misconfiguration]:
    line = instruction.line
    if _adds_remote(instruction):
        yield Misconfiguration("docker-add-remote", Severity.LOW, path, line, "ADD fetches a file unchecked", "ADD")
    for name, value in _variables(instruction) if instruction.word in ("ENV", "ARG") else ():
        if looks_secret(name, value):
            shown = clean(name, 60)
            message = f"{shown} is baked into the image"
            yield Misconfiguration("docker-secret-env", Severity.HIGH, path, line, message, shown)
    if instruction.word == "RUN" and pipes_download_to_shell(instruction.rest):
        message = "a download is piped into a shell"
        yield Misconfiguration("docker-curl-shell", Severity.MEDIUM, path, line, message, "RUN")
