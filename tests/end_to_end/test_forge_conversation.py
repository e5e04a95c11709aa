"""A scan of a forge: what it asked is counted, unchanged answers cost nothing, limits end nothing, replays tell the same."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import threading
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scanner.core.subjects import Subject
from scanner.demo.forge import ForgeData
from scanner.demo.standin import Budget, Fault, StandIn
from scanner.http.conversation import OnLimit
from scanner.http.github.client import GithubSettings
from scanner.http.secret import Secret
from scanner.http.traffic import Traffic
from scanner.pipeline import terms as terms_module
from scanner.pipeline.events import Silent
from scanner.pipeline.scan import Outcome, Request, Stopped, run_scan
from scanner.pipeline.terms import Terms
from scanner.places import Places
from tests.builders_gitcode import GitRepo
from tests.builders_github import ACME, API, TOKEN
from tests.builders_hostile import ASSAY, assay, environment

JUNE = date(2026, 6, 30)
MAIL = "ada.lovelace@example.org"
ADVISORIES = Path(__file__).parents[2] / "scanner/demo/seeds/advisories"
NAMES = ("api", "site", "tool")


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> ForgeData:
    """Three repositories with real clones and the same records on the forge, one with an address in its text."""
    repositories = []
    for name in NAMES:
        made = GitRepo(tmp_path_factory.mktemp("estate") / name)
        made.commit(files={"README.md": f"# {name}\n", "app.py": "def f():\n    return 1\n"})
        repositories.append(replace(API, name=name, clone_url=made.folder.as_uri(), description=f"ask {MAIL}"))
    return ForgeData(ACME, tuple(repositories))


@dataclass
class Watch(Silent):
    steps: list[str] = field(default_factory=list)
    phases: list[tuple[Subject, str]] = field(default_factory=list)

    def step(self, name: str) -> None:
        self.steps.append(name)

    def phase(self, subject: Subject, name: str) -> None:
        self.phases.append((subject, name))


def scan(
    home: Path,
    url: str,
    terms: Terms | None = None,
    workers: int = 2,
    as_of: date = JUNE,
    watch: Watch | None = None,
    token: str = TOKEN,
) -> Outcome:
    places = Places(home / "data", home / "cache")
    request = Request(
        ("github:acme",), as_of, places, places.database_url, workers=workers, terms=terms or Terms(),
        github=GithubSettings(url, Secret(token)), advisories=ADVISORIES,
    )  # fmt: skip
    return run_scan(request, watch or Watch(), lambda: datetime(2026, 8, 1, tzinfo=UTC))


def figures(standin: StandIn) -> tuple[int, int, int]:
    """REST, answered 304, GraphQL: as the other side saw them."""
    rest = [status for name, status in standin.answered if name.startswith("GET ")]
    return len(rest), rest.count(304), len(standin.answered) - len(rest)


def told(traffic: Traffic) -> tuple[int, int, int]:
    return traffic.rest, traffic.unchanged, traffic.graphql


def test_a_scan_counts_exactly_what_the_forge_was_asked_and_a_rescan_is_all_304(
    estate: ForgeData, tmp_path: Path
) -> None:
    with StandIn(estate, TOKEN, (("/hooks", Fault.FORBIDDEN),)) as standin:
        first = scan(tmp_path / "home", standin.url)
        assert told(first.traffic["github"]) == figures(standin)
        assert first.traffic["github"].rest > 3 * 5
        standin.answered.clear()
        left = standin.budget.left["core"]
        again = scan(tmp_path / "home", standin.url)
        assert told(again.traffic["github"]) == figures(standin)
        asked = {name for name, status in standin.answered if name.startswith("GET ") and status == 200}
        assert {name for name in asked if "secret-scanning" not in name} == set()
        kept = again.traffic["github"].rest_left
        assert kept is not None
        assert kept.remaining == standin.budget.left["core"] >= left - len(NAMES)


def test_the_cache_of_a_scan_holds_neither_token_nor_secret(estate: ForgeData, tmp_path: Path) -> None:
    with StandIn(estate, TOKEN) as standin:
        scan(tmp_path / "home", standin.url)
    for path in (tmp_path / "home").rglob("*"):
        if path.is_file():
            assert TOKEN.encode() not in path.read_bytes(), path
    connection = sqlite3.connect(tmp_path / "home/cache/http/answers.db")
    urls = b"\n".join(data for (data,) in connection.execute("SELECT data FROM entries"))
    connection.close()
    assert b"/repos/acme/api" in urls
    assert b"secret-scanning/alerts" not in urls


@pytest.mark.parametrize(
    "faults", [(), (("/hooks", Fault.FORBIDDEN), ("/api/.*runs", Fault.GATEWAY), ("/site/keys", Fault.HTML))]
)
def test_a_replay_publishes_the_same_bytes_without_any_network(
    estate: ForgeData, tmp_path: Path, faults: tuple[tuple[str, Fault], ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    home, folder = tmp_path / "home", tmp_path / "recording"
    with StandIn(estate, TOKEN, faults) as standin:
        recorded = scan(home, standin.url, Terms(record=folder))
        asked = len(standin.answered)
    for number in range(2):
        replayed = scan(home, "http://127.0.0.1:9", Terms(replay=folder), workers=number + 1)
        assert replayed.published == recorded.published
        assert told(replayed.traffic["github"]) == (0, 0, 0)
    assert asked == len(standin.answered) > 0
    whole = b"".join(path.read_bytes() for path in folder.rglob("*.json"))
    assert b"pseudonym.invalid" in whole
    for hidden in (TOKEN, MAIL, "Authorization"):
        assert hidden.encode() not in whole


def test_a_recorded_scan_judges_as_an_unrecorded_one(estate: ForgeData, tmp_path: Path) -> None:
    with StandIn(estate, TOKEN) as standin:
        plain = scan(tmp_path / "one", standin.url)
        recorded = scan(tmp_path / "two", standin.url, Terms(record=tmp_path / "r"))
    assert json.loads(recorded.published)["overall"] == json.loads(plain.published)["overall"]


def test_a_replay_without_the_clones_says_what_is_missing(estate: ForgeData, tmp_path: Path) -> None:
    with StandIn(estate, TOKEN) as standin:
        scan(tmp_path / "home", standin.url, Terms(record=tmp_path / "r"))
    elsewhere = scan(tmp_path / "elsewhere", "http://127.0.0.1:9", Terms(replay=tmp_path / "r"))
    assert len(elsewhere.failed) == len(NAMES)


def test_a_limit_stops_the_scan_which_goes_on_later_as_if_nothing_had_been(estate: ForgeData, tmp_path: Path) -> None:
    stop = Terms(OnLimit.STOP)
    with StandIn(estate, TOKEN) as standin:
        whole = scan(tmp_path / "undisturbed", standin.url, stop, workers=1)
        spent = standin.budget.limit["core"] - standin.budget.left["core"]
    with StandIn(estate, TOKEN) as standin:
        standin.budget = Budget(core=spent * 2 // 3)
        with pytest.raises(Stopped) as stopped:
            scan(tmp_path / "home", standin.url, stop, workers=1)
        assert told(stopped.value.traffic["github"]) == figures(standin)
        assert 3500 < stopped.value.until - datetime.now(UTC).timestamp() < 3700
        with pytest.raises(Stopped):
            scan(tmp_path / "home", standin.url, stop, workers=1)
        assert [status for _, status in standin.answered if status in (403, 429)] == [], "asked while limited"
        standin.budget = Budget()
        for path in (tmp_path / "home/cache/http").glob("limits-*.json"):
            path.unlink()  # the hour has passed
        before = len(standin.answered)
        ended = scan(tmp_path / "home", standin.url, stop, workers=1)
        resumed = [subject.name for subject, ending, _ in ended.endings if ending == "resumed"]
        assert resumed, "what was read before the limit was asked again"
        assert not [n for n, _ in standin.answered[before:] if any(f"/repos/{name}/" in n for name in resumed)]
    assert _without_key(ended.published) == _without_key(whole.published)


def _without_key(published: bytes) -> bytes:
    """Pseudonyms depend on the home's key; nothing else may differ."""
    return re.sub(rb"p-[0-9a-f]{12}", b"p-", published)


def test_a_limit_is_waited_for_and_the_scan_ends_whole(
    estate: ForgeData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terms_module, "_SHOWN_SECONDS", 0.1)
    watch = Watch()
    with StandIn(estate, TOKEN) as standin:
        standin.budget = Budget(core=25, seconds=2.0)
        places = Places(tmp_path / "data", tmp_path / "cache")
        settings = GithubSettings(standin.url, Secret(TOKEN))
        hasty = replace(settings, limits=replace(settings.limits, wait_seconds=0.5))
        request = Request(
            ("github:acme",), JUNE, places, places.database_url, workers=2, terms=Terms(OnLimit.WAIT), github=hasty,
            advisories=ADVISORIES,
        )  # fmt: skip
        outcome = run_scan(request, watch, lambda: datetime(2026, 8, 1, tzinfo=UTC))
        assert told(outcome.traffic["github"]) == figures(standin)
        assert [status for _, status in standin.answered if status in (403, 429)] == []
    assert [ending for _, ending, _ in outcome.endings] == ["read"] * len(NAMES)
    assert any("wait for the forge" in step for step in watch.steps)
    holes = [gap for gap in json.loads(outcome.published)["gaps"] if gap.get("why") == "rate-limited"]
    assert holes == []


def test_the_command_line_says_what_was_asked_and_when_to_come_back(estate: ForgeData, tmp_path: Path) -> None:
    arguments = (
        "scan",
        "github:acme",
        "--as-of",
        "2026-06-30",
        "--format",
        "json",
        "--advisories",
        str(ADVISORIES),
        "--on-limit",
        "stop",
        "--json-logs",
    )
    home = tmp_path / "home"
    with StandIn(estate, TOKEN) as standin:
        standin.budget = Budget(core=8)
        stopped = assay(home, *arguments, ASSAY_GITHUB_URL=standin.url, ASSAY_GITHUB_TOKEN=TOKEN)
        events = [json.loads(line) for line in stopped.stderr.splitlines()]
        assert stopped.code == 1, stopped.stderr
        assert "come back after" in next(e["message"] for e in events if e["event"] == "stopped")
        (traffic,) = [e for e in events if e["event"] == "traffic"]
        assert (traffic["rest"], traffic["unchanged"], traffic["graphql"]) == figures(standin)
        assert traffic["message"].startswith(f"asked GitHub: {traffic['rest']} REST")
    assert TOKEN not in stopped.stderr
    both = assay(home, *arguments, "--record", str(tmp_path / "r"), "--replay", str(tmp_path / "r"))
    none = assay(home, *arguments, "--replay", str(tmp_path / "none"))
    offline = assay(home, *arguments, "--offline", "--record", str(tmp_path / "r"))
    assert (both.code, none.code, offline.code) == (2, 2, 2)
    assert "nothing to record" in offline.stderr
    assert "not both" in both.stderr
    assert "no recording" in none.stderr


@pytest.mark.parametrize(
    ("place", "fault", "event"), [("/graphql Listing", Fault.LIMITED, "step"), ("/keys", Fault.BUSY, "phase")]
)
def test_ctrl_c_ends_a_wait_within_a_second(
    estate: ForgeData, tmp_path: Path, place: str, fault: Fault, event: str
) -> None:
    """Whether the scan itself waits for an hour, or a worker for a few seconds."""
    home = tmp_path / "home"
    home.mkdir()
    arguments = ("scan", "github:acme", "--as-of", "2026-06-30", "--advisories", str(ADVISORIES), "--json-logs")
    with StandIn(estate, TOKEN, ((place, fault), ("/orgs/acme/repos", fault))) as standin:
        given = environment(home) | {"ASSAY_GITHUB_URL": standin.url, "ASSAY_GITHUB_TOKEN": TOKEN}
        process = subprocess.Popen(
            [ASSAY, *arguments], env=given, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )  # fmt: skip
        assert process.stderr is not None
        for line in process.stderr:
            told_now = json.loads(line)
            if told_now["event"] == event and "wait" in f"{told_now.get('step')}{told_now.get('phase')}":
                break
        started = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        rest = process.stderr.read()
        code = process.wait(20)
        took = time.monotonic() - started
        process.stderr.close()
    assert code == 130, rest[-2000:]
    assert b"the same command goes on" in rest
    assert took < 1.5


class _Interrupted(Exception):
    """The user stops the scan."""


class _Dying(Watch):
    def ended(self, subject: Subject, outcome: str, detail: str, seconds: float) -> None:
        raise _Interrupted


def test_an_unfinished_scan_does_not_go_on_with_what_another_token_was_refused(
    estate: ForgeData, tmp_path: Path
) -> None:
    with StandIn(estate, "weak", (("/keys", Fault.FORBIDDEN),)) as standin:
        with pytest.raises(_Interrupted):
            scan(tmp_path / "home", standin.url, workers=1, watch=_Dying(), token="weak")
        standin.token, standin.faults = TOKEN, ()
        told_better = scan(tmp_path / "home", standin.url, workers=1)
    assert {outcome for _, outcome, _ in told_better.endings} == {"read", "reused"}, "the clone's part is kept"
    assert b"/keys answered 403" not in told_better.published


def test_a_recording_begun_after_an_interruption_is_whole(estate: ForgeData, tmp_path: Path) -> None:
    with StandIn(estate, TOKEN) as standin:
        with pytest.raises(_Interrupted):
            scan(tmp_path / "home", standin.url, workers=1, watch=_Dying())
        recorded = scan(tmp_path / "home", standin.url, Terms(record=tmp_path / "r"), workers=1)
    replayed = scan(tmp_path / "home", "http://127.0.0.1:9", Terms(replay=tmp_path / "r"))
    assert replayed.published == recorded.published
    assert b"not in the recording" not in recorded.published


def test_two_scans_at_once_on_one_database_are_two_scans(estate: ForgeData, tmp_path: Path) -> None:
    arguments = ["scan", "github:acme", "--forge-only", "--as-of", "2026-06-30", "--format", "json", "--workers", "1", "--quiet"]  # fmt: skip
    home = tmp_path / "home"
    with _Held(estate, TOKEN) as standin:
        known = environment(home) | {"ASSAY_GITHUB_URL": standin.url, "ASSAY_GITHUB_TOKEN": TOKEN}
        with subprocess.Popen([str(ASSAY), *arguments, "--out", str(home / "one")], env=known) as first:
            assert standin.reached.wait(60), "the first scan has stored a repository and reads the next one"
            second = assay(
                home, *arguments, "--include", "acme/tool", "--out", str(home / "two"),
                ASSAY_GITHUB_URL=standin.url, ASSAY_GITHUB_TOKEN=TOKEN,
            )  # fmt: skip
            standin.go_on.set()
            assert (first.wait(120), second.code) == (0, 0)
    for out, subjects in (("one", {f"acme/{name}" for name in NAMES}), ("two", {"acme/tool"})):
        published = (home / out / "assessment.json").read_text("utf-8")
        assert {name for name in ("acme/api", "acme/site", "acme/tool") if f'"repo:{name}"' in published} == subjects


class _Held(StandIn):
    """Holds the first question about the second repository until it may go on."""

    reached = threading.Event()
    go_on = threading.Event()

    def fault(self, name: str) -> Fault | None:
        if "/acme/site" in name and not self.reached.is_set():
            self.reached.set()
            self.go_on.wait(25)
        return super().fault(name)
