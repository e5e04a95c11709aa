import json
import time

import pytest

from scanner.http.redaction import without_addresses, without_secrets
from tests.builders_wire import terms

URL = "https://api.github.com/repos/acme/api"
PERSONAL = "ghp_" + "a8Kd3jFq92LmZx7Rt5Vb1Nc6Wy4Pe0Su8GhQ"


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ({"temp_clone_token": "AB\"C\\", "name": "api"}, {"temp_clone_token": "***", "name": "api"}),
        ({"secret": "x" * 50, "state": "open"}, {"secret": "***", "state": "open"}),
        ({"config": {"secret": "********", "url": "u"}}, {"config": {"secret": "***", "url": "u"}}),
        ({"secret": None}, {"secret": None}),
        ({"secret": ""}, {"secret": ""}),
        ({"runners_token": "GR1"}, {"runners_token": "***"}),
        ({"body": f"use {PERSONAL} now"}, {"body": "use *** now"}),
        ({"body": '"token": "no value but text"'}, {"body": '"token": "no value but text"'}),
        ({"value": "kept"}, {"value": "kept"}),
        ({"secret_scanning": {"status": "enabled"}}, {"secret_scanning": {"status": "enabled"}}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("indent", [None, 2])
def test_credentials_go_and_all_else_stays(value: object, kept: object, indent: int | None) -> None:
    assert json.loads(without_secrets(json.dumps(value, indent=indent).encode(), URL)) == kept


def test_the_values_of_variables_go() -> None:
    body = b'[{"key": "DEPLOY", "value": "hunter2"}]'
    assert (
        without_secrets(body, "https://gitlab.com/api/v4/projects/1/variables?page=1")
        == b'[{"key": "DEPLOY", "value": "***"}]'
    )


def test_an_address_becomes_the_same_pseudonym_everywhere_and_another_another() -> None:
    stands_for = terms().address
    body = b'{"a": "Ada@x.org", "b": "<ada@x.org>", "c": "bob@x.org", "d": "ada\\u0040x.org", "ssh_url": "git@github.com:a/b.git"}'
    once = without_addresses(body, stands_for)
    found = json.loads(once)
    assert found["a"] == found["d"] == found["b"].strip("<>") == stands_for("ada@x.org")
    assert found["c"] not in (found["a"], "bob@x.org")
    assert found["ssh_url"] == "git@github.com:a/b.git"
    assert b"x.org" not in once
    assert without_addresses(once, stands_for) == once, "what was redacted once stays as it is"
    assert stands_for("ada@x.org") != terms().__class__(key=b"z" * 32).address("ada@x.org")


@pytest.mark.parametrize("text", ["actions/checkout@v4", "left@1.2.3", "@octokit/openapi", "a @ b.org", "x@y", "me@"])
def test_what_is_no_address_stays(text: str) -> None:
    assert without_addresses(text.encode(), terms().address) == text.encode()


@pytest.mark.parametrize("piece", [b"a", b"a@", b"a.", b"@a.", b'"secret": "', b"ghp_", b"\\", b'"token":"\\'])
def test_hostile_text_takes_no_time(piece: bytes) -> None:
    started = time.process_time()
    without_addresses(without_secrets(piece * (2_000_000 // len(piece)), URL), terms().address)
    assert time.process_time() - started < 5


def test_an_escaped_at_is_an_address_and_the_text_of_an_escape_stays() -> None:
    told = without_addresses(rb'["a.b\u0040x.org", "\\u0040", "\\\u0040y"]', lambda _: "somebody")
    assert json.loads(told) == ["somebody", "\\u0040", "\\@y"]
