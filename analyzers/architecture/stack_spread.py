"""Over how many languages the estate is spread."""

from __future__ import annotations

from collections import Counter

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.evidence import Across
from scanner.core.outcomes import Measured, NotApplicable, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.tree import CodeSize

SHARE = 0.05


@check(
    CheckSpec(
        id="ARC-010",
        stage=Stage.ARCHITECTURE,
        practice="stack",
        question="Over how many programming languages is the estate spread?",
        rationale="Each language needs its own tooling, updates, knowledge and people who can stand in for each other.",
        scale=Scale(
            "languages with at least 5 % of the code",
            ((2, 100), (3, 90), (4, 75), (6, 45), (8, 20), (12, 0)),
            (ours("a back end, a front end and one for operations are usual; from six on nobody can stand in"),),
        ),
        remedy="Name the languages for new work, and plan where the rarest one is retired.",
        effort=Effort(20, spread=4),
    )
)
def stack_spread(sizes: Across[CodeSize]) -> Outcome:
    """Number of programming languages (1 to 20) that hold at least 5 % of the estate's code lines."""
    lines: Counter[str] = Counter()
    for _, size in sizes:
        for language in size.languages:
            lines[language.language] += language.code
    total = lines.total()
    if not total:
        return NotApplicable("no repository holds code")
    spread = sorted((name for name, code in lines.items() if code >= SHARE * total), key=lambda n: (-lines[n], n))
    because = f"{counted(len(spread), 'language')} with at least 5 % of {total} lines each: {', '.join(spread)}"
    return Measured(len(spread), because)
