"""How much of the code is in languages that several people work in."""

from __future__ import annotations

from collections import Counter, defaultdict

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.history import Contributors
from scanner.facts.tree import CodeSize

LANGUAGE_SHARE = 0.2


@check(
    CheckSpec(
        id="TEA-013",
        stage=Stage.TEAM,
        practice="knowledge",
        question="Is every language in use known by more than one active person?",
        rationale="A language that one person writes is a system that one person can mend.",
        scale=Scale(
            "% of code lines",
            ((0, 0), (60, 40), (85, 75), (98, 100)),
            (ours("tools in a side language are normal up to a few lines in a hundred"),),
        ),
        remedy="Train a second person in each language listed here, or move its code to a language that others know.",
        effort=Effort(1.0, each=5.0, per="finding"),
        weight=0.5,
    )
)
def language_cover(sizes: Across[CodeSize], contributors: Across[Contributors]) -> Outcome:
    """Share (0 to 100 %) of code lines in languages that two or more people work in.

    A proxy: somebody with 5 commits in the year works in each language that is a fifth or more of that repository.
    """
    lines: Counter[str] = Counter()
    speakers: defaultdict[str, set[str]] = defaultdict(set)
    pairs = [(size, contributors.known[subject]) for subject, size in sizes if subject in contributors.known]
    if not pairs:
        return Unknown(Why.SAMPLE_TOO_SMALL, "no repository has both its code and its people read", "a full scan")
    for size, team in pairs:
        people = {p.person for p in team.people if p.commits_365_days >= 5}
        total = sum(language.code for language in size.languages)
        for language in size.languages:
            lines[language.language] += language.code
            if language.code >= LANGUAGE_SHARE * total:
                speakers[language.language] |= people
    if not lines.total():
        return NotApplicable("there is no code")
    if not any(speakers.values()):
        return NotApplicable("nobody made 5 commits in a year")
    thin = sorted(name for name in lines if len(speakers[name]) < 2 and lines[name])
    covered = lines.total() - sum(lines[name] for name in thin)
    return Measured(
        percent(covered, lines.total()),
        f"{covered} of {lines.total()} code lines are in languages that two or more people work in",
        window_days=365,
        basis=Basis.INFERRED,
        certainty=0.6,
        places=tuple(
            Place(
                f"{name} ({lines[name]} lines) has fewer than two people with five commits in the year",
                Severity.LOW,
                anchor=name,
            )
            for name in sorted(thin, key=lambda n: (-lines[n], n))[:20]
        ),
    )
