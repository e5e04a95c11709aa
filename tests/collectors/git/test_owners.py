from __future__ import annotations

from collectors.git.owners import OwnersSeen
from collectors.tree.ownership import parse
from scanner.facts.knowledge import OwnerActivity
from tests.builders import AS_OF
from tests.builders_people import Pass

CODEOWNERS = b"""\
*        @acme/everyone
/src/    @ann @Bob
/src/db/ @zoe
/docs/   eve@acme.io
/old/    @zoe @yan
/new/    @stranger
"""


def test_owners_against_who_committed() -> None:
    told = Pass("src/a.py", "src/db/b.py", "docs/c.md", "old/d.py")
    kept = OwnersSeen(AS_OF, told.paths, parse(CODEOWNERS))
    for days, by, path in [
        (1, "7+ann@users.noreply.github.com", "src/a.py"),
        (2, "bob@users.noreply.github.com", "src/db/b.py"),  # the last rule that matches decides, and names another
        (91, "zoe@users.noreply.github.com", "src/db/b.py"),
        (400, "yan@users.noreply.github.com", "old/d.py"),
        (3, "eve", "docs/c.md"),
    ]:
        kept.add(told.seen(days, by, path))
    assert kept.result(told.identities) == OwnerActivity(
        present=True, people=6, active_there=2, active_elsewhere=1, inactive=2, unmatched=1, teams=1,
        rules_of_people=4, abandoned=("old/*/**", "src/db/*/**"),
    )  # fmt: skip


def test_without_a_file_there_is_nothing() -> None:
    told = Pass("a.py")
    kept = OwnersSeen(AS_OF, told.paths, None)
    kept.add(told.seen(1, "ann", "a.py"))
    assert kept.result(told.identities) == OwnerActivity(False, 0, 0, 0, 0, 0, 0, 0, ())


def test_an_address_that_many_share_is_nobodys() -> None:
    told = Pass("a.py")
    kept = OwnersSeen(AS_OF, told.paths, parse(b"* info@acme.io\n"))
    kept.add(told.seen(1, "info@acme.io", "a.py"))
    fact = kept.result(told.identities)
    assert (fact.people, fact.unmatched, fact.rules_of_people) == (1, 1, 0)
