"""Whether the use of AI tools follows a stated policy."""

from __future__ import annotations

from pathlib import PurePosixPath

from scanner.core.checks import CheckSpec, Effort, check
from scanner.core.evidence import Across, Unknown
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import DECLARED
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.engagement import Answers
from scanner.facts.history import CommitActivity
from scanner.facts.tree import Documents

INSTRUCTIONS = frozenset({"agents", "claude", "copilot-instructions", "gemini"})
"""Names of files that speak to the tools, not to the people who use them."""


@check(
    CheckSpec(
        id="ADA-008",
        stage=Stage.ADAPTATION,
        practice="learning",
        question="Is it stated how AI tools may be used on the code, wherever they are used?",
        rationale="Without a rule, origin, licence and confidentiality of generated code are each person's guess.",
        scale=DECLARED,
        remedy="Write one page: which tools, on which code, with which data, and who answers for the result.",
        effort=Effort(1),
    )
)
def ai_policy(activity: Across[CommitActivity], documents: Across[Documents], answers: Answers) -> Outcome:
    """100 % when an AI policy is kept, 50 % when only instructions to the tools are; else as declared, where agents are seen."""
    declared = sum(a.agent_commits_365_days for _, a in activity)
    kept = [d for _, each in documents for d in each.of("ai-policy")]
    policies = [d for d in kept if PurePosixPath(d.path).stem.lower() not in INSTRUCTIONS]
    seen = f"{declared} commits in 365 days declare an agent"
    if policies:
        return Measured(100.0, f"{counted(len(policies), 'document')} on how AI tools may be used; {seen}")
    answer = answers.to("ADA-008")
    if not isinstance(answer, Unknown):
        return answer
    if kept:
        return Measured(
            50.0,
            f"{counted(len(kept), 'file')} with instructions for the tools, but no policy for people is seen; {seen}",
            basis=Basis.INFERRED,
            certainty=0.7,
        )
    return answer if declared else NotApplicable("no commit of the last 365 days declares an AI agent")
