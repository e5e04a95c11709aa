"""What was recorded is what was judged, and a replay answers it without any network."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

import pytest

from scanner.core.evidence import Unreadable, Why
from scanner.demo.standin import Fault, StandIn
from scanner.http.conversation import OnLimit
from scanner.http.github.permissions import METADATA, Permission
from scanner.http.github.refusals import refusal
from scanner.http.limits import Limits
from scanner.http.recording import Recorded, RecordingError, describe, described
from scanner.http.refused import Refused
from scanner.http.wire import Answer, Request
from tests.builders_github import DATA, TOKEN, data
from tests.builders_wire import Clock, Talk, talking, terms

API = "/repos/acme/api"
NOWHERE = "https://api.github.com"


def outcome(talk: Talk, path: str) -> tuple[object, ...]:
    """What a caller learns of ``path``: the answer, or the hole."""
    try:
        answer = talk.get(path)
    except Unreadable as problem:
        return (problem.hole,)
    return answer.status, answer.body, answer.headers.get("link")


PATHS = (
    API,
    f"{API}/keys",
    f"{API}/hooks",
    f"{API}/collaborators",
    "/orgs/acme/repos?per_page=1",
    "/nowhere",
    f"{API}/community/profile",
)
FAULTS = (
    ("/keys", Fault.FORBIDDEN), ("/hooks", Fault.GATEWAY), ("/collaborators", Fault.HUGE), ("/community", Fault.TRUNCATED),
)  # fmt: skip


def test_a_replay_tells_what_was_told_and_sends_nothing(tmp_path: Path) -> None:
    clock = Clock()
    limits = Limits(tries=3, body_bytes=200_000)
    with (
        StandIn(DATA, TOKEN, FAULTS) as standin,
        talking(standin, terms(tmp_path / "http", record=tmp_path / "r"), limits) as talk,
    ):
        told = [outcome(talk, path) for path in PATHS]
        url = standin.url
    with talking(url, terms(tmp_path / "http", replay=tmp_path / "r"), limits, clock, token="other") as talk:
        assert [outcome(talk, path) for path in PATHS] == told
        assert talk.calls.requests == 0
        assert clock.waits == []
        assert [type(one[0]).__name__ for one in told] == [
            "int",
            "Unknown",
            "Unknown",
            "Unknown",
            "int",
            "Unknown",
            "int",
        ]


def test_what_was_not_recorded_is_a_hole_that_says_so(tmp_path: Path) -> None:
    with talking(NOWHERE, terms(replay=tmp_path)) as talk:
        for ask in (lambda: talk.get(API), talk.query):
            with pytest.raises(Unreadable, match="is not in the recording") as caught:
                ask()
            assert caught.value.hole.why is Why.UNREACHABLE
        assert talk.calls.requests == 0


def test_each_query_has_its_own_answer(tmp_path: Path) -> None:
    with StandIn(DATA, TOKEN) as standin, talking(standin, terms(record=tmp_path)) as talk:
        for name in ("One", "Two"):
            talk.query(name)
        talk.get(f"{API}/collaborators?per_page=1&page=1")
        talk.get(f"{API}/collaborators?per_page=1&page=2")
    assert len(list(tmp_path.glob("*/*.json"))) == 4


def test_the_first_final_answer_holds_for_the_whole_recording(tmp_path: Path) -> None:
    conversation = terms(record=tmp_path)
    with StandIn(DATA, TOKEN, (("hooks", Fault.GATEWAY),)) as standin:
        with talking(standin, conversation, Limits(tries=1)) as talk:
            first = talk.get(API).body
            with pytest.raises(Unreadable):
                talk.get(f"{API}/hooks")
        standin.data, standin.faults = data(description="changed meanwhile"), ()
        with talking(standin, conversation) as talk:
            assert talk.get(API).body == first, "the recorded scan went on and judged what no replay can tell"
            assert talk.get(f"{API}/hooks").status == 200, "what may pass is asked again"
        assert len(standin.seen) == 3


def test_no_token_no_secret_and_no_address_is_in_it(tmp_path: Path) -> None:
    said = f"write to Ada.Love@x.org or ada.love@x.org, never {TOKEN}"
    with (
        StandIn(data(description=said), TOKEN, (("keys", Fault.ECHO),)) as standin,
        talking(standin, terms(tmp_path / "http", record=tmp_path / "r")) as talk,
    ):
        judged = json.loads(talk.get(API).body)["description"]
        talk.get(f"{API}/secret-scanning/alerts")
        with pytest.raises(Unreadable):
            talk.get(f"{API}/keys")
    stands_for = terms().address("ada.love@x.org")
    assert judged == f"write to {stands_for} or {stands_for}, never ***"
    files = [p for p in (tmp_path / "r").rglob("*") if p.is_file()]
    whole = b"".join(p.read_bytes() for p in files)
    assert len(files) == 3
    assert stands_for.encode() in whole
    for hidden in (TOKEN, "x.org", "Authorization"):
        assert hidden.encode() not in whole
    assert {stat.S_IMODE(p.stat().st_mode) for p in files} == {0o600}
    assert {stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "r").rglob("*") if p.is_dir()} == {0o700}


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "[" * 9000, '{"status": "200"}', '{"status": 200, "headers": {}, "body_base64": "%"}', '{"why": "x", "detail": "", "closes": ""}']
)  # fmt: skip
def test_a_damaged_file_is_a_hole(tmp_path: Path, text: str) -> None:
    with StandIn(DATA, TOKEN) as standin, talking(standin, terms(record=tmp_path)) as talk:
        talk.get(API)
        (file,) = tmp_path.glob("*/*.json")
        file.write_text(text)
        url = standin.url
    with talking(url, terms(replay=tmp_path)) as talk, pytest.raises(Unreadable, match="damaged") as caught:
        talk.get(API)
    assert caught.value.hole.why is Why.UNPARSABLE


def test_bytes_that_are_no_text_come_back_as_they_were(tmp_path: Path) -> None:
    from scanner.http.recording import Recording
    from scanner.http.wire import Answer, Request

    recording = Recording(tmp_path, terms().address)
    for number, body in enumerate((b"\xff\xfe\x00", b"", "é\u2028\r\n".encode())):
        asked = Request(f"https://x/{number}", "GET /x")
        kept = recording.keep(asked, Answer(200, {"Date": "x"}, body))
        assert (kept.body, recording.answer(asked).body) == (body, body)


def test_a_recording_that_cannot_be_written_is_a_hole(tmp_path: Path) -> None:
    (tmp_path / "r").write_text("a file")
    with (
        StandIn(DATA, TOKEN) as standin,
        talking(standin, terms(record=tmp_path / "r")) as talk,
        pytest.raises(Unreadable, match="recording"),
    ):
        talk.get(API)


def test_a_recorded_limit_is_a_hole_in_its_replay_not_a_wait(tmp_path: Path) -> None:
    clock = Clock()
    with (
        StandIn(DATA, TOKEN, ((".", Fault.BUSY),)) as standin,
        talking(standin, terms(record=tmp_path), Limits(tries=1)) as talk,
    ):
        url = standin.url
        with pytest.raises(Unreadable):
            talk.get(API)
    with talking(url, terms(replay=tmp_path, on_limit=OnLimit.HOLE), clock=clock) as talk:
        with pytest.raises(Unreadable) as caught:
            talk.get(API)
        assert caught.value.hole.why is Why.RATE_LIMITED
        assert clock.waits == []


def test_a_recording_names_its_forge_and_takes_no_other(tmp_path: Path) -> None:
    assert described(tmp_path) is None
    describe(tmp_path, Recorded(NOWHERE, with_token=True))
    describe(tmp_path, Recorded(NOWHERE, with_token=True))
    assert described(tmp_path) == Recorded(NOWHERE, with_token=True)
    with pytest.raises(RecordingError, match=re.escape(NOWHERE)):
        describe(tmp_path, Recorded("https://git.example/api/v3", with_token=True))
    for text in ("", "[]", "{}", '{"address": 3, "with_token": true}'):
        (tmp_path / "forge.json").write_text(text)
        with pytest.raises(RecordingError):
            described(tmp_path)


def test_a_try_after_a_limit_that_asked_for_less_is_replayed(tmp_path: Path) -> None:
    def judged(answer: Answer, asked: Request, permission: Permission, now: float) -> Refused | None:
        return refusal(answer, asked.label, permission, now)

    def ask(talk: Talk) -> int:
        def sized(attempt: int) -> Request:
            return Request(
                f"{talk.url}/graphql",
                "POST /graphql Q",
                {},
                json.dumps({"operationName": "Q", "variables": {"n": attempt}, "query": ""}).encode(),
            )

        return talk.calls.call(sized, judged, METADATA).status

    class Once(StandIn):
        def fault(self, name: str) -> Fault | None:
            return Fault.BUSY if len(self.seen) == 1 else None

    with Once(DATA, TOKEN) as standin, talking(standin, terms(record=tmp_path)) as talk:
        assert ask(talk) == 200
        assert len(standin.seen) == 2
    clock = Clock()
    with talking(NOWHERE, terms(replay=tmp_path), clock=clock) as talk:
        talk.url = standin.url
        assert ask(talk) == 200
        assert clock.waits == []


def test_what_was_not_asked_because_of_a_limit_is_the_same_hole_in_a_replay(tmp_path: Path) -> None:
    paths = (API, f"{API}/keys", f"{API}/hooks")
    with (
        StandIn(DATA, TOKEN) as standin,
        talking(standin, terms(tmp_path / "http", record=tmp_path / "r")) as talk,
    ):
        first = [outcome(talk, API)]
        talk.wire.pacing.block(("rest",), 3000, "the limit is spent")
        told = first + [outcome(talk, path) for path in paths[1:]]
        assert [outcome(talk, path) for path in paths] == told, "what is recorded is answered whatever the limit says"
        assert len(standin.seen) == 1
        url = standin.url
    for on_limit in OnLimit:
        clock = Clock()
        with talking(url, terms(replay=tmp_path / "r", on_limit=on_limit), clock=clock) as talk:
            assert [outcome(talk, path) for path in paths] == told
            assert clock.waits == []
    assert isinstance(told[0][0], int)
    assert [getattr(hole, "why", None) for (hole,) in told[1:]] == [Why.RATE_LIMITED] * 2
    assert getattr(told[1][0], "detail", "") == "the limit is spent"


def test_what_was_not_asked_then_is_asked_when_the_recording_goes_on(tmp_path: Path) -> None:
    with StandIn(DATA, TOKEN) as standin:
        with talking(standin, terms(tmp_path / "http", record=tmp_path / "r")) as talk:
            talk.wire.pacing.block(("rest",), 3000, "the limit is spent")
            with pytest.raises(Unreadable):
                talk.get(API)
        with talking(standin, terms(tmp_path / "later", record=tmp_path / "r")) as talk:
            assert talk.get(API).status == 200
