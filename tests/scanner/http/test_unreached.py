"""A forge that is not there says in plain words why, and what to do."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from scanner.core.evidence import Unreadable, Why
from scanner.http.limits import Limits
from scanner.http.unreached import CERTIFICATE, NETWORK, unreached
from scanner.http.wire import Request, Wire
from tests.builders_github import TOKEN
from tests.builders_wire import Clock, Talk, terms

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)


@contextmanager
def listening() -> Iterator[socket.socket]:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server


def asked(url: str, seconds: float = 5.0) -> Unreadable:
    with closing(Wire(url, None, Limits(exchange_seconds=seconds))) as wire, pytest.raises(Unreadable) as caught:
        wire.exchange(Request(f"{url}/x", "GET /x"))
    return caught.value


def test_nobody_listens() -> None:
    with listening() as server:
        port = server.getsockname()[1]
    problem = asked(f"http://127.0.0.1:{port}").hole
    assert (problem.why, problem.detail) == (Why.UNREACHABLE, "GET /x failed: 127.0.0.1 refused the connection")
    assert problem.closes == NETWORK


def test_somebody_listens_and_never_answers() -> None:
    with listening() as server:
        problem = asked(f"http://127.0.0.1:{server.getsockname()[1]}", 0.2).hole
    assert problem.detail == "GET /x failed: 127.0.0.1 did not answer within 0.2 seconds"


def test_a_name_that_is_none() -> None:
    problem = asked("https://forge.invalid").hole
    assert problem.detail == "GET /x failed: no address is known for forge.invalid (DNS)"


def test_a_dead_proxy_is_named_as_the_way_and_its_address_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening() as server:
        port = server.getsockname()[1]
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:{TOKEN}@127.0.0.1:{port}")
    problem = asked("https://forge.invalid").hole
    assert problem.detail.endswith(" (through the proxy that the environment names)")
    assert TOKEN not in problem.detail + problem.closes


def test_what_is_no_tls_at_all() -> None:
    certificate = ssl.SSLCertVerificationError("self-signed certificate")
    for error, said in ((certificate, "certificate of forge.example is not trusted"), (ssl.SSLError("x"), "TLS")):
        lost = httpx.ConnectError("secret of the address")
        lost.__cause__ = error
        problem = unreached("GET /x", "https://forge.example/x", lost, 5, proxied=False).hole
        assert said in problem.detail
        assert problem.closes == CERTIFICATE
        assert "secret" not in problem.detail


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (httpx.ProxyError("x"), "the proxy did not lead to forge.example"),
        (httpx.ConnectTimeout("x"), "no connection to forge.example within 5 seconds"),
        (httpx.ReadTimeout("x"), "forge.example did not answer within 5 seconds"),
        (httpx.ConnectError("x"), "no connection to forge.example"),
        (httpx.RemoteProtocolError("x"), "the connection to forge.example broke off"),
        (RuntimeError("closed"), "the connection to forge.example broke off"),
        (httpx.InvalidURL("x"), "the address cannot be used"),
        (httpx.DecodingError("x"), "the answer of forge.example cannot be unpacked"),
    ],
)
def test_each_failure_in_words(error: Exception, said: str) -> None:
    problem = unreached("GET /x", "https://forge.example/x", error, 5, proxied=True).hole
    assert problem.detail == f"GET /x failed: {said}"
    assert problem.closes


def test_a_forge_that_is_not_there_is_not_tried_again_for_a_minute(tmp_path: Path) -> None:
    with listening() as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
    clock = Clock()
    for conversation in (terms(tmp_path / "cache", record=tmp_path / "rec"), terms(replay=tmp_path / "rec")):
        talk, holes = Talk(url, conversation, Limits(tries=3), clock), []
        for path in ("/first", "/second"):
            with pytest.raises(Unreadable) as caught:
                talk.get(path)
            holes.append(caught.value.hole)
        assert holes[0] == holes[1]
        assert holes[0].detail == "GET /first failed: 127.0.0.1 refused the connection"
        clock.now += 61
        with pytest.raises(Unreadable, match="GET /third"):
            talk.get("/third")
        talk.wire.close()
    assert clock.waits == [1.0, 2.0, 1.0, 2.0], "two calls with three tries each; a replay waits for nothing"
