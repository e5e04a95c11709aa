"""python-gitlab over our own wire: the library shapes requests, the wire sends, bounds and repeats them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import partial

import gitlab
import requests
from gitlab._backends.requests_backend import RequestsBackend, RequestsResponse

from scanner.http.wire import Answer

Parameter = str | int


class _Reader:
    """What python-gitlab sends its requests through: GET only, answered by ``fetch``; it holds no credential."""

    client = None
    prepare_send_data = staticmethod(RequestsBackend.prepare_send_data)

    def __init__(self, fetch: Callable[[str], Answer]) -> None:
        self._fetch = fetch

    def http_request(self, *, method: str, url: str, params: Mapping[str, Parameter], **_: object) -> RequestsResponse:
        """The good answer to GET ``url`` as the library reads it; Unreadable for any other."""
        if method != "get":
            raise ValueError("Assay only reads")
        answer = self._fetch(requests.Request("GET", url, params=dict(params)).prepare().url or url)
        response = requests.Response()
        response.status_code = answer.status
        response.headers.update(answer.headers)
        response.raw = io.BytesIO(answer.body)
        return RequestsResponse(response)


def library(address: str, per_page: int, user_agent: str, fetch: Callable[[str], Answer]) -> gitlab.Gitlab:
    """A python-gitlab client that gets everything through ``fetch``: it is given neither token nor retries."""
    return gitlab.Gitlab(
        address, per_page=per_page, user_agent=user_agent, keep_base_url=True, backend=partial(_Reader, fetch)
    )
