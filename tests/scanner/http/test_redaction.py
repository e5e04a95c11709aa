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
        ({"token": 123456, "id": 7}, {"token": "***", "id": 7}),
        ({"password": -1.5e9, "id": 7}, {"password": "***", "id": 7}),
        ({"secret": False, "token": True}, {"secret": False, "token": True}),
        ({"secret": {"v": ["a]", {"b": "}"}], "n": 1}, "id": 7}, {"secret": "***", "id": 7}),
        ([{"token": ["a", ["b\\"]]}, {"token": []}, "c"], [{"token": "***"}, {"token": "***"}, "c"]),
        ({"private_key": {"password": "p"}, "x": {"password": "q", "y": 1}}, {"private_key": "***", "x": {"password": "***", "y": 1}}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("indent", [None, 2])
def test_credentials_go_and_all_else_stays(value: object, kept: object, indent: int | None) -> None:
    assert json.loads(without_secrets(json.dumps(value, indent=indent).encode(), URL)) == kept


@pytest.mark.parametrize(
    "secret",
    [
        PERSONAL, PERSONAL.replace("ghp_", "gho_"), PERSONAL.replace("ghp_", "ghs_") + ".x-y_z", "github_pat_" + "1aB_" * 20,
        "glpat-" + "x-Y1" * 6, "AKIA" + "Q3EG" * 4, "ASIA" + "Q3EG" * 4,
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE-/+=\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----",
        "-----BEGIN PGP PRIVATE KEY BLOCK-----\nlQOY\n-----END PGP PRIVATE KEY BLOCK-----",
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", " ", "\n", "\t", "=", "&", "\u00e9", "x", "key_"])
def test_what_has_the_form_of_a_credential_goes_wherever_it_stands(secret: str, before: str) -> None:
    value = {"deep": [{"any": f"{before}{secret}\n and on", secret: 1}], "id": 7}
    kept = {"deep": [{"any": f"{before}***\n and on", "***": 1}], "id": 7}
    for ascii_only in (True, False):
        body = json.dumps(value, ensure_ascii=ascii_only).encode()
        assert json.loads(without_secrets(body, URL)) == kept
        assert json.loads(without_secrets(body.replace(b"&", b"\\u0026").replace(b"=", b"\\u003d"), URL)) == kept


def test_a_key_that_is_cut_off_goes_to_the_end_of_its_text() -> None:
    body = json.dumps({"patch": '-----BEGIN PRIVATE KEY-----\nMIIE\\"', "next": "kept"}).encode()
    assert json.loads(without_secrets(body, URL)) == {"patch": "***", "next": "kept"}


def test_an_answer_that_is_cut_off_inside_a_credential_shows_none_of_it() -> None:
    for body in (b'{"id": 7, "secret": {"a": "hunter2"', b'{"id": 7, "token": ["hunter2", "hunt'):
        assert b"hunt" not in without_secrets(body, URL)


@pytest.mark.parametrize("value", ["hunter2", 123456, {"a": "hunter2"}, ["hunter2"]])
def test_the_values_of_variables_of_every_kind_go(value: object) -> None:
    body = json.dumps([{"key": "DEPLOY", "value": value}]).encode()
    hidden = json.loads(without_secrets(body, "https://gitlab.com/api/v4/projects/1/variables"))
    assert hidden == [{"key": "DEPLOY", "value": "***"}]


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


@pytest.mark.parametrize("piece", [b"a", b"a@", b"a.", b"@a.", b'"secret": "', b"ghp_", b"\\", b'"token":"\\', b'"token":{', b'{"token":[', b'"token":1', b"-----BEGIN PRIVATE KEY-----", b"-----END PRIVATE KEY", b"ghs_.", b"-"])  # fmt: skip
def test_hostile_text_takes_no_time(piece: bytes) -> None:
    started = time.process_time()
    without_addresses(without_secrets(piece * (2_000_000 // len(piece)), URL), terms().address)
    assert time.process_time() - started < 5


def test_an_escaped_at_is_an_address_and_the_text_of_an_escape_stays() -> None:
    told = without_addresses(rb'["a.b\u0040x.org", "\\u0040", "\\\u0040y"]', lambda _: "somebody")
    assert json.loads(told) == ["somebody", "\\u0040", "\\@y"]
