import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from scanner.core.evidence import Unreadable, Why
from scanner.demo.standin import Fault, StandIn
from scanner.http.limits import Limits
from scanner.http.secret import Secret
from scanner.http.wire import Answer, Request, Wire, origin
from tests.builders_github import DATA, TOKEN


@pytest.mark.parametrize(
    "url", ["ftp://x", "file:///etc/passwd", "https://user:pw@x", "https://user@x", "x", "http://", "https://x:y"]
)
def test_an_address_is_plain_http_without_credentials(url: str) -> None:
    with pytest.raises(ValueError, match=r"address|[Pp]ort"):
        origin(url)


def test_the_same_origin_is_scheme_host_and_port() -> None:
    wire = Wire("https://git.example/api/v3", None, Limits())
    assert not wire.refuses("https://git.example:443/other")
    assert not wire.refuses("https://GIT.example/other")
    for other in (
        "http://git.example/",
        "https://git.example:444/",
        "https://git.example.evil/",
        "https://x@git.example/",
        "//git.example",
    ):
        assert wire.refuses(other)
    wire.close()


def test_a_token_does_not_travel_in_the_clear() -> None:
    with pytest.raises(ValueError, match="https"):
        Wire("http://git.example", Secret(TOKEN), Limits())


def test_a_redirect_to_another_host_is_refused_and_sends_nothing_there() -> None:
    with StandIn(DATA, TOKEN) as elsewhere, StandIn(DATA, TOKEN, ((".", Fault.REDIRECT_AWAY),)) as standin:
        wire = Wire(standin.url, Secret(TOKEN), Limits())
        with pytest.raises(Unreadable, match="another host") as caught:
            wire.exchange(Request(f"{standin.url}/user", "GET /user"))
        assert caught.value.hole.why is Why.UNREACHABLE
        with pytest.raises(Unreadable, match="another host"):
            wire.exchange(Request(f"{elsewhere.url}/user", "GET /user"))
        assert elsewhere.seen == []
        wire.close()


def test_a_refused_connection_is_a_hole_without_the_token() -> None:
    with StandIn(DATA) as standin:
        url = standin.url
    wire = Wire(url, Secret(TOKEN), Limits())
    with pytest.raises(Unreadable, match="refused the connection") as caught:
        wire.exchange(Request(f"{url}/user", "GET /user"))
    assert caught.value.hole.why is Why.UNREACHABLE
    assert caught.value.__cause__ is None
    assert TOKEN not in f"{caught.value!r}"
    wire.close()


def test_a_body_over_the_limit_is_not_read_to_its_end() -> None:
    with StandIn(DATA, TOKEN, (("user", Fault.HUGE),)) as standin:
        wire = Wire(standin.url, Secret(TOKEN), Limits(body_bytes=100_000))
        with pytest.raises(Unreadable) as caught:
            wire.exchange(Request(f"{standin.url}/user", "GET /user"))
        assert caught.value.hole.why is Why.TOO_LARGE
        wire.close()


@pytest.mark.parametrize("fault", [Fault.SLOW, Fault.SLOW_HEADERS])
def test_an_answer_that_drips_is_cut_and_the_next_one_is_read(fault: Fault) -> None:
    with StandIn(DATA, TOKEN, (("user", fault),)) as standin:
        wire = Wire(standin.url, Secret(TOKEN), Limits(exchange_seconds=1.0))
        started = time.monotonic()
        with pytest.raises(Unreadable) as caught:
            wire.exchange(Request(f"{standin.url}/user", "GET /user"))
        assert time.monotonic() - started < 5
        assert caught.value.hole.why is Why.UNREACHABLE
        standin.faults = ()
        assert wire.exchange(Request(f"{standin.url}/user", "GET /user")).status == 200
        wire.close()


class _Answers(BaseHTTPRequestHandler):
    """Answers with the one header ``given``, as the forge would."""

    given: tuple[str, str]

    def do_GET(self) -> None:
        name, value = self.given
        self.send_response(301 if name == "Location" else 200)
        self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return None


def _answer_with(name: str, value: str) -> Answer:
    handler = type("_Given", (_Answers,), {"given": (name, value)})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        wire = Wire(url, Secret(TOKEN), Limits())
        try:
            return wire.exchange(Request(f"{url}/user", "GET /user"))
        finally:
            wire.close()
            server.shutdown()


def test_a_redirect_to_what_is_no_address_is_a_hole() -> None:
    with pytest.raises(Unreadable, match="no address") as caught:
        _answer_with("Location", "http://[")
    assert caught.value.hole.why is Why.UNREACHABLE


def test_a_credential_that_a_header_repeats_is_taken_out() -> None:
    assert _answer_with("Link", f"<https://x/?t={TOKEN}>").headers["link"] == "<https://x/?t=***>"
