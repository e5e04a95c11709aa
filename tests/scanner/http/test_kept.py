"""Kept lists against a list that changes: whatever was kept, the answer is what a reading of all would give."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.core.evidence import Unreadable, Why
from scanner.http import shelf
from scanner.http.kept import Entry, Kept, Reading, Sheet, Sign, Wanted, mark_of
from scanner.http.shelf import ListName

START = datetime(2026, 1, 1, tzinfo=UTC)
NAME = ListName("https://forge.example", "R_1", "requests", "shape")
EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Thing:
    number: int
    made: int
    touched: int

    @property
    def at(self) -> datetime:
        return START + timedelta(minutes=self.touched)


class Forge:
    """A list of things, latest first, in pages of three; ``turns`` are the cursors it was asked for."""

    def __init__(self, *things: Thing) -> None:
        self.things = list(things)
        self.turns: list[str | None] = []

    def sign(self) -> Sign:
        newest = max((t.at for t in self.things), default=None)
        return Sign(len(self.things), mark_of(newest) if newest else "")

    def __call__(self, cursor: str | None) -> Sheet:
        self.turns.append(cursor)
        ordered = sorted(self.things, key=lambda t: (t.at, t.number), reverse=True)
        left = [t for t in ordered if cursor is None or (t.touched, t.number) < tuple(map(int, cursor.split()))]
        page = left[:3]
        entries = tuple(
            Entry(str(t.number), t.at, START + timedelta(minutes=t.made), {"n": t.number, "at": t.touched})
            for t in page
        )
        return Sheet(entries, len(self.things), f"{page[-1].touched} {page[-1].number}" if len(left) > 3 else None)


def things(count: int) -> list[Thing]:
    return [Thing(n, n, n) for n in range(1, count + 1)]


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    with closing(Kept(tmp_path / "kept" / "forge.db")) as opened:
        yield opened


def ask(kept: Kept, forge: Forge, since: datetime = EVER, most: int = 100, *, rises: bool = True) -> Reading:
    forge.turns.clear()
    return kept.read(NAME, Wanted(since, most, forge.sign(), rises), forge)


def alone(forge: Forge, since: datetime = EVER, most: int = 100) -> Reading:
    with closing(Kept()) as nothing:
        return nothing.read(replace(NAME, repository=""), Wanted(since, most, forge.sign(), True), forge)


def seen(reading: Reading) -> list[tuple[int, int]]:
    return [(node.number("n"), node.number("at")) for node in reading.nodes]


def test_a_list_is_read_once(kept: Kept) -> None:
    forge = Forge(*things(7))
    first = ask(kept, forge)
    assert seen(first) == [(n, n) for n in range(7, 0, -1)]
    assert (first.total, first.cut, len(forge.turns)) == (7, False, 3)
    assert seen(ask(kept, forge)) == seen(first)
    assert forge.turns == []


def test_only_what_is_newer_is_asked_for(kept: Kept) -> None:
    forge = Forge(*things(30))
    ask(kept, forge)
    forge.things[4] = replace(forge.things[4], touched=40)
    forge.things.append(Thing(31, 41, 41))
    assert seen(ask(kept, forge))[:3] == [(31, 41), (5, 40), (30, 30)]
    assert forge.turns == [None, "30 30"], "a second of the same minute might follow, so one page more"


def test_reading_stops_at_the_window_and_goes_on_from_there_when_more_is_wanted(kept: Kept) -> None:
    forge = Forge(*things(30))
    assert [n for n, _ in seen(ask(kept, forge, START + timedelta(minutes=25)))] == [30, 29, 28, 27, 26, 25]
    assert len(forge.turns) == 3
    assert [n for n, _ in seen(ask(kept, forge, START + timedelta(minutes=20)))][-1] == 20
    assert forge.turns == ["22 22"]
    assert [n for n, _ in seen(ask(kept, forge, START + timedelta(minutes=28)))] == [30, 29, 28]
    assert forge.turns == []


def test_the_most_is_a_cut_and_says_so(kept: Kept) -> None:
    forge = Forge(*things(10))
    reading = ask(kept, forge, most=6)
    assert ([n for n, _ in seen(reading)], reading.total, reading.cut) == ([10, 9, 8, 7, 6, 5], 10, True)
    exact = ask(kept, Forge(*things(10)), most=10)
    assert (len(exact.nodes), exact.cut) == (10, False)


def test_what_is_kept_stays_bounded(kept: Kept) -> None:
    forge = Forge(*things(30))
    ask(kept, forge)
    forge.things.append(Thing(31, 31, 31))
    assert [n for n, _ in seen(ask(kept, forge, most=7))] == [31, 30, 29, 28, 27, 26, 25]
    assert forge.turns == [None, "29 29", "26 26"], "30 are more than four times seven: nothing of them is used"
    assert [n for n, _ in seen(ask(kept, forge, most=8))] == [31, 30, 29, 28, 27, 26, 25, 24]
    assert forge.turns == []


def test_an_interruption_costs_no_page_twice(kept: Kept) -> None:
    forge = Forge(*things(12))

    def broken(cursor: str | None) -> Sheet:
        if len(forge.turns) == 2:
            raise Unreadable(Why.UNREACHABLE, "the line is down")
        return forge(cursor)

    with pytest.raises(Unreadable, match="the line is down"):
        kept.read(NAME, Wanted(EVER, 100, forge.sign(), True), broken)
    assert [n for n, _ in seen(ask(kept, forge))] == list(range(12, 0, -1))
    assert forge.turns == ["7 7", "4 4"]


def test_a_cursor_that_the_forge_no_longer_takes_costs_a_new_reading(kept: Kept) -> None:
    forge = Forge(*things(12))
    ask(kept, forge, START + timedelta(minutes=11))

    def forgetful(cursor: str | None) -> Sheet:
        if cursor == "10 10" and len(forge.turns) == 0:
            forge.turns.append("refused")
            raise Unreadable(Why.UNSUPPORTED, "that is no cursor")
        return forge(cursor)

    forge.turns.clear()
    reading = kept.read(NAME, Wanted(EVER, 100, forge.sign(), True), forgetful)
    assert [n for n, _ in seen(reading)] == list(range(12, 0, -1))


def test_a_forge_that_refuses_every_cursor_is_not_asked_for_ever(kept: Kept) -> None:
    forge = Forge(*things(12))

    def refusing(cursor: str | None) -> Sheet:
        if cursor is not None:
            raise Unreadable(Why.UNSUPPORTED, "that is no cursor")
        return forge(cursor)

    for _ in range(2):
        with pytest.raises(Unreadable, match="no cursor"):
            kept.read(NAME, Wanted(EVER, 100, forge.sign(), True), refusing)
    assert len(forge.turns) == 2


@pytest.mark.parametrize("following", ["again", "1 1"])
def test_a_list_without_end_is_refused(kept: Kept, following: str) -> None:
    turns: list[str | None] = []

    def endless(cursor: str | None) -> Sheet:
        turns.append(cursor)
        entry = Entry("1", START, START, {})
        return Sheet((entry,) if following == "again" else (), 9, f"{following} {len(turns)}")

    with pytest.raises(Unreadable) as caught:
        kept.read(NAME, Wanted(EVER, 100, None, True), endless)
    assert (caught.value.hole.why, len(turns) <= 2) == (Why.TOO_LARGE, True)


def test_another_form_another_repository_or_another_forge_is_another_list(kept: Kept) -> None:
    forge = Forge(*things(4))
    ask(kept, forge)
    for name in (
        replace(NAME, shape="newer"), replace(NAME, repository="R_2"), replace(NAME, forge="https://other.example"),
        replace(NAME, kind="issues"), replace(NAME, repository=""),
    ):  # fmt: skip
        forge.turns.clear()
        assert not kept.current(name, forge.sign())
        kept.read(name, Wanted(EVER, 100, forge.sign(), True), forge)
        assert len(forge.turns) == 2


def test_a_list_that_does_not_rise_is_read_anew_when_its_sign_changes(kept: Kept) -> None:
    forge = Forge(*things(7))
    ask(kept, forge, rises=False)
    assert kept.current(NAME, forge.sign())
    forge.things[0] = replace(forge.things[0], touched=50)
    assert not kept.current(NAME, forge.sign())
    assert seen(ask(kept, forge, rises=False))[0] == (1, 50)
    assert len(forge.turns) == 3


def test_a_folder_that_cannot_be_written_keeps_nothing_and_fails_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with closing(Kept(tmp_path / "file" / "forge.db")) as nowhere:
        assert len(ask(nowhere, Forge(*things(4))).nodes) == 4


def test_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (tmp_path / "forge.db").symlink_to(victim)
    with closing(Kept(tmp_path / "forge.db")) as kept:
        assert len(ask(kept, Forge(*things(4))).nodes) == 4
    assert victim.read_bytes() == b"precious"


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["touch", "make", "delete", "read", "cut", "kill"]), st.integers(0, 40), st.integers(1, 12)
    ),
    max_size=14,
)


@settings(max_examples=150, deadline=None)
@given(count=st.integers(0, 20), steps=STEPS)
def test_whatever_happens_between_readings_the_answer_is_that_of_a_first_reading(
    count: int, steps: list[tuple[str, int, int]]
) -> None:
    """Time moves on with every step, as it does on a forge: what is touched is later than all before it."""
    forge = Forge(*things(count))
    clock = count
    with closing(Kept()) as kept:
        for step, which, size in [*steps, ("read", 0, 12)]:
            clock += 1
            if step == "make":
                forge.things.append(Thing(1000 + clock, clock, clock))
            elif step == "touch" and forge.things:
                place = which % len(forge.things)
                forge.things[place] = replace(forge.things[place], touched=clock)
            elif step == "delete" and forge.things:
                forge.things.pop(which % len(forge.things))
            elif step == "kill":
                _killed(kept, forge, size // 4)
            elif step in ("read", "cut"):
                since, most = START + timedelta(minutes=which), size if step == "cut" else 100
                assert _told(ask(kept, forge, since, most)) == _told(alone(forge, since, most))


def _told(reading: Reading) -> tuple[object, ...]:
    return seen(reading), reading.total, reading.cut


def _killed(kept: Kept, forge: Forge, pages: int) -> None:
    left = [pages]

    def broken(cursor: str | None) -> Sheet:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return forge(cursor)

    try:
        kept.read(NAME, Wanted(EVER, 100, forge.sign(), True), broken)
    except KeyboardInterrupt:
        return


def test_what_one_credential_was_shown_is_asked_again_for_another(tmp_path: Path) -> None:
    forge = Forge(*things(2))
    for holder, turns in (("one", 1), ("other", 1), ("one", 0)):
        with closing(Kept(tmp_path / "forge.db", holder)) as kept:
            assert kept.current(NAME, forge.sign()) is (turns == 0)
            assert len(ask(kept, forge).nodes) == 2
            assert len(forge.turns) == turns


class Miscounting(Forge):
    """Counts ``hidden`` more things than it shows, for the first ``times`` pages."""

    def __init__(self, *things: Thing, hidden: int, times: int = 99) -> None:
        super().__init__(*things)
        self.hidden, self.times = hidden, times

    def sign(self) -> Sign:
        return replace(super().sign(), total=len(self.things) + self.hidden)

    def __call__(self, cursor: str | None) -> Sheet:
        sheet = super().__call__(cursor)
        hidden = self.hidden if len(self.turns) <= self.times else 0
        return replace(sheet, total=len(self.things) + hidden)


def test_a_list_shorter_than_the_forge_counts_is_read_again_and_says_what_is_missing(tmp_path: Path) -> None:
    forge = Miscounting(*things(5), hidden=2)
    wanted = Wanted(EVER, 100, forge.sign(), rises=True)
    with closing(Kept(tmp_path / "forge.db")) as kept:
        first = kept.read(NAME, wanted, forge)
        assert (len(first.nodes), first.total, first.missing) == (5, 7, 2)
        assert len(forge.turns) == 4, "two pages, and the same two again"
        again = kept.read(NAME, wanted, forge)
        assert (seen(again), again.missing) == (seen(first), 2)
        assert len(forge.turns) == 4, "a lasting miscount costs an unchanged list nothing"


def test_a_list_that_was_short_by_chance_is_whole_when_it_is_read_again() -> None:
    forge = Miscounting(*things(5), hidden=2, times=2)
    with closing(Kept()) as kept:
        found = kept.read(NAME, Wanted(EVER, 100, None, rises=True), forge)
    assert (len(found.nodes), found.total, found.missing, len(forge.turns)) == (5, 5, 0, 4)


def test_of_a_list_that_is_not_read_to_its_end_nothing_is_missing() -> None:
    forge = Miscounting(*things(9), hidden=2)
    with closing(Kept()) as kept:
        found = kept.read(NAME, Wanted(START + timedelta(minutes=8), 100, None, rises=True), forge)
    assert (len(found.nodes), found.missing, forge.turns) == (2, 0, [None])


def _sizes(path: Path) -> int:
    return sum(part.stat().st_size for part in path.parent.glob("forge.db*"))


def _noise(number: int) -> Forge:
    """A list of a repository that cannot be packed below 3 x 20 kB."""

    class Noisy(Forge):
        def __call__(self, cursor: str | None) -> Sheet:
            sheet = super().__call__(cursor)
            rand = Random(number)
            made = tuple(replace(e, body={**e.body, "noise": rand.randbytes(10_000).hex()}) for e in sheet.entries)
            return replace(sheet, entries=made)

    return Noisy(*things(3))


def test_above_a_size_the_longest_unused_lists_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, names = tmp_path / "forge.db", [replace(NAME, repository=f"R_{n}") for n in range(30)]
    forges = [_noise(n) for n in range(30)]

    def read(kept: Kept, number: int) -> bool:
        """Whether the forge had to be asked."""
        forges[number].turns.clear()
        kept.read(names[number], Wanted(EVER, 100, forges[number].sign(), True), forges[number])
        return bool(forges[number].turns)

    for number in range(30):
        monkeypatch.setattr(shelf, "today", lambda day=100 + number: day)
        with closing(Kept(path)) as kept:
            assert read(kept, number)
    monkeypatch.setattr(shelf, "today", lambda: 140)
    with closing(Kept(path)) as kept:
        assert not read(kept, 0), "the oldest is used once more"
    before = _sizes(path)
    assert before > 30 * 30_000
    with closing(shelf.open_shelf(path)) as connection:
        shelf.prune(connection, 140, 500_000)
    with closing(Kept(path)) as kept:
        left = [number for number in range(30) if not read(kept, number)]
    assert 0 in left
    assert left[1:] == list(range(31 - len(left), 30)), "another than the longest unused was dropped"
    assert 5 < len(left) < 20


def test_the_file_shrinks_and_stays_below_its_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "forge.db"
    monkeypatch.setattr(shelf.prune, "__defaults__", (500_000,))
    for number in range(40):
        forge = _noise(number)
        with closing(Kept(path)) as kept:
            kept.read(replace(NAME, repository=f"R_{number}"), Wanted(EVER, 100, forge.sign(), True), forge)
        assert _sizes(path) < 700_000


def test_what_nobody_reads_for_months_is_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forge = Forge(*things(4))
    for day, asked in ((100, True), (190, False), (280, False), (371, True)):
        monkeypatch.setattr(shelf, "today", lambda day=day: day)
        with closing(Kept(tmp_path / "forge.db")) as kept:
            ask(kept, forge)
        assert bool(forge.turns) is asked, f"day {day}"


@pytest.mark.parametrize("page", [0, 1, 2])
def test_a_list_that_is_dropped_while_it_is_read_is_read_anew(tmp_path: Path, page: int) -> None:
    path = tmp_path / "forge.db"

    class Dropping(Forge):
        def __call__(self, cursor: str | None) -> Sheet:
            if len(self.turns) == page:
                _forget(path)
            return super().__call__(cursor)

    dropping = Dropping(*things(7))
    with closing(Kept(path)) as kept:
        assert seen(ask(kept, dropping)) == [(n, n) for n in range(7, 0, -1)]
    assert len(dropping.turns) > 3, "it was read in one go"


def test_an_answer_is_never_cut_by_another_process_that_makes_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, forge = tmp_path / "forge.db", Forge(*things(7))
    with closing(Kept(path)) as kept:
        whole = seen(ask(kept, forge))
        latest = shelf.Shelf.latest

        def late(self: shelf.Shelf, floor: int, most: int) -> list[object]:
            _forget(path)
            monkeypatch.setattr(shelf.Shelf, "latest", latest)
            return latest(self, floor, most)

        monkeypatch.setattr(shelf.Shelf, "latest", late)
        assert seen(ask(kept, forge)) == whole, "what is kept was dropped between its state and its entries"


def _forget(path: Path) -> None:
    """What another process does to make room."""
    with closing(shelf.open_shelf(path)) as other:
        shelf.prune(other, shelf.today() + 1000)


def test_a_file_of_the_form_before_is_made_anew(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "forge.db")) as old:
        old.executescript(
            "CREATE TABLE list (id); CREATE TABLE entry (list); INSERT INTO list VALUES (1); PRAGMA user_version = 1;"
        )
    forge = Forge(*things(4))
    for asked in (True, False):
        with closing(Kept(tmp_path / "forge.db")) as kept:
            ask(kept, forge)
        assert bool(forge.turns) is asked
