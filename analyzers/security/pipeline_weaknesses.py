"""How open the pipelines are to strangers."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Gate, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import SCORECARD, ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.ci import Pipelines

RULES = {
    "plain-secret": (5.0, Severity.CRITICAL, "a credential is written into the pipeline"),
    "script-injection": (5.0, Severity.HIGH, "text that a stranger can choose runs as a command"),
    "untrusted-trigger": (5.0, Severity.HIGH, "code of a stranger's change runs with the pipeline's rights"),
    "self-hosted-untrusted": (3.0, Severity.HIGH, "a stranger's change can run on the owner's machine"),
    "curl-pipe-shell": (1.0, Severity.MEDIUM, "a script is fetched and run unseen"),
    "broad-permissions": (1.0, Severity.MEDIUM, "the pipeline's token may do more than it needs"),
    "no-permissions": (0.5, Severity.LOW, "the rights of the pipeline's token are left at their default"),
}


@check(
    CheckSpec(
        id="SEC-010",
        stage=Stage.SECURITY,
        practice="pipeline",
        question="How many ways into the pipelines are left open?",
        rationale="Who controls the pipeline controls what is shipped, with the company's signature on it.",
        scale=Scale(
            "weighted weaknesses",
            ((0, 100), (1, 82), (3, 60), (8, 30), (20, 0)),
            (SCORECARD, ours("injection, untrusted triggers and plain secrets weigh 5, missing permissions 0.5")),
        ),
        remedy="Pass untrusted text through variables, drop privileged triggers, and give each job the least rights.",
        effort=Effort(0.25, each=0.2, per="finding"),
        weight=2.0,
        gate=Gate(Severity.CRITICAL, "a credential is written into a pipeline"),
        controls=("OSPS-BR-01.01", "OSPS-AC-04.01"),
    )
)
def pipeline_weaknesses(pipelines: Pipelines) -> Outcome:
    """Weaknesses of pipeline files, weighted by rule (0 and up)."""
    if not pipelines.pipelines and not pipelines.unparsed:
        return NotApplicable("there is no pipeline")
    if not pipelines.weaknesses and len(pipelines.unparsed) > len(pipelines.pipelines):
        return Unknown(Why.UNPARSABLE, f"{counted(len(pipelines.unparsed), 'pipeline')} could not be read")
    seen = sorted(pipelines.weaknesses, key=lambda w: (-RULES[w.rule][1].rank, w.path, w.line, w.rule))
    places = tuple(
        Place(RULES[w.rule][2], RULES[w.rule][1], f"pipeline:{w.rule}", w.path, w.line, anchor=w.detail)
        for w in seen[:200]
    )
    because = f"{counted(len(seen), 'weakness', 'weaknesses')} in {counted(len(pipelines.pipelines), 'pipeline')}"
    return Measured(sum(RULES[w.rule][0] for w in seen), because, places=places)
