"""How much of what a newcomer needs the README says."""

from __future__ import annotations

import re

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import RepositoryProfile
from scanner.facts.tree import Document, Documents

TOPICS = (
    ("start", ("install", "setup", "set", "start", "quickstart", "build", "requirement", "prerequisite", "deploy")),
    ("use", ("usage", "use", "using", "example", "run", "configur", "command", "api", "feature", "tutorial", "how")),
    ("develop", ("develop", "contribut", "test", "hack", "structure", "architecture")),
    ("contact", ("licen", "support", "contact", "help", "owner", "maintain", "team", "security", "faq", "communit")),
)
ELSEWHERE = (".github/", ".gitlab/", "docs/")


@check(
    CheckSpec(
        id="COM-001",
        stage=Stage.COMMUNICATION,
        practice="documented",
        question="Does the README say what it is, how to start, use and change it, and whom to ask?",
        rationale="The README is the first and often the only document that anybody reads.",
        scale=Scale(
            "topics (of 5)",
            ((0, 0), (1, 25), (2, 50), (3, 75), (4, 90), (5, 100)),
            (ours("each topic answers one question that a newcomer otherwise has to ask a person"),),
        ),
        remedy="Add the missing sections to the README: purpose, getting started, usage, development, contact.",
        effort=Effort(0.0, each=0.5, per="repository"),
        controls=("OSPS-DO-01.01",),
    )
)
def readme_sections(profile: RepositoryProfile, documents: Documents) -> Outcome:
    """Topics (0 to 5) of the best top README: purpose (40 words), start, use, develop, contact, by English headings."""
    if not profile.head:
        return NotApplicable("the repository is empty")
    readmes = [d for d in documents.of("readme") if d.path.count("/") == 0 or d.path.startswith(ELSEWHERE)]
    if not readmes:
        return Measured(0, "there is no README at the top of the tree")
    topics = max((_topics(d) for d in readmes), key=lambda found: (len(found), found))
    return Measured(
        len(topics),
        f"the README covers {len(topics)} of 5 topics: {', '.join(topics) or 'none'} (told by its headings)",
        basis=Basis.INFERRED,
        certainty=0.8,
    )


def _topics(readme: Document) -> tuple[str, ...]:
    words = re.findall("[a-z]+", " ".join(readme.headings).lower())
    purpose = ("purpose",) if readme.words >= 40 else ()
    return purpose + tuple(name for name, begins in TOPICS if any(word.startswith(begins) for word in words))
