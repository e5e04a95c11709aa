from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scanner.core.evidence import Unknown, Why
from scanner.core.subjects import Kind, Subject
from scanner.http.forge import ListedRepository
from scanner.pipeline.choice import Choice, Chosen, choose
from scanner.pipeline.targets import Planned, Reading


def _listed(name: str, day: int | None = 1, **given: object) -> Planned:
    """acme/NAME, pushed on that day of June 2026, None: never."""
    pushed = datetime(2026, 6, day, tzinfo=UTC) if day else None
    fields: dict[str, object] = {"archived": False, "fork": False, "private": False} | given
    listed = ListedRepository(f"acme/{name}", "https://h/x", "main", size_kb=1, pushed_at=pushed, **fields)
    return Planned(Subject(Kind.REPO, f"acme/{name}"), url="https://h/x", listed=listed, forge="github")


def _local(name: str) -> Planned:
    return Planned(Subject(Kind.REPO, name))


def _names(chosen: Chosen) -> list[str]:
    return [item.subject.name.removeprefix("acme/") for item in chosen.repositories]


ALL = (_listed("api", 3), _listed("old", 9, archived=True), _listed("fork", 8, fork=True), _listed("web", 3, private=True), _local("here"))  # fmt: skip


def test_without_a_choice_everything_stays_and_nothing_is_said() -> None:
    chosen = choose(ALL, Choice())
    assert _names(chosen) == ["api", "old", "fork", "web", "here"]
    assert chosen.left_out == ""
    assert (chosen.selection.repositories_found, chosen.selection.repositories_left_out) == (5, 0)
    assert [item.reading for item in chosen.repositories] == [
        Reading.WHOLE, Reading.LISTED, Reading.LISTED, Reading.WHOLE, Reading.WHOLE
    ]  # fmt: skip
    for item in chosen.repositories:
        assert (item.unread is None) is (item.reading is Reading.WHOLE)
        assert item.unread is None or item.unread.why is Why.NOT_REQUESTED


@pytest.mark.parametrize(
    ("choice", "names", "words"),
    [
        (Choice(include=("ap*", "here")), ["api", "here"], "3 not fitting --include ap*, here"),
        (Choice(exclude=("acme/*",)), ["here"], "4 fitting --exclude acme/*"),
        (Choice(visibility="private"), ["web", "here"], "3 not private"),
        (Choice(archived=False, forks=False), ["api", "web", "here"], "1 archived; 1 forks"),
        (Choice(topics=("x",)), ["here"], "4 without the topic x"),
    ],
)
def test_what_is_left_out_is_said_with_its_number(choice: Choice, names: list[str], words: str) -> None:
    chosen = choose(ALL, choice)
    assert _names(chosen) == names
    assert chosen.left_out == f"{len(names)} of 5 repositories were looked at, by choice; left out: {words}"
    assert chosen.selection.repositories_left_out == 5 - len(names)


def test_each_is_left_out_for_one_reason() -> None:
    chosen = choose(ALL, Choice(exclude=("old",), archived=False, visibility="public"))
    assert chosen.left_out.endswith("left out: 1 fitting --exclude old; 1 not public")
    assert _names(chosen) == ["api", "fork", "here"]


def test_topics_and_visibility_as_the_forge_tells_them() -> None:
    found = (
        _listed("a", topics=("x", "y")),
        _listed("b", topics=("z",)),
        _listed("c", private=True, visibility="internal"),
    )
    assert _names(choose(found, Choice(topics=("y", "z")))) == ["a", "b"]
    assert _names(choose(found, Choice(visibility="internal"))) == ["c"]
    assert _names(choose(found, Choice(visibility="private"))) == []


def test_the_sample_is_the_most_recently_pushed_with_ties_by_name() -> None:
    found = (_listed("d", 5), _listed("b", 3), _listed("a", None), _listed("c", 3), _listed("old", 9, archived=True), _local("here"))  # fmt: skip
    chosen = choose(found, Choice(sample=2))
    assert _names(chosen) == ["d", "b", "old", "here"]
    assert chosen.left_out.endswith("left out: 2 not among the 2 most recently pushed")
    assert _names(choose(found, Choice(sample=2, archived=True))) == ["d", "old", "here"]
    assert choose(found, Choice(sample=9)).left_out == ""


def test_the_order_in_which_they_were_found_makes_no_difference() -> None:
    found = [_listed(name, 3) for name in "abcdef"]
    assert _names(choose(found[::-1], Choice(sample=3))) == ["c", "b", "a"]


def test_asked_for_archived_ones_are_read_and_with_the_forge_alone_nothing_is_cloned() -> None:
    chosen = choose(ALL, Choice(archived=True, forks=True))
    assert {item.reading for item in chosen.repositories} == {Reading.WHOLE}
    chosen = choose(ALL, Choice(forge_only=True))
    assert [item.reading.value for item in chosen.repositories] == ["forge", "listed", "listed", "forge", "whole"]


def test_what_could_not_be_listed_is_no_matter_of_choice() -> None:
    hole = Planned(Subject(Kind.REPO, "acme"), problem=Unknown(Why.FORBIDDEN, "no"))
    chosen = choose((hole,), Choice(include=("x",), sample=1, visibility="public"))
    assert chosen.repositories == (hole,)
    assert chosen.left_out == ""
