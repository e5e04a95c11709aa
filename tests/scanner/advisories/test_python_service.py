import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scanner.advisories.python_service import PipAuditSource
from scanner.core.evidence import Unreadable, Why
from tests.builders_content import osv


class Stand(BaseHTTPRequestHandler):
    """Answers like the OSV service: one package is vulnerable, one breaks the server."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        name = asked["package"]["name"]
        record = osv(
            "GHSA-a", "PyPI", "flask", {"introduced": "0"}, {"fixed": "1.0"}, aliases=["CVE-2019-1"], summary="Bad"
        )
        answer = json.dumps({"vulns": [record]} if name == "flask" else {}).encode()
        self.send_response(500 if name == "broken" else 200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments: object) -> None:
        del arguments


@pytest.fixture
def url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Stand)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1/query"
    server.shutdown()
    server.server_close()
    thread.join()


def test_answers_of_the_service(url: str, tmp_path: Path) -> None:
    source = PipAuditSource(5, tmp_path, url)
    (match,) = source.match("PyPI", "Flask", "0.12")
    assert (match.id, match.aliases, match.fixed_in, match.summary) == ("CVE-2019-1", ("GHSA-a",), ("1.0",), "Bad")
    assert source.match("PyPI", "other", "1.0") == []
    assert not source.covers("npm")
    source.close()


def test_a_failing_service_is_a_hole_never_a_clean_bill(url: str, tmp_path: Path) -> None:
    source = PipAuditSource(5, tmp_path, url)
    with pytest.raises(Unreadable) as caught:
        source.match("PyPI", "broken", "1.0")
    assert caught.value.hole.why is Why.UNREACHABLE
    source.close()
    away = PipAuditSource(1, tmp_path, "http://127.0.0.1:9/v1/query")
    with pytest.raises(Unreadable):
        away.match("PyPI", "flask", "0.12")
    away.close()


def test_an_odd_version_is_not_assessed(url: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be compared"):
        PipAuditSource(5, tmp_path, url).match("PyPI", "flask", "0.1-bulbasaur")
