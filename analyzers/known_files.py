"""Who of the people still there knows the busy product files of each repository."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.core.evidence import Across
from scanner.core.subjects import Subject
from scanner.facts.history import Contributors
from scanner.facts.knowledge import Knowledge
from scanner.facts.tree import Tree


@dataclass(frozen=True, slots=True)
class KnownFiles:
    """Busy product files of one repository.

    ``knowers`` holds by path those present who know it; nobody when so many share it that no one stands out. The
    ``forgotten`` are files that people knew of whom none is present: they cannot be lost again, and stay apart.
    """

    knowers: dict[str, frozenset[str]]
    forgotten: int


def present_people(contributors: Across[Contributors]) -> frozenset[str]:
    """Everyone with a commit in 90 days in any repository: somebody who changed teams has not left."""
    return frozenset(p.person for _, fact in contributors for p in fact.people if p.commits_90_days)


def known_files(
    knowledge: Across[Knowledge], trees: Across[Tree], present: frozenset[str]
) -> dict[Subject, KnownFiles]:
    """By repository who knows what; repositories whose history or tree could not be read are left out."""
    files: dict[Subject, KnownFiles] = {}
    for subject, fact in knowledge:
        if subject not in trees.known:
            continue
        product = {e.path for e in trees.known[subject].entries if e.role == "product"}
        busy = [(file, file.among(present)) for file in fact.busy_files if file.path in product]
        here = {file.path: who for file, who in busy if who or not file.knowers}
        files[subject] = KnownFiles(here, len(busy) - len(here))
    return files
