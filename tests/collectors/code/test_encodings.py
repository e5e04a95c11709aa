"""Expected values are those of gitleaks' own tests of its decoder (detect/codec/decoder_test.go, 8.30.1)."""

from __future__ import annotations

import base64
import re
from urllib.parse import quote

import pytest

from collectors.code.encodings import DEPTH, LOOK, decoded

CASES = {
    "bG9uZ2VyLWVuY29kZWQtc2VjcmV0LXRlc3Q=": "longer-encoded-secret-test",
    "token: bG9uZ2VyLWVuY29kZWQtc2VjcmV0LXRlc3Q=": "token: longer-encoded-secret-test",
    "": "",
    "some-encoded-secret=dGVzdC1zZWNyZXQtdmFsdWU=": "some-encoded-secret=test-secret-value",
    'some-encoded-secret="bG9uZ2VyLWVuY29kZWQtc2VjcmV0LXRlc3Q"': 'some-encoded-secret="longer-encoded-secret-test"',
    "Z2l0bGVha3M-PmZpbmRzLXNlY3JldHM": "gitleaks>>finds-secrets",
    "YjY0dXJsc2FmZS10ZXN0LXNlY3JldC11bmRlcnNjb3Jlcz8_": "b64urlsafe-test-secret-underscores??",
    "a3d3fa7c2bb99e469ba55e5834ce79ee4853a8a3": "a3d3fa7c2bb99e469ba55e5834ce79ee4853a8a3",
    "secret%3D%22q%24%21%40%23%24%25%5E%26%2A%28%20asdf%22": 'secret="q$!@#$%^&*( asdf"',
    'secret="466973684D617048756E6B79212121363334"': 'secret="FishMapHunky!!!634"',
    "secret=U+0061 U+0062 U+0063 U+0064 U+0065 U+0066": "secret=abcdef",
    r"secret=\\u0068\\u0065\\u006c\\u006c\\u006f\\u0020\\u0077": "secret=hello w",
    r"secret=\u0068\u0065\u006c\u006c\u006f 6C6F76656C792070656F706C65206F66206561727468": "secret=hello lovely people of earth",
}


def wholly(text: str) -> str:
    """Decoded until nothing is left to decode, as gitleaks' tests do."""
    now: bytes | None = text.encode()
    last = b""
    for _ in range(DEPTH):
        if now is None:
            break
        last, now = now, decoded(now, range(len(now)))
    return last.decode()


@pytest.mark.parametrize(("encoded", "plain"), CASES.items())
def test_what_gitleaks_decodes(encoded: str, plain: str) -> None:
    assert wholly(encoded) == plain
    assert wholly(quote(encoded)) == plain
    if encoded:
        assert wholly(encoded.encode().hex()) == plain


def test_only_lines_asked_for_are_decoded() -> None:
    run = base64.b64encode(b"a plain old sentence")
    assert decoded(run + b"\n" + run + b"\n", [len(run) + 3]) == run + b"\na plain old sentence\n"
    assert decoded(b"nothing here\n", range(12)) is None
    assert decoded(b"%00%01%02\n", range(9)) is None


def test_runs_of_code_points_go_over_lines() -> None:
    assert decoded(b"U+0061\nU+0062\n", [0, 7]) == b"ab"


def test_nothing_that_decodes_is_overlooked() -> None:
    text = bytes(range(0x20, 0x7F)) + b"\t\r\n" + bytes(range(0x7E, 0x20, -1))
    missed = []
    for start in range(100):
        for length in range(12, 40):
            for run in (
                base64.b64encode(text[start : start + length]),
                base64.urlsafe_b64encode(text[start : start + length]).rstrip(b"="),
            ):
                line = b"x = '" + run + b"'"
                if decoded(line, [6]) and not re.search(LOOK["base64"], line):
                    missed.append(run)
    assert missed == []
