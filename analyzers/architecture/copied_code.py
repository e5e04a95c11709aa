"""How much product code stands in more than one file."""

from __future__ import annotations

from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.facts.duplication import Duplication

FEWEST_LINES, LONG = 200, 50
SONAR = Source(
    Rank.SECONDARY,
    "SonarQube's built-in quality gate: at most 3 % duplicated lines in new code",
    "https://docs.sonarsource.com/sonarqube-server/quality-standards-administration/managing-quality-gates/introduction-to-quality-gates/",
)


@check(
    CheckSpec(
        id="ARC-016",
        stage=Stage.ARCHITECTURE,
        practice="maintainable",
        question="How much of the product code is a copy of code in another file?",
        rationale="A fault in copied code is mended in one place and lives on in the others.",
        scale=Scale(
            "% of code lines",
            ((0, 100), (3, 85), (5, 75), (10, 50), (20, 20), (40, 0)),
            (
                SONAR,
                ours("both places of a copy count; one line in five copied means copying is how features are made"),
            ),
        ),
        remedy="Move the longest copies into one function or module that all their places use.",
        effort=Effort(0.5, each=0.3, per="finding"),
    )
)
def copied_code(duplication: Duplication) -> Outcome:
    """Share (0 to 100 %) of code lines in stretches of 6 lines and 50 words and signs that stand in several files."""
    if duplication.code_lines < FEWEST_LINES:
        return NotApplicable(f"{duplication.code_lines} lines of product code are too few to tell")
    if 2 * duplication.code_lines_measured < duplication.code_lines or not duplication.lines:
        seen = f"{duplication.code_lines_measured} of {duplication.code_lines} code lines could be compared"
        return Unknown(Why.UNSUPPORTED, f"only {seen}", "files of readable size and line length")
    places = tuple(
        Place(
            f"{c.lines} lines stand in another file, too",
            Severity.MEDIUM if c.lines >= LONG else Severity.LOW,
            path=c.path,
            line=c.line,
            anchor=f"copy {c.path} {c.lines}",
        )
        for c in duplication.copies[:200]
    )
    because = f"{duplication.copied_lines} of {duplication.lines} code lines stand in several files"
    return Measured(percent(duplication.copied_lines, duplication.lines), because, places=places)
