"""PyGithub's requester over our own wire, so that its answers are bounded and its logs hold no credential."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, ItemsView

from github.Requester import HTTPRequestsConnectionClass, HTTPSRequestsConnectionClass, Requester, RequestsResponse

from scanner.http.wire import Answer

Fetch = Callable[[str], Answer]
"""A good answer (200 or 204) to GET ``path?query``, or Unreadable."""
_PASSED_ON = ("link", "x-oauth-scopes")
_SILENT = logging.getLogger("assay.pygithub")
_SILENT.setLevel(logging.CRITICAL + 1)


class _Response(RequestsResponse):
    """An answer in the form that PyGithub reads."""

    def __init__(self, answer: Answer) -> None:
        self.status = answer.status
        self._headers = {k: v for k, v in answer.headers.items() if k in _PASSED_ON}
        self._text = answer.body.decode("utf-8", "replace")

    def getheaders(self) -> ItemsView[str, str]:
        """The few headers that matter."""
        return self._headers.items()

    def read(self) -> str:
        """The whole body."""
        return self._text


def requester(base_url: str, fetch: Fetch, user_agent: str, api_version: str) -> Requester:
    """A PyGithub requester that gets everything through ``fetch``; it holds no credential and cannot write."""

    class Reader:
        def __init__(self, *_: object, **__: object) -> None:
            self._path = ""

        def request(self, verb: str, url: str, *_: object, **__: object) -> None:
            if verb != "GET":
                raise ValueError("Assay only reads")
            self._path = url

        def getresponse(self) -> RequestsResponse:
            return _Response(fetch(self._path))

        def close(self) -> None:
            pass

    class Connection(Reader, HTTPRequestsConnectionClass):
        pass

    class SecureConnection(Reader, HTTPSRequestsConnectionClass):
        pass

    class BoundedRequester(Requester):
        pass

    BoundedRequester.injectConnectionClasses(Connection, SecureConnection)
    BoundedRequester.injectLogger(_SILENT)
    return BoundedRequester(
        auth=None, base_url=base_url, timeout=30, user_agent=user_agent, per_page=100, verify=True, retry=None,
        pool_size=None, lazy=True, api_version=api_version,
    )  # fmt: skip


def is_json(answer: Answer) -> bool:
    """Whether the body is whole JSON; PyGithub would wrap anything else in a dictionary."""
    try:
        json.loads(answer.body)
    except (ValueError, RecursionError):
        return False
    return True
