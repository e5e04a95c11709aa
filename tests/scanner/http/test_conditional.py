"""Unchanged answers cost nothing, changed ones are read, and no cache tells one token what another may see."""

from __future__ import annotations

import gzip
import json
import os
import re
import sqlite3
import stat
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest

from scanner.core.evidence import Unreadable
from scanner.demo.forge import ForgeData
from scanner.demo.standin import Fault, StandIn
from scanner.http.conditional import Conditional
from scanner.http.limits import Limits
from scanner.http.wire import Answer
from tests.builders_github import ACME, API, DATA, TOKEN, data
from tests.builders_wire import KEY, talking, terms

PATHS = ("/repos/acme/api", "/repos/acme/api/keys", "/orgs/acme/repos?per_page=100")


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn(DATA, TOKEN) as running:
        yield running


def _statuses(standin: StandIn) -> list[int]:
    return [status for _, status in standin.answered]


def test_the_second_time_every_answer_is_a_304_and_the_same_bytes(standin: StandIn, tmp_path: Path) -> None:
    with talking(standin, terms(tmp_path / "http")) as talk:
        first = [talk.get(path).body for path in PATHS]
    with talking(standin, terms(tmp_path / "http")) as talk:
        again = [talk.get(path) for path in PATHS]
        assert [a.body for a in again] == first
        assert [a.status for a in again] == [200, 200, 200]
        assert (talk.calls.traffic.rest, talk.calls.traffic.unchanged) == (3, 3)
    assert _statuses(standin) == [200] * 3 + [304] * 3
    assert standin.budget.left["core"] == 5000 - 3


def test_what_changed_is_read_anew_in_one_request_and_cached_in_turn(standin: StandIn, tmp_path: Path) -> None:
    with talking(standin, terms(tmp_path / "http")) as talk:
        talk.get("/repos/acme/api")
        standin.data = data(description="Renamed")
        for _ in range(2):
            assert json.loads(talk.get("/repos/acme/api").body)["description"] == "Renamed"
        standin.data = data(description="Again")
        for _ in range(2):
            assert json.loads(talk.get("/repos/acme/api").body)["description"] == "Again"
    assert _statuses(standin) == [200, 200, 304, 200, 304]


def test_the_link_to_the_next_page_survives_a_304(tmp_path: Path) -> None:
    many = ForgeData(ACME, tuple(replace(API, name=f"r{n}") for n in range(3)))
    with StandIn(many, TOKEN) as standin, talking(standin, terms(tmp_path / "http")) as talk:
        first = talk.get("/orgs/acme/repos?per_page=2")
        again = talk.get("/orgs/acme/repos?per_page=2")
        assert again.headers["link"] == first.headers["link"]
        assert 'rel="next"' in again.headers["link"]


def test_limits_are_those_of_the_304_not_of_the_answer_kept(standin: StandIn, tmp_path: Path) -> None:
    with talking(standin, terms(tmp_path / "http")) as talk:
        talk.get("/repos/acme/api")
        standin.budget.left["core"] = 77
        assert talk.get("/repos/acme/api").headers["x-ratelimit-remaining"] == "77"
        left = talk.calls.traffic.rest_left
        assert left is not None
        assert left.remaining == 77


@pytest.mark.parametrize("fault", [Fault.FORBIDDEN, Fault.HIDDEN, Fault.GATEWAY, Fault.BUSY, Fault.EMPTY])
def test_a_refusal_is_never_kept_and_never_hides_behind_what_was_kept(
    standin: StandIn, tmp_path: Path, fault: Fault
) -> None:
    with talking(standin, terms(tmp_path / "http"), Limits(tries=1)) as talk:
        body = talk.get("/repos/acme/api").body
        standin.faults = ((re.compile("."), fault),)
        with pytest.raises(Unreadable):
            talk.get("/repos/acme/api")
        standin.faults = ()
    with talking(standin, terms(tmp_path / "other")) as talk:
        assert talk.get("/repos/acme/api").body == body


def test_nothing_is_served_unasked_however_fresh_it_says_it_is(tmp_path: Path) -> None:
    given: list[dict[str, str]] = []
    fresh = {
        "last-modified": "Sat, 01 Jan 2000 00:00:00 GMT",
        "expires": "Fri, 01 Jan 2100 00:00:00 GMT",
        "cache-control": "public, max-age=31536000, immutable",
    }

    def send(added: Mapping[str, str]) -> Answer:
        given.append(dict(added))
        return Answer(200, fresh, b"{}") if not added else Answer(304, {}, b"")

    cache = Conditional(tmp_path, "n")
    for _ in range(3):
        assert cache.exchange("https://git.example/x", "*/*", send).body == b"{}"
    cache.close()
    assert given == [{}] + [{"if-modified-since": fresh["last-modified"]}] * 2


def test_an_answer_that_changes_is_kept_once(standin: StandIn, tmp_path: Path) -> None:
    with talking(standin, terms(tmp_path / "http")) as talk:
        for number in range(5):
            standin.data = data(description=f"number {number}")
            talk.get("/repos/acme/api")
    connection = sqlite3.connect(tmp_path / "http/answers.db")
    (live,) = connection.execute("SELECT count(*) FROM entries WHERE expires_at IS NULL").fetchone()
    connection.close()
    assert live == 1


def test_one_tokens_answers_are_never_shown_under_another(tmp_path: Path) -> None:
    with StandIn(DATA) as standin:
        with talking(standin, terms(tmp_path / "http"), token="token-one") as talk:
            talk.get("/repos/acme/api")
        with talking(standin, terms(tmp_path / "http"), token="token-two") as talk:
            talk.get("/repos/acme/api")
            assert talk.calls.traffic.unchanged == 0
        assert _statuses(standin) == [200, 200]


def _every_form(folder: Path) -> bytes:
    """All bytes of the cache, and what is packed or paged inside it."""
    whole = b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())
    connection = sqlite3.connect(folder / "answers.db")
    for (chunk,) in connection.execute("SELECT chunk_data FROM streams"):
        whole += gzip.decompress(chunk) if chunk[:2] == b"\x1f\x8b" else chunk
    for (about,) in connection.execute("SELECT data FROM entries"):
        whole += about
    connection.close()
    return whole


def test_no_token_and_no_found_secret_is_in_the_cache(tmp_path: Path) -> None:
    planted = "AKIA" + "QX4ZT7WMLKP3NR6Y"
    with StandIn(data(description=f"key {planted} of us"), TOKEN) as standin:
        with talking(standin, terms(tmp_path / "http")) as talk:
            for path in (*PATHS, "/repos/acme/api/secret-scanning/alerts"):
                talk.get(path)
            assert b"key *** of us" in talk.get("/repos/acme/api").body
        kept = _every_form(tmp_path / "http")
    assert b"acme/api" in kept
    assert b"secret-scanning/alerts" not in kept
    for hidden in (TOKEN, planted, "Bearer", "Authorization", "authorization", KEY.decode()):
        assert hidden.encode() not in kept


def test_answers_on_secret_scanning_are_asked_whole_every_time(standin: StandIn, tmp_path: Path) -> None:
    with talking(standin, terms(tmp_path / "http")) as talk:
        for _ in range(2):
            talk.get("/repos/acme/api/secret-scanning/alerts")
    assert _statuses(standin) == [200, 200]


def test_the_cache_is_its_users_alone(standin: StandIn, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with talking(standin, terms(tmp_path / "http")) as talk:
            talk.get("/repos/acme/api")
            modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "http").glob("answers.db*")}
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "http").stat().st_mode) == 0o700
    assert modes["answers.db"] == 0o600
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize("damage", ["no database", "another table", "cut", "a folder"])
def test_a_damaged_cache_is_no_cache(standin: StandIn, tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "http"
    path = folder / "answers.db"
    with talking(standin, terms(folder)) as talk:
        body = talk.get("/repos/acme/api").body
    for beside in folder.glob("answers.db*"):
        whole = beside.read_bytes()
        beside.unlink()
    if damage == "no database":
        path.write_bytes(b"x" * 5000)
    elif damage == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    elif damage == "another table":
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE entries (mine TEXT)")
        connection.close()
    else:
        path.mkdir()
    with talking(standin, terms(folder)) as talk:
        assert talk.get("/repos/acme/api").body == body
        assert talk.get("/repos/acme/api").body == body
    assert len(standin.seen) == 3


def test_a_folder_that_cannot_be_made_is_no_cache(standin: StandIn, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with talking(standin, terms(tmp_path / "file" / "http")) as talk:
        assert talk.get("/repos/acme/api").status == 200


def _worker(given: tuple[str, str, int]) -> int:
    url, folder, number = given
    with talking(url, terms(Path(folder))) as talk:
        for turn in range(20):
            body = json.loads(talk.get(f"/repos/acme/{('api', 'site')[(turn + number) % 2]}").body)
            assert body["name"] in ("api", "site")
        return talk.calls.traffic.unchanged


def test_workers_share_it(standin: StandIn, tmp_path: Path) -> None:
    with talking(standin, terms(tmp_path / "http")) as talk:
        talk.get("/repos/acme/api")
        talk.wire.release()
        with ProcessPoolExecutor(4, mp_context=get_context("fork")) as pool:
            unchanged = list(pool.map(_worker, [(standin.url, str(tmp_path / "http"), n) for n in range(4)]))
        assert talk.get("/repos/acme/api").status == 200
    assert len(standin.seen) == 1 + 80 + 1
    assert sum(unchanged) + 1 == _statuses(standin).count(304)
    assert sum(unchanged) >= 70, "workers did not see what others had asked"


def test_an_answer_too_long_or_too_slow_is_cut_below_the_cache(standin: StandIn, tmp_path: Path) -> None:
    limits = Limits(exchange_seconds=0.3, body_bytes=100_000, tries=1)
    for fault in (Fault.HUGE, Fault.SLOW, Fault.SLOW_HEADERS, Fault.REDIRECT_AWAY):
        standin.faults = ((re.compile("."), fault),)
        with talking(standin, terms(tmp_path / "http"), limits) as talk:
            with pytest.raises(Unreadable):
                talk.get("/repos/acme/api")
            standin.faults = ()
            assert talk.get("/repos/acme/api").status == 200


def test_a_redirect_after_a_rename_is_followed_on_the_same_host(standin: StandIn, tmp_path: Path) -> None:
    standin.faults = ((re.compile("/repos/acme/api$"), Fault.MOVED),)
    with talking(standin, terms(tmp_path / "http")) as talk:
        for _ in range(2):
            assert json.loads(talk.get("/repos/acme/api").body)["name"] == "api"
        assert talk.calls.requests == 4
    assert _statuses(standin) == [301, 200, 301, 304]


@pytest.mark.parametrize("path", ["/repos/acme/api", "/repos/acme/api/keys"])
def test_a_damaged_answer_is_not_the_forges_whatever_the_forge_says_of_it(
    standin: StandIn, tmp_path: Path, path: str
) -> None:
    with talking(standin, terms(tmp_path / "http")) as talk:
        first = talk.get(path).body
    with sqlite3.connect(tmp_path / "http/answers.db") as connection:
        connection.execute("UPDATE streams SET chunk_data = substr(chunk_data, 1, length(chunk_data) / 2)")
    connection.close()
    with talking(standin, terms(tmp_path / "http")) as talk:
        assert [talk.get(path).body for _ in range(3)] == [first] * 3
    assert _statuses(standin) == [200, 304, 200, 200, 304], "asked anew, then kept anew"
