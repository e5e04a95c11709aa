"""Conversations with a stand-in on given terms, on a clock that only waiting moves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from scanner.demo.standin import StandIn
from scanner.http.calls import Calls
from scanner.http.conversation import Conversation
from scanner.http.github.permissions import METADATA
from scanner.http.github.refusals import refusal
from scanner.http.limits import Limits
from scanner.http.secret import Secret
from scanner.http.wire import Answer, Request, Wire
from tests.builders_github import TOKEN

KEY = b"k" * 32


@dataclass
class Clock:
    """Time that passes only by waiting; ``waits`` are all of them."""

    now: float = 1_800_000_000.0
    waits: list[float] = field(default_factory=list)

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


def terms(folder: Path | None = None, **more: Any) -> Conversation:
    """A conversation that keeps its cache in ``folder``."""
    return replace(Conversation(folder=folder, key=KEY), **more)


class Talk:
    """What a client does, without a client: GET a path of ``url`` and judge the answer as GitHub's."""

    def __init__(self, url: str, conversation: Conversation, limits: Limits, clock: Clock, token: str = TOKEN) -> None:
        self.url = url
        self.wire = Wire(url, Secret(token), limits, "test", conversation, clock.time)
        self.calls = Calls(self.wire, limits, clock.sleep, clock.time)

    def get(self, path: str) -> Answer:
        asked = Request(f"{self.url}{path}", f"GET {path}", {"Accept": "application/vnd.github+json"})
        return self.calls.call(lambda _: asked, lambda a, r, p, now: refusal(a, r.label, p, now), METADATA)

    def query(self, name: str = "Q") -> Answer:
        body = json.dumps({"query": "", "operationName": name, "variables": {}}).encode()
        asked = Request(f"{self.url}/graphql", f"POST /graphql {name}", {}, body)
        return self.calls.call(lambda _: asked, lambda a, r, p, now: refusal(a, r.label, p, now), METADATA)

    def close(self) -> None:
        self.wire.close()


@contextmanager
def talking(
    standin: StandIn | str,
    conversation: Conversation,
    limits: Limits | None = None,
    clock: Clock | None = None,
    token: str = TOKEN,
) -> Iterator[Talk]:
    """A `Talk` with ``standin``, closed at the end."""
    url = standin if isinstance(standin, str) else standin.url
    with closing(Talk(url, conversation, limits or Limits(), clock or Clock(), token)) as talk:
        yield talk
