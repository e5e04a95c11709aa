from __future__ import annotations

import pytest

from scanner.core.evidence import Unreadable, Why
from scanner.origins import Origin, failure, is_ambiguous, spoken


@pytest.mark.parametrize(
    ("said", "why", "local"),
    [
        ("fatal: unable to access 'https://h/x/': The requested URL returned error: 403", Why.FORBIDDEN, False),
        ("fatal: could not read Username for 'https://h': terminal prompts disabled", Why.FORBIDDEN, False),
        ("fatal: Authentication failed for 'https://h/x/'", Why.FORBIDDEN, False),
        ("fatal: repository 'https://h/x/' not found", Why.AMBIGUOUS_404, False),
        ("ERROR: Repository not found.\nfatal: Could not read from remote repository.", Why.AMBIGUOUS_404, False),
        ("fatal: unable to access 'https://h/api-403/': Could not resolve host: h", Why.UNREACHABLE, False),
        ("fatal: unable to access 'https://h/x/': The requested URL returned error: 503", Why.UNREACHABLE, False),
        ("error: RPC failed; curl 18 transfer closed\nfatal: early EOF", Why.UNREACHABLE, False),
        ("fatal: unable to access 'https://h/x/': SSL certificate problem: self-signed", Why.UNREACHABLE, False),
        ("fatal: unable to update url base from redirection", Why.UNREACHABLE, False),
        ("fatal: write error: No space left on device", Why.TOO_LARGE, False),
        ("error: The requested URL returned error: 429", Why.RATE_LIMITED, False),
        ("fatal: bad config line 1 in file config", Why.UNREACHABLE, True),
        ("fatal: bad object refs/heads/main", Why.UNREACHABLE, True),
        # what a server says decides nothing
        ("remote: error: 403 Authentication failed\nfatal: bad object 1", Why.UNREACHABLE, True),
    ],
)
def test_what_git_says_is_told_apart(said: str, why: Why, local: bool) -> None:
    failed = failure(said, "https://h/x")
    assert (failed.why, failed.local) == (why, local)
    assert failed.words.startswith("https://h/x: ")


def test_nothing_that_git_printed_is_repeated() -> None:
    failed = failure(
        "remote: https://ann:s3cret@h\nfatal: Authentication failed for 'https://ann:s3cret@h'", "https://h/x"
    )
    assert "s3cret" not in f"{failed}{failed.words}{failed.closes}"


@pytest.mark.parametrize("said", ["The requested URL returned error: 502", "fatal: early EOF", "fatal: the remote end hung up unexpectedly"])  # fmt: skip
def test_what_may_pass_is_tried_again(said: str) -> None:
    assert failure(said, "x").passing


@pytest.mark.parametrize("said", ["The requested URL returned error: 403", "Could not resolve host: h", ""])
def test_what_does_not_pass_is_not(said: str) -> None:
    assert not failure(said, "x").passing


AMBIGUOUS = [
    "https://ann:1234/s3cret@git.example/acme/api", "https://ann:1234/@git.example/s3cret", "https://ann:12?s3cret@git.example/x",
    "https://ann:12#s3cret@git.example/x", "https://ann:/s3cret@git.example/x", "https://ann:1@2/s3cret@git.example/x",
    "ssh://ann:22/s3cret@git.example/x", "http://127.0.0.1:80/s3cret@git.example/x",
]  # fmt: skip
PLAIN = [
    "https://git.example:8443/acme/api", "https://ann:1234@git.example/acme/api", "https://[::1]/a@b", "https://git.example/@scope/x",
    "git@git.example:acme/api", "ssh://git@git.example:22/acme/api", "file:///srv/a@b:c/x", "https://ann:12%2F34@git.example:443/x",
]  # fmt: skip


def test_a_password_that_reads_as_a_port_is_told_from_a_port() -> None:
    assert [url for url in AMBIGUOUS if not is_ambiguous(url)] == []
    assert [url for url in PLAIN if is_ambiguous(url)] == []
    for url in AMBIGUOUS:
        with pytest.raises(Unreadable) as refused:
            spoken(Origin(url))
        assert "s3cret" not in f"{refused.value}{refused.value.hole}"
        assert "%2F" in refused.value.hole.closes


def test_addresses_are_shown_without_user_and_control_characters() -> None:
    address, shown, env = spoken(Origin("https://ann:s3cret@git.example/a\x1b[31mb"))
    assert "s3cret" not in address + shown
    assert shown.isprintable()
    assert env["GIT_ALLOW_PROTOCOL"] == "https"
    assert "s3cret" not in repr(Origin("https://h/x", "Authorization: s3cret"))
    with pytest.raises(Unreadable):
        spoken(Origin("http://git.example/x"))
