"""Waits that can be watched, recordings that belong to one scan, and terms that every worker keeps."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest

from scanner.core.subjects import Subject
from scanner.http.conversation import OnLimit
from scanner.http.github.client import GithubSettings
from scanner.http.pacing import LONGEST_BLOCK
from scanner.http.recording import RecordingError
from scanner.http.secret import Secret
from scanner.pipeline.events import Silent
from scanner.pipeline.forges import ForgeSettings, limited
from scanner.pipeline.terms import Terms, Waiting, clock_time, on_terms, patient, recorded_day
from scanner.places import Places
from tests.builders_github import TOKEN
from tests.builders_wire import Clock, Talk

JUNE = date(2026, 6, 30)
URL = "https://git.example/api/v3"
GIVEN: dict[str, ForgeSettings] = {"github": GithubSettings(URL, Secret(TOKEN))}


class Steps(Silent):
    def __init__(self) -> None:
        self.steps: list[str] = []

    def step(self, name: str) -> None:
        self.steps.append(name)

    def phase(self, subject: Subject, name: str) -> None:
        raise AssertionError


def on(home: Path, terms: Terms, targets: tuple[str, ...] = ("github:acme",), as_of: date = JUNE) -> GithubSettings:
    found = on_terms(GIVEN, terms, Places(home / "data", home / "cache"), targets, as_of)["github"]
    assert isinstance(found, GithubSettings)
    return found


def test_a_wait_counts_down_and_lasts_as_long_as_it_says() -> None:
    clock, steps = Clock(), Steps()
    Waiting(steps, clock.sleep, clock.time).until(clock.now + 185.5)
    assert sum(clock.waits) == pytest.approx(185.5)
    assert max(clock.waits) <= 1.0, "Ctrl-C is heard within a second"
    assert steps.steps[:3] == [f"wait for the forge, {left}" for left in ("4 min left", "3 min left", "120 s left")]
    assert steps.steps[-11:] == [f"wait for the forge, {n} s left" for n in (20, *range(10, 0, -1))]
    assert len(steps.steps) == 2 + 11 + 10


def test_a_short_wait_says_nothing() -> None:
    clock, steps = Clock(), Steps()
    Waiting(steps, clock.sleep, clock.time).seconds(4.0)
    Waiting(steps, clock.sleep, clock.time).until(clock.now - 5)
    assert (clock.waits, steps.steps) == ([4.0, 0.0], [])


def test_ctrl_c_ends_a_wait_at_once() -> None:
    clock = Clock()

    def interrupted(seconds: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Waiting(Steps(), interrupted, clock.time).until(clock.now + 3600)


def test_the_time_to_come_back_is_never_too_early() -> None:
    # 1782828300 is 2026-06-30 14:05:00 UTC
    assert clock_time(1_782_828_300.0) == "14:05 UTC"
    assert clock_time(1_782_828_300.5) == "14:06 UTC"


def test_only_the_scan_itself_waits_for_whole_limits_and_only_when_told_to(tmp_path: Path) -> None:
    for on_limit, seconds in ((OnLimit.WAIT, LONGEST_BLOCK), (OnLimit.STOP, 120.0), (OnLimit.HOLE, 120.0)):
        worker = on(tmp_path, Terms(on_limit))
        assert worker.limits.wait_seconds == 120.0
        assert patient(worker).limits.wait_seconds == seconds


def test_a_limit_that_one_met_is_told_to_the_next_before_it_opens_anything(tmp_path: Path) -> None:
    settings = on(tmp_path, Terms(OnLimit.WAIT))
    assert limited(settings) is None
    talk = Talk(URL, settings.conversation, settings.limits, Clock())
    talk.wire.pacing = type(talk.wire.pacing)(
        settings.conversation.folder, settings.conversation.namespace(URL, TOKEN), 8
    )
    talk.wire.pacing.block(("graphql",), 60, "soon over")
    assert limited(settings) is None, "that is waited for by the worker itself"
    talk.wire.pacing.block(("graphql",), 3000, "spent")
    found = limited(settings)
    talk.close()
    assert found is not None
    assert found.hole.detail == "spent"
    assert limited(on(tmp_path, Terms())) is None, "on terms to leave holes nothing ends"


def test_what_tokens_are_named_by_stays_with_the_user(tmp_path: Path) -> None:
    one, two = on(tmp_path / "one", Terms()), on(tmp_path / "two", Terms())
    assert one.conversation == on(tmp_path / "one", Terms()).conversation
    assert one.conversation.key != two.conversation.key
    assert repr(one.conversation.key) not in repr(one)
    (kept,) = (tmp_path / "one/data/forges").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert not list((tmp_path / "one").glob("cache/**/*.key"))


def test_a_replay_speaks_as_the_recording_did_without_its_token(tmp_path: Path) -> None:
    on(tmp_path, Terms(record=tmp_path / "r"))
    elsewhere: dict[str, ForgeSettings] = {"github": GithubSettings(token=None)}
    (found,) = on_terms(elsewhere, Terms(replay=tmp_path / "r"), Places(tmp_path, tmp_path), ("x",), JUNE).values()
    assert isinstance(found, GithubSettings)
    assert (found.api_url, found.token and found.token.reveal()) == (URL, "replayed")
    assert recorded_day(tmp_path / "r") == JUNE
    with pytest.raises(RecordingError):
        on(tmp_path, Terms(replay=tmp_path / "nothing"))
    with pytest.raises(RecordingError):
        recorded_day(tmp_path / "nothing")


def test_a_recording_is_of_one_scan(tmp_path: Path) -> None:
    terms = Terms(record=tmp_path / "r")
    for _ in range(2):
        on(tmp_path, terms)
    for targets, as_of in ((("github:other",), JUNE), (("github:acme",), date(2026, 7, 1))):
        with pytest.raises(RecordingError, match="another scan"):
            on(tmp_path, terms, targets, as_of)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("x")
    with pytest.raises(RecordingError, match="not empty"):
        on(tmp_path, Terms(record=tmp_path / "mine"))


def test_a_recording_does_not_tell_the_password_in_a_target(tmp_path: Path) -> None:
    on(tmp_path, Terms(record=tmp_path / "r"), ("https://ann:s3cret@h/x", "github:acme"))
    told = (tmp_path / "r/recording.json").read_text()
    assert "s3cret" not in told
    assert "https://h/x" in told


def test_without_forges_nothing_is_made(tmp_path: Path) -> None:
    places = Places(tmp_path / "data", tmp_path / "cache")
    assert on_terms({}, Terms(record=tmp_path / "r"), places, ("x",), JUNE) == {}
    assert list(tmp_path.iterdir()) == []
