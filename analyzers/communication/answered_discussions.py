"""Whether questions that are asked in the open are answered there."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.forge import ForgeRepository, Planning


@check(
    CheckSpec(
        id="COM-014",
        stage=Stage.COMMUNICATION,
        practice="responsive",
        question="Are discussions on the forge brought to an answer?",
        rationale="A marked answer helps everybody who comes with the same question; an open thread sends them to a colleague.",
        scale=Scale(
            "% of discussions",
            ((0, 20), (25, 50), (50, 80), (70, 100)),
            (ours("polls and announcements have no answer, so full points from 70 % of all discussions"),),
            sample=10,
        ),
        remedy="Mark the answer in each discussion that asks a question, and look once a week for those without one.",
        effort=Effort(0.5),
        weight=0.5,
    )
)
def answered_discussions(planning: Planning, record: ForgeRepository) -> Outcome:
    """Discussions with a marked answer ÷ discussions (0 to 100 %), of all time; a proxy, since not all of them ask."""
    if not record.has_discussions:
        return NotApplicable("discussions are switched off here")
    if planning.discussions is None or planning.discussions_answered is None:
        return Unknown(
            Why.FORBIDDEN, "the forge does not show this reader the discussions", "a token with “Discussions: read”"
        )
    if not planning.discussions:
        return NotApplicable("nobody has begun a discussion")
    answered = min(planning.discussions_answered, planning.discussions)
    because = f"{answered} of {counted(planning.discussions, 'discussion')} have a marked answer (not all of them ask)"
    return Measured(
        percent(answered, planning.discussions),
        because,
        sample=planning.discussions,
        basis=Basis.INFERRED,
        certainty=0.6,
    )
