"""What the estate would forget if up to three people left together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from analyzers.departures import worst_departure
from analyzers.known_files import in_order, known_files, present_people
from scanner.core.checks import CheckSpec, Effort, Rank, Scale, Source, check
from scanner.core.evidence import Across, Unknown, Why
from scanner.core.figures import percent
from scanner.core.outcomes import Basis, Measured, NotApplicable, Outcome, Place, Severity
from scanner.core.scales import ours
from scanner.core.stages import Stage
from scanner.core.subjects import Subject
from scanner.core.text import counted
from scanner.facts.history import Contributors
from scanner.facts.knowledge import Knowledge
from scanner.facts.tree import Tree

FEWEST_PEOPLE = 5
TRUCK_FACTOR = Source(
    Rank.PRIMARY,
    "Avelino, Passos, Hora, Valente, A Novel Approach for Estimating Truck Factors, ICPC 2016: a project stands still when over half of its files have no author left",
    "https://arxiv.org/abs/1604.06766",
)


@check(
    CheckSpec(
        id="TEA-017",
        stage=Stage.TEAM,
        practice="continuity",
        question="Would the files in work still be known to somebody if any three people left together?",
        rationale="People leave in groups: after a sale, after a reorganisation, or to found something of their own.",
        scale=Scale(
            "% of files in work",
            ((5, 100), (20, 75), (35, 50), (50, 20), (75, 0)),
            (TRUCK_FACTOR, ours("three of ten people hold a third of the files when work is spread evenly")),
            sample=50,
        ),
        remedy="Give the next changes in the directories listed here to somebody who does not know them yet.",
        effort=Effort(5.0, each=2.0, per="finding"),
        weight=1.5,
    )
)
def small_departures(knowledge: Across[Knowledge], people: Across[Contributors], trees: Across[Tree]) -> Outcome:
    """Share (0 to 100 %) of busy product files that the worst three people are the last of those present to know.

    Who knows a file is told by degree of authorship. Asked from five people of 90 days on.
    """
    present = present_people(people)
    files = known_files(knowledge, trees, present)
    if not files:
        return Unknown(Why.SAMPLE_TOO_SMALL, "no repository has both its history and its tree read", "a full scan")
    if len(present) < FEWEST_PEOPLE:
        return NotApplicable(f"only {len(present)} people committed in 90 days: three of them are most of the team")
    all_of_them = [who for known in files.values() for who in known.knowers.values()]
    forgotten = sum(known.forgotten for known in files.values())
    if not all_of_them and forgotten:
        return Unknown(Why.SAMPLE_TOO_SMALL, f"nobody present knows any of {forgotten} product files in work")
    if not all_of_them:
        return NotApplicable("no product file was changed three times in a year")
    worst = [worst_departure(all_of_them, size) for size in (1, 2, 3)]
    lost: dict[tuple[Subject, str], list[frozenset[str]]] = defaultdict(list)
    for subject, known in files.items():
        for path, who in known.knowers.items():
            if who and who <= worst[-1].people:
                lost[subject, path.rpartition("/")[0] or "."].append(who)
    shares = " / ".join(f"{percent(each.files, len(all_of_them)):.0f}" for each in worst)
    least = "" if worst[-1].certain else "at least "
    return Measured(
        percent(worst[-1].files, len(all_of_them)),
        f"{least}{shares} % of {len(all_of_them)} product files in work would lose all who know them if the worst 1 / 2 / 3 people left; "
        f"{forgotten} more have lost them already",
        sample=len(all_of_them),
        window_days=365,
        basis=Basis.INFERRED,
        certainty=0.7,
        places=tuple(
            Place(_said(known), Severity.MEDIUM, path=folder, anchor=folder, subject=subject)
            for (subject, folder), known in sorted(lost.items(), key=lambda item: (-len(item[1]), item[0]))[:20]
        ),
    )  # fmt: skip


def _said(known: Sequence[frozenset[str]]) -> str:
    """Which of the three, by their numbers, are the last to know files here."""
    people = in_order(frozenset().union(*known))
    verb = "is" if len(people) == 1 else "are"
    return f"{', '.join(people)} {verb} the last to know {counted(len(known), 'file')} in work here"
