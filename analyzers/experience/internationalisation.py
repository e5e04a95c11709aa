"""Whether the words of the interface are kept apart from its code."""

from __future__ import annotations

from analyzers.experience import no_interface
from scanner.core.checks import CheckSpec, Effort, Scale, check
from scanner.core.outcomes import Measured, Outcome
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.text import counted
from scanner.facts.dependencies import Toolkit
from scanner.facts.tree import Tree

LOCALES = (
    "locales/*", "*/locales/*", "locale/*", "*/locale/*", "i18n/*", "*/i18n/*", "*.po", "messages_*.properties", "*.arb", "*.xliff", "*.xlf",
    "*.lproj/*", "*/values-??/strings.xml",
)  # fmt: skip


@check(
    CheckSpec(
        id="EXP-012",
        stage=Stage.EXPERIENCE,
        practice="tested",
        question="Could the user interface be shown in another language without changing its code?",
        rationale="Words inside the code make every new market a project.",
        scale=Scale(
            "% in place", ((0, 35), (100, 100)), (ours("a weak signal: a product for one market needs one language"),)
        ),
        remedy="Move the interface's words into message files when a second language is in sight.",
        effort=Effort(0, each=5, per="repository"),
        weight=0.5,
    )
)
def internationalisation(tree: Tree, toolkit: Toolkit) -> Outcome:
    """100 % when a repository with a user interface has message files or a translation library, else 0 %."""
    if absent := no_interface(tree):
        return absent
    if seen := toolkit.of("internationalisation"):
        return Measured(100.0, f"words are translated through {seen[0]}")
    if files := tree.matching(*LOCALES):
        return Measured(100.0, f"{counted(len(files), 'message file')} kept")
    return Measured(0.0, "neither message files nor a translation library are seen")
