"""Reference pages generated from the declarations; ``--check`` says which are stale."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scanner.core.checks import CheckSpec, Rank
from scanner.core.stages import Stage
from scanner.pipeline.judge import all_checks
from scoring.recommendations.catalogue import STEPS

_RANKS = {Rank.PRIMARY: "standard or study", Rank.SECONDARY: "report of one", Rank.OURS: "ours"}


def check_page(spec: CheckSpec, reads: str) -> str:
    """The page of one check, in Markdown."""
    curve = "\n".join(f"| {value:g} | {points:g} |" for value, points in spec.scale.curve)
    sources = "\n".join(
        f"- {s.text} ({_RANKS[s.rank]})" + (f" — <{s.url}>" if s.url else "") for s in spec.scale.sources
    )
    gate = (
        f"\nGate: while a finding of severity {spec.gate.severity.value} or worse is open, the stage stays at level {spec.gate.cap} or below: {spec.gate.because}\n"
        if spec.gate
        else ""
    )
    controls = f"\nControls: {', '.join(spec.controls)}\n" if spec.controls else ""
    return (
        f"# {spec.id}: {spec.question}\n\n"
        f"Stage {spec.stage.number}, {spec.stage.spec.name}; practice *{_practice(spec)}*; weight {spec.weight:g}; since {spec.since}.\n\n"
        f"{spec.rationale}\n\nReads: {reads}.\n\n"
        f"| value ({spec.scale.unit}) | points |\n|---|---|\n{curve}\n\n"
        f"Between two rows the points lie on the line; beyond the ends they stay. {_sample(spec.scale.sample)}\n\n"
        f"Thresholds:\n\n{sources}\n{gate}{controls}\n"
        f"To improve: {spec.remedy} Effort in person-days: {spec.effort.formula}.\n"
    )


def _sample(least: int) -> str:
    return f"Full weight from {least} observations." if least > 1 else "One observation is enough for full weight."


def _practice(spec: CheckSpec) -> str:
    return next(p.name for p in spec.stage.spec.practices if p.key == spec.practice)


def stage_text(stage: Stage) -> str:
    """A stage in Markdown: what it asks, its practices and their checks."""
    spec = stage.spec
    lines = [f"# Stage {spec.number}: {spec.name}", "", spec.purpose, ""]
    for practice in spec.practices:
        lines += [f"## {practice.name} (weight {practice.weight:g})", ""]
        lines += [
            f"- {c.spec.id} (weight {c.spec.weight:g}): {c.spec.question}"
            for c in all_checks()
            if c.spec.stage is stage and c.spec.practice == practice.key
        ]
        lines.append("")
    return "\n".join(lines)


def explain_recommendation(step_id: str) -> str | None:
    """A recommendation's declaration in Markdown, None when there is no such id."""
    step = next((s for s in STEPS if s.id == step_id), None)
    if step is None:
        return None
    questions = "\n".join(f"- {c.spec.id}: {c.spec.question}" for c in all_checks() if c.spec.id in step.addresses)
    before = f"\nFirst: {', '.join(step.prerequisites)}\n" if step.prerequisites else ""
    fix = f"\nReady fix:\n\n{step.fix}\n" if step.fix else ""
    return (
        f"# {step.id}: {step.title}\n\nStage {step.stage.number}, {step.stage.spec.name}; owner: {step.owner_role}.\n\n"
        f"Raises to {step.target:g} points:\n\n{questions}\n\nEffort in person-days: {step.effort.formula}. Shown by {step.kpi}.\n{before}{fix}"
    )


def reads_of(check_id: str) -> str:
    """What a check reads, as its page says it."""
    check = next(c for c in all_checks() if c.spec.id == check_id)
    return ", ".join(
        f"{n.fact.__name__} of every repository" if n.across else n.fact.__name__ for n in check.needs.values()
    )


def pages() -> Iterator[tuple[str, str]]:
    """(file name, text) of every generated page."""
    rows = []
    for check in all_checks():
        spec = check.spec
        yield f"{spec.id}.md", check_page(spec, reads_of(spec.id))
        best = spec.scale.sources[0]
        rows.append(
            f"| [{spec.id}]({spec.id}.md) | {spec.stage.number} {spec.stage.value} | {spec.question} | {spec.scale.unit} | {best.rank.value}: {best.text} |"
        )
    head = f"# Checks\n\n{len(rows)} checks. Made from their declarations by `assay docs`; do not edit.\n\n| id | stage | question | unit | source |\n|---|---|---|---|---|\n"
    yield "README.md", head + "\n".join(rows) + "\n"


def stale(folder: Path) -> list[Path]:
    """Pages under ``folder`` that are missing, out of date, or no longer generated."""
    wanted = dict(pages())
    out = [
        folder / name
        for name, text in wanted.items()
        if not (folder / name).is_file() or (folder / name).read_text("utf-8") != text
    ]
    left_over = [p for p in sorted(folder.glob("[A-Z][A-Z][A-Z]-[0-9][0-9][0-9].md")) if p.name not in wanted]
    return sorted(out) + left_over


def write(folder: Path) -> list[Path]:
    """Bring ``folder`` up to date; returns what changed."""
    changed = stale(folder)
    wanted = dict(pages())
    folder.mkdir(parents=True, exist_ok=True)
    for path in changed:
        if path.name in wanted:
            path.write_text(wanted[path.name], "utf-8")
        else:
            path.unlink()
    return changed
