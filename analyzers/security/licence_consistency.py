"""Whether manifests and licence texts agree."""

from __future__ import annotations

import re

from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.figures import percent
from scanner.core.outcomes import Certainty, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.dependencies import Licensing


@check(
    CheckSpec(
        id="SEC-023",
        stage=Stage.SECURITY,
        practice="licence",
        question="Do the manifests declare the licence whose text is in the repository?",
        rationale="Where they disagree nobody knows which terms hold, and users may rely on the more generous.",
        scale=Scale(
            "% of declarations",
            ((0, 20), (80, 65), (100, 100)),
            (ours("a contradiction must be resolved before a sale; a part licensed apart is legitimate"),),
        ),
        remedy="Decide which licence holds, and state the same in every manifest and licence file.",
        effort=Effort(0.25, each=0.1, per="finding"),
        controls=("ISO 27001:2022 A.5.32",),
    )
)
def licence_consistency(licensing: Licensing) -> Outcome:
    """Share (0 to 100 %) of declared expressions that name a family (MIT, GPL, Apache …) of a recognised licence text."""
    texts = {_family(spdx) for file in licensing.files for spdx in file.spdx}
    declared = sorted(
        (path, expression)
        for path, expression in licensing.declared
        if expression.strip() and not expression.lower().startswith("see ")
    )
    if not texts or not declared:
        return NotApplicable("there is no declaration, or no recognised licence text, to compare")
    apart = [(path, expression) for path, expression in declared if not texts & _words(expression)]
    places = tuple(
        Place(
            f"declares {expression}, while the licence texts are {', '.join(sorted(texts))}",
            Severity.MEDIUM,
            path=path,
            anchor=path,
            certainty=Certainty.MEDIUM,
        )
        for path, expression in apart[:200]
    )
    because = f"{len(declared) - len(apart)} of {len(declared)} declarations agree with the licence texts"
    return Measured(percent(len(declared) - len(apart), len(declared)), because, sample=len(declared), places=places)


def _words(expression: str) -> set[str]:
    return set(re.findall(r"[a-z]+", re.sub(r"gplv", "gpl", expression.lower())))


def _family(spdx: str) -> str:
    match = re.match(r"[a-z]+", spdx.lower())
    return match[0] if match else spdx.lower()
