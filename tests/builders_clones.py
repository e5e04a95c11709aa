"""A git server on this machine: git's own http-backend behind a small CGI server, with a token and with faults."""

from __future__ import annotations

import base64
import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from scanner.mirrors import Bounds, Mirror, mirrored
from scanner.origins import Origin
from tests.builders_hostile import Target, git


def fetched(
    address: str, folder: Path, header: str | None = None, bounds: Bounds | None = None, *, bundle: bool = False
) -> Mirror:
    """A mirror of ``address`` in ``folder``, which nobody holds any more."""
    with mirrored(Origin(address, header, bundle), folder, bounds or Bounds(60)) as made:
        return made


def large(folder: Path, megabytes: int = 2) -> Target:
    """A repository whose pack cannot be compressed below ``megabytes``."""
    made = Target(folder)
    made.ref(made.commit(made.files({b"noise": os.urandom(megabytes << 20), b"README.md": b"# R\n"}), []))
    return made


def tips(folder: Path) -> dict[str, str]:
    """Every branch and tag of a repository with its object, as plain git tells it."""
    lines = git(folder, "for-each-ref", "--format=%(refname) %(objectname)").decode().splitlines()
    return dict(line.split(" ", 1) for line in lines)


class GitServer:
    """Serves the bare repositories below ``root`` at ``url``. What may be set while it runs are the faults.

    ``token``: what requests must carry. ``cut``: packs end after so many bytes. ``refuse``: the status of the next
    answers, one each. ``pause``: seconds before each answer. ``stall``: packs stop coming half-way.
    """

    def __init__(self, root: Path, token: str | None = None) -> None:
        self.root, self.token = root, token
        self.cut, self.pause, self.stall = 0, 0.0, False
        self.refuse: list[int] = []
        self.seen: list[str] = []
        self.busiest = 0
        self.busy = 0
        self.lock = threading.Lock()
        self.ending = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def header(self) -> str:
        """The header line that opens it."""
        return f"Authorization: Basic {base64.b64encode(f'x-access-token:{self.token}'.encode()).decode()}"

    @contextmanager
    def running(self) -> Iterator[GitServer]:
        """The server, until the context ends."""
        thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.ending.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join(5)


def _handler(owner: GitServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            owner.seen.append(f"{self.command} {parts.path}")
            body = self._body()
            if owner.token is not None and self.headers.get("Authorization") != owner.header.partition(": ")[2]:
                return self._plain(401, {"WWW-Authenticate": 'Basic realm="git"'})
            if owner.refuse:
                return self._plain(owner.refuse.pop(0), {})
            with owner.lock:
                owner.busy += 1
                owner.busiest = max(owner.busiest, owner.busy)
            try:
                owner.ending.wait(owner.pause)
                self._backend(parts.path, parts.query, body)
            except OSError:
                self.close_connection = True
            finally:
                with owner.lock:
                    owner.busy -= 1

        def _body(self) -> bytes:
            if self.headers.get("Transfer-Encoding", "") != "chunked":
                return self.rfile.read(int(self.headers.get("Content-Length", "0")))
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def _plain(self, status: int, headers: Mapping[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _backend(self, path: str, query: str, body: bytes) -> None:
            env = {
                "PATH": os.environ["PATH"], "GIT_PROJECT_ROOT": str(owner.root), "GIT_HTTP_EXPORT_ALL": "1", "PATH_INFO": path,
                "QUERY_STRING": query, "REQUEST_METHOD": self.command, "REMOTE_ADDR": "127.0.0.1", "CONTENT_LENGTH": str(len(body)),
                "CONTENT_TYPE": self.headers.get("Content-Type", ""), "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(owner.root),
                "GIT_CONFIG_GLOBAL": os.devnull, "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*",
            }  # fmt: skip
            said = subprocess.run(["git", "http-backend"], env=env, input=body, capture_output=True, check=False).stdout
            head, _, content = said.partition(b"\r\n\r\n")
            headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
            self.send_response(int(headers.pop("Status", "200").split()[0]))
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            is_pack = b"PACK" in content
            if owner.stall and is_pack:
                self.wfile.write(content[: len(content) // 2])
                self.wfile.flush()
                owner.ending.wait(30)
                self.close_connection = True
            elif owner.cut and is_pack:
                self.wfile.write(content[: owner.cut])
                self.close_connection = True
            else:
                self.wfile.write(content)

    return Handler


def until(condition: object, seconds: float = 10) -> None:
    """Wait until ``condition()`` holds; AssertionError when it does not in time."""
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.02)
