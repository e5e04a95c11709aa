"""Who of the people still there knows the busy product files of each repository.

People are numbered here: no answer may depend on the key of the pseudonyms, which is another on every machine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scanner.core.evidence import Across
from scanner.core.subjects import Subject
from scanner.facts.history import Contributors
from scanner.facts.knowledge import Knowledge
from scanner.facts.tree import Tree


@dataclass(frozen=True, slots=True)
class KnownFiles:
    """Busy product files of one repository.

    ``knowers`` holds by path the numbers (P1, P2, …) of those present who know it; nobody when so many share it that no one stands out. The
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
    files = _by_pseudonym(knowledge, trees, present)
    numbers = _numbers(files)
    return {
        subject: KnownFiles(
            {path: frozenset(numbers[person] for person in who) for path, who in known.knowers.items()}, known.forgotten
        )
        for subject, known in files.items()
    }


def numbers(knowledge: Across[Knowledge], trees: Across[Tree], present: frozenset[str]) -> dict[str, str]:
    """The number (P1, P2, …) of every pseudonym in `known_files`."""
    return _numbers(_by_pseudonym(knowledge, trees, present))


def in_order(people: Iterable[str]) -> tuple[str, ...]:
    """Numbers of people as they are counted: P2 before P10."""
    return tuple(sorted(people, key=lambda person: (len(person), person)))


def _numbers(files: Mapping[Subject, KnownFiles]) -> dict[str, str]:
    """People in the order of the paths that they are met in, which says nothing of anybody.

    Who is met in the same files throughout is interchangeable: whichever of them is first, every answer is the same.
    """
    met: dict[str, list[int]] = defaultdict(list)
    paths = ((subject, path) for subject in sorted(files) for path in sorted(files[subject].knowers))
    for number, (subject, path) in enumerate(paths):
        for person in files[subject].knowers[path]:
            met[person].append(number)
    return {person: f"P{number}" for number, person in enumerate(sorted(met, key=lambda p: (met[p], p)), start=1)}


def _by_pseudonym(
    knowledge: Across[Knowledge], trees: Across[Tree], present: frozenset[str]
) -> dict[Subject, KnownFiles]:
    files: dict[Subject, KnownFiles] = {}
    for subject, fact in knowledge:
        if subject not in trees.known:
            continue
        product = {e.path for e in trees.known[subject].entries if e.role == "product"}
        busy = [(file, file.among(present)) for file in fact.busy_files if file.path in product]
        here = {file.path: who for file, who in busy if who or not file.knowers}
        files[subject] = KnownFiles(here, len(busy) - len(here))
    return files
