"""The user's token and the client's secrets are in no byte that a scan leaves behind."""

from __future__ import annotations

import base64
import json
import os
import shutil
import sqlite3
import urllib.parse
import zlib
from pathlib import Path

import pytest

from reports.registry import formats
from scanner.demo.calendar import AS_OF
from scanner.demo.history import build
from scanner.demo.records import forge_data
from scanner.demo.repositories import ORGANISATION, REPOSITORIES
from scanner.demo.standin import StandIn
from tests.builders_hostile import Scan, Target, assay

TOKEN = "ghp_" + "Zq7" * 4 + "/+ not=really".replace(" ", "x") + "9Lm2"
# the shapes that scanners know, put together here so that no scanner finds them in this file
TREE = "AKIA" + "QX4ZT7WMLKP3NR6Y"
HISTORY = "ghp_" + "a8Kd3jFq92LmZx7Rt5Vb1Nc6Wy4Pe0Su8GhQ"
MESSAGE = "xoxb-" + "731904826511-731904826512-Kq8ZtWv3XyNfLm2RbJd7Hs9P"
NOTEBOOK = "glpat-" + "Xk3Rt9Lm2Qw7Zp5Vn8Bd"
PLANTED = {"tree": TREE, "history": HISTORY, "message": MESSAGE, "notebook": NOTEBOOK}

pytestmark = pytest.mark.xdist_group("secrecy")  # what they all read is made once, by one worker
WRAPPER = """#!{python} -I
import json, os, sys
with open({log!r}, "a") as log:
    log.write(json.dumps([sys.argv, dict(os.environ)]) + "\\n")
os.execv({git!r}, ["git", *sys.argv[1:]])
"""


def _planted(folder: Path) -> Path:
    made = Target(folder)
    cells = {"cells": [{"cell_type": "code", "source": [f'token = "{NOTEBOOK}"\n'], "outputs": []}], "nbformat": 4}
    kept = {b"deploy.sh": f"export AWS_ACCESS_KEY_ID={TREE}\n".encode(), b"look.ipynb": json.dumps(cells).encode()}
    first = made.commit(made.files({**kept, b"old.py": f'TOKEN = "{HISTORY}"\n'.encode()}), at=1_770_000_000)
    made.ref(made.commit(made.files(kept), [first], f"rotate {MESSAGE}\n\nwas {MESSAGE}".encode(), at=1_770_100_000))
    return folder


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Scan:
    top = tmp_path_factory.mktemp("secrecy")
    local = _planted(top / "planted.git")
    histories = {made.name: build(made, top / "forge" / f"{made.name}.git", AS_OF) for made in REPOSITORIES}
    advisories = Path(__file__).parents[2] / "scanner" / "demo" / "seeds" / "advisories"
    (top / "bin").mkdir()
    wrapper = top / "bin" / "git"
    real = shutil.which("git")
    assert real is not None
    wrapper.write_text(WRAPPER.format(python=shutil.which("python3"), log=str(top / "git.log"), git=real))
    wrapper.chmod(0o755)
    with StandIn(forge_data(histories, top / "forge", AS_OF), token=TOKEN) as forge:
        return assay(
            top / "home", "scan", f"github:{ORGANISATION}", str(local), "--as-of", str(AS_OF), "--advisories", str(advisories), "--json-logs",
            "--format", ",".join(formats()), "--out", str(top / "home" / "out"),
            ASSAY_GITHUB_URL=forge.url, ASSAY_GITHUB_TOKEN=TOKEN, PATH=f"{top / 'bin'}{os.pathsep}{os.environ['PATH']}",
        )  # fmt: skip


def _left_behind(done: Scan) -> dict[str, bytes]:
    """Every byte of output, by where it stands: files as they are, and what is compressed inside them."""
    out = {"stdout": done.stdout.encode(), "stderr": done.stderr.encode()}
    for path in sorted(p for p in done.folder.rglob("*") if p.is_file() and "mirrors" not in p.parts):
        out[str(path)] = path.read_bytes()
    for name, table, column in (
        ("data/assay/assay.db", "content", "body"),
        ("data/assay/assay.db", "assessment", "body"),
    ):
        connection = sqlite3.connect(done.folder / name)
        for number, (body,) in enumerate(connection.execute(f"SELECT {column} FROM {table}")):
            out[f"{name}:{table}:{number}"] = zlib.decompress(body)
        connection.close()
    connection = sqlite3.connect(done.folder / "cache/assay/blobs.db")
    out["cache"] = b"\n".join(value for (value,) in connection.execute("SELECT value FROM blob"))
    connection.close()
    return out


def _forms(value: str) -> set[bytes]:
    """A value as it is, percent-encoded, reversed, in UTF-16, and in base64 at each of the three offsets."""
    raw = value.encode()
    inner = {base64.b64encode(b"\0" * pad + raw)[4 if pad else 0 : -4] for pad in range(3)}
    return {
        raw,
        urllib.parse.quote(value, safe="").encode(),
        raw[::-1],
        value.encode("utf-16-le"),
        raw.hex().encode(),
    } | inner


def test_the_scan_read_the_forge_and_found_the_secrets(done: Scan) -> None:
    assert done.code == 0, done.stderr[-2000:]
    paths = {(f["subject"], f["path"]) for f in done.assessment["findings"] if f["subject"] == "repo:planted"}
    assert ("repo:planted", "deploy.sh") in paths
    assert ("repo:planted", "old.py") in paths
    assert ("repo:planted", "look.ipynb") in paths
    assert sum(s["subject"].startswith(f"repo:{ORGANISATION}/") for s in done.assessment["subjects"]) == len(
        REPOSITORIES
    )


@pytest.mark.parametrize("name", ["token", *PLANTED])
def test_no_byte_of_it_is_left_behind(done: Scan, name: str) -> None:
    value = TOKEN if name == "token" else PLANTED[name]
    left = _left_behind(done)
    assert sum(map(len, left.values())) > 500_000
    assert any("assessment" in where for where in left)
    assert [(where, form[:12]) for where, content in left.items() for form in _forms(value) if form in content] == []


def test_the_token_is_in_no_mirror(done: Scan) -> None:
    mirrors = [p for p in (done.folder / "cache/assay/mirrors").rglob("*") if p.is_file()]
    assert any(p.name == "packed-refs" or p.suffix == ".pack" for p in mirrors)
    assert [p for p in mirrors for form in _forms(TOKEN) if form in p.read_bytes()] == []


def test_no_child_of_ours_is_told_the_token(done: Scan) -> None:
    calls = [json.loads(line) for line in (done.folder.parent / "git.log").read_text().splitlines()]
    assert len(calls) > 50
    forms = [form.decode("latin-1") for form in _forms(TOKEN)]
    for argv, environ in calls:
        assert not any(form in word for form in forms for word in argv)
        # the mirrors are file URLs here: not even the environment may hold the header
        assert not any(form in value for form in forms for value in environ.values())


def test_logs_are_json_lines(done: Scan) -> None:
    events = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert {"planned", "phase", "ended", "step"} <= {e["event"] for e in events}
    assert "Traceback" not in done.stderr
