from __future__ import annotations

import pytest

from collectors.git import knowing
from collectors.git.knowing import Knowing
from scanner.facts.knowledge import Knower
from tests.builders import AS_OF
from tests.builders_people import Pass

ANN, BOB, ZOE = "mail:ann@acme.io", "mail:bob@acme.io", "mail:zoe@acme.io"


def test_areas_count_commits_once_and_changes_by_file() -> None:
    told = Pass("src/a.py", "src/b.py", "README.md", "docs/untouched.md")
    counts = Knowing(AS_OF, told.paths)
    for seen in (
        told.seen(1, "ann", "src/a.py", "src/b.py", "README.md"),
        told.seen(90, "bob", "src/a.py", body="Co-authored-by: ann <ann@acme.io>"),
        told.seen(100, "ann", "src/b.py"),
        told.seen(400, "zoe", "src/a.py", "src/gone.py"),
        told.seen(2, "dependabot[bot]", "src/a.py"),
        told.seen(3, "zoe", "src/a.py", merge=True),
    ):
        counts.add(seen)
    fact, caveat = counts.result(told.identities, str)
    assert caveat == ""
    root, src = fact.areas  # by name; what nobody changed is no area
    assert (root.area, root.files, root.commits_365_days, root.changes) == (".", 1, 1, 1)
    assert (src.area, src.files, src.commits_90_days, src.commits_365_days) == ("src", 2, 2, 3)
    assert (src.people_90_days, src.people_365_days) == (2, 2)
    assert (src.main_person, src.main_person_share, src.absence_factor) == (ANN, 0.75, 1)  # 3 of 4 contributions
    assert [(h.person, h.changes) for h in src.holders] == [(ANN, 4), (BOB, 1), (ZOE, 1)]
    assert src.changes == 6


def test_degrees_of_authorship_by_hand() -> None:
    told = Pass("a.py", "b.py", "calm.py")
    counts = Knowing(AS_OF, told.paths)
    for days, by, path in [
        *((n, "bob", "a.py") for n in (1, 2)),
        *((n, "ann", "a.py") for n in (3, 4, 500)),
        *((n, "bob", "b.py") for n in range(1, 7)),
        (800, "ann", "b.py"),
        *((n, "ann", "calm.py") for n in (1, 2, 366)),
    ]:
        counts.add(told.seen(days, by, path))
    a, b = counts.result(told.identities, str)[0].busy_files  # calm.py changed twice in the year
    # 3.293 + 1.098 + 3 × 0.164 − 0.321 ln 3 = 4.530; bob's 3.293 + 2 × 0.164 − 0.321 ln 4 = 3.176 is too little
    assert (a.path, a.knowers) == ("a.py", (Knower(ANN, 4.530),))
    # bob 3.293 + 6 × 0.164 − 0.321 ln 2 = 4.0545, ann 3.293 + 1.098 + 0.164 − 0.321 ln 7 = 3.930
    assert (b.path, b.knowers) == ("b.py", (Knower(BOB, 4.054), Knower(ANN, 3.93)))
    assert b.among(frozenset({ANN, BOB})) == {ANN, BOB}
    assert b.among(frozenset({ANN})) == {ANN}
    assert b.among(frozenset()) == frozenset()


def test_who_is_far_below_the_best_present_does_not_know_a_file() -> None:
    told = Pass("a.py")
    counts = Knowing(AS_OF, told.paths)
    for number in range(20):
        counts.add(told.seen(number, "bob", "a.py"))
    counts.add(told.seen(900, "ann", "a.py"))
    (file,) = counts.result(told.identities, str)[0].busy_files
    # bob 3.293 + 20 × 0.164 − 0.321 ln 2 = 6.350, three quarters of it 4.763; ann 4.555 − 0.321 ln 21 = 3.578
    assert file.among(frozenset({ANN, BOB})) == {BOB}
    assert file.among(frozenset({ANN})) == {ANN}


def test_addresses_of_one_person_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowing, "HOLDERS_KEPT", 1)
    told = Pass("src/a.py")
    counts = Knowing(AS_OF, told.paths)
    for days, mail in ((1, "al@home.example.net"), (2, "al@work.example.net")):
        counts.add(told.seen(days, mail, "src/a.py"))
    counts.add(told.seen(3, "bob", "src/a.py"))
    told.identities.number("Al Ive", "al@home.example.net")
    told.identities.number("Al Ive", "al@work.example.net")
    (area,) = counts.result(told.identities, str)[0].areas
    assert (len(area.holders), area.holders[0].changes, area.other_changes) == (1, 2, 1)
    assert (area.people_90_days, area.people_365_days) == (2, 2)


def test_too_many_pairs_are_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowing, "_PAIRS", 1)
    monkeypatch.setattr(knowing, "BUSY_KEPT", 1)
    told = Pass("a.py", "b.py", "c.py")
    counts = Knowing(AS_OF, told.paths)
    for days in (1, 2, 3):
        counts.add(told.seen(days, "ann", "a.py", "b.py"))
    counts.add(told.seen(4, "zoe", "c.py"))
    fact, caveat = counts.result(told.identities, str)
    assert sum(a.changes for a in fact.areas) == 2
    assert "newest 1 pair" in caveat


def test_only_the_most_changed_areas_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowing, "AREAS_KEPT", 2)
    told = Pass("a/1.py", "b/1.py", "c/1.py")
    counts = Knowing(AS_OF, told.paths)
    for days, paths in ((1, ("a/1.py", "c/1.py")), (2, ("c/1.py", "b/1.py")), (3, ("b/1.py",))):
        counts.add(told.seen(days, "ann", *paths))
    fact, caveat = counts.result(told.identities, str)
    assert [area.area for area in fact.areas] == ["b", "c"]
    assert caveat == "the 2 most changed of 3 top directories"
