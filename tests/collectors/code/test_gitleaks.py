"""The report of gitleaks; its line 514 is the text's second, since 512 empty ones stand before every text."""

from __future__ import annotations

import json

import pytest

from collectors.code.gitleaks import parse

ITEM = {
    "RuleID": "github-pat", "StartLine": 514, "Secret": "value-that-must-not-leak", "Match": "m", "File": "k.py", "Commit": "c" * 40,
    "Date": "2026-05-01T10:00:00Z", "Tags": [], "Email": "a@b.c",
}  # fmt: skip


def test_a_report_by_hand() -> None:
    (leak,) = parse(json.dumps([ITEM]).encode())
    assert (leak.rule, leak.path, leak.line, leak.value) == ("github-pat", "k.py", 2, "value-that-must-not-leak")


@pytest.mark.parametrize("report", [b"", b"[]", b"null"])
def test_no_leaks(report: bytes) -> None:
    assert parse(report) == ()


def test_a_broken_report_says_nothing_of_its_content() -> None:
    for item in ([ITEM | {"StartLine": "x"}], ["value-that-must-not-leak"], {"value-that-must-not-leak": 1}):
        with pytest.raises(ValueError, match="cannot be read") as caught:
            parse(json.dumps(item).encode())
        assert "must-not-leak" not in str(caught.value)
        assert caught.value.__cause__ is None
    with pytest.raises(ValueError, match="cannot be read"):
        parse(b'[{"Secret": "value')
    with pytest.raises(ValueError, match="cannot be read"):
        parse(b"[" * 100_000)


def test_a_leak_shows_itself_without_its_value() -> None:
    (leak,) = parse(json.dumps([ITEM]).encode())
    assert "must-not-leak" not in repr(leak)
    assert "must-not-leak" not in str([leak])
