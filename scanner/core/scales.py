"""Sources and scales that several checks share."""

from __future__ import annotations

from scanner.core.checks import Rank, Scale, Source


def ours(reason: str) -> Source:
    """A threshold of our own, with its argument in one line."""
    return Source(Rank.OURS, reason)


SAMM = Source(Rank.SECONDARY, "OWASP SAMM answer scale 0 / 0.25 / 0.5 / 1", "https://owaspsamm.org/model/")
DECLARED = Scale("% (declared)", ((0, 0), (25, 30), (50, 60), (100, 100)), (SAMM,))
"""The scale of a question that people answer: no, partly, mostly, fully."""

DORA_2023 = Source(
    Rank.PRIMARY, "DORA, Accelerate State of DevOps 2023, performance levels", "https://dora.dev/research/2023/"
)
CHAOSS_ABSENCE = Source(
    Rank.PRIMARY,
    "CHAOSS, contributor absence factor: fewest people with over 50 % of contributions",
    "https://chaoss.community/kb/metric-contributor-absence-factor/",
)
SCORECARD = Source(
    Rank.PRIMARY,
    "OpenSSF Scorecard, checks documentation",
    "https://github.com/ossf/scorecard/blob/main/docs/checks.md",
)
TWELVE_FACTOR = Source(Rank.SECONDARY, "The Twelve-Factor App", "https://12factor.net/")
MCCABE = Source(
    Rank.PRIMARY,
    "T. J. McCabe, A Complexity Measure, IEEE TSE 2(4), 1976: limit of 10; NIST SP 500-235 allows 15",
    "https://doi.org/10.1109/TSE.1976.233837",
)
CODE_MAAT = Source(
    Rank.SECONDARY, "code-maat defaults: degree ≥ 30 %, ≥ 5 shared revisions, change sets ≤ 30 files",
    "https://github.com/adamtornhill/code-maat",
)  # fmt: skip
