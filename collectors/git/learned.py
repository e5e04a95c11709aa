"""What the pass over the history tells of knowledge, presence, effort, references and ownership."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from collectors.git.form import Form
from collectors.git.identity import Identities
from collectors.git.knowing import Knowing
from collectors.git.owners import OwnersSeen
from collectors.git.presence import Attendance, Efforts
from collectors.git.references import Referring
from collectors.git.stream import Seen, Window
from collectors.tree.ownership import Owners
from scanner.core.collecting import Found, found, hole
from scanner.core.evidence import Unknown
from scanner.facts.knowledge import EffortMix, HistoryForm, Knowledge, OwnerActivity, Presence, References
from scanner.repository import Repository

OF_PEOPLE = (EffortMix, HistoryForm, Presence, References)
OF_PATHS = (Knowledge, OwnerActivity)


class Learned:
    """Hands each commit that is no repetition to the accumulators of this side of the history."""

    def __init__(self, source: Repository, paths: Sequence[str], owners: Owners | Unknown | None) -> None:
        as_of = source.as_of
        self._source = source
        self._unread = owners if isinstance(owners, Unknown) else None
        self._form = Form(as_of)
        self._knowing = Knowing(as_of, paths)
        self._owners = OwnersSeen(as_of, paths, None if isinstance(owners, Unknown) else owners)
        self._attendance, self._efforts = Attendance(as_of), Efforts(as_of)
        self._referring = Referring(as_of, source.name)
        self._since = min(self._attendance.start, Window(as_of).start(365))  # before that only paths and people count

    def repeats(self, seen: Seen) -> bool:
        """Whether a commit repeats a newer one."""
        return self._form.repeats(seen)

    def add(self, seen: Seen) -> None:
        """Count one commit."""
        self._knowing.add(seen)
        if seen.at < self._since:
            return
        self._attendance.add(seen)
        self._efforts.add(seen)
        self._referring.add(seen)
        self._owners.add(seen)
        self._form.add(seen)

    def of_people(self, identities: Identities, log: str, caveat: str) -> Iterator[Found]:
        """The facts that no path is needed for."""
        of, commit = self._source.pseudonyms.of, self._source.head
        references, cut = self._referring.result(identities, of)
        yield found(self._attendance.result(identities, of), log, commit=commit, caveat=caveat)
        yield found(self._efforts.result(), log, commit=commit, caveat=caveat)
        yield found(self._form.result(), log, commit=commit, caveat=caveat)
        yield found(references, log, commit=commit, caveat=_joined(caveat, cut))

    def of_paths(self, identities: Identities, log: str, caveat: str) -> Iterator[Found]:
        """The facts about paths at head."""
        knowledge, cut = self._knowing.result(identities, self._source.pseudonyms.of)
        yield found(knowledge, log, commit=self._source.head, caveat=_joined(caveat, cut))
        if self._unread is not None:
            yield hole(OwnerActivity, self._unread, log)
        else:
            yield found(self._owners.result(identities), log, commit=self._source.head, caveat=caveat)


def _joined(*caveats: str) -> str:
    return "; ".join(caveat for caveat in caveats if caveat)
