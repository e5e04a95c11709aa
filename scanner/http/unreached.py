"""Why a forge did not answer, in plain words, and what to do about it."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from scanner.core.evidence import Unreadable, Why

_ADDRESS = "the server's address (ASSAY_GITHUB_URL, ASSAY_GITLAB_URL)"
_TRY = "then try `assay doctor TARGET`"
NETWORK = f"check the network, the proxy (HTTPS_PROXY, NO_PROXY) and {_ADDRESS}, {_TRY}"
CERTIFICATE = f"name the file of your network's certificate authority in SSL_CERT_FILE, or check {_ADDRESS}, {_TRY}"
_DEEP = 10


class Unreached(Unreadable):
    """Not even a connection came about."""


def unreached(label: str, url: str, error: Exception, seconds: float, *, proxied: bool) -> Unreadable:
    """The hole that ``error`` leaves where ``url`` was asked for ``label``; ``proxied``: the proxy's variables are obeyed.

    Nothing of the error's own text is told, which may quote an address with credentials.
    """
    causes = tuple(_causes(error))
    said, closes = _reason(causes, urlsplit(url).hostname or "the server", seconds)
    way = " (through the proxy that the environment names)" if proxied and _has_proxy(url) else ""
    kind = Unreached if _is_unconnected(causes) else Unreadable
    return kind(Why.UNREACHABLE, f"{label} failed: {said}{way}", closes)


def _is_unconnected(causes: tuple[BaseException, ...]) -> bool:
    import httpx

    return any(isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError) for cause in causes)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(_DEEP):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _reason(causes: tuple[BaseException, ...], host: str, seconds: float) -> tuple[str, str]:
    import httpx  # slow to import, and an offline scan needs none of it

    def among(*kinds: type[BaseException]) -> bool:
        return any(isinstance(cause, kinds) for cause in causes)

    if among(httpx.ProxyError):
        return f"the proxy did not lead to {host}", NETWORK
    if among(socket.gaierror):
        return f"no address is known for {host} (DNS)", NETWORK
    if among(ssl.SSLCertVerificationError):
        return f"the certificate of {host} is not trusted on this machine", CERTIFICATE
    if among(ssl.SSLError):
        return f"no secure connection (TLS) could be made to {host}", CERTIFICATE
    if among(httpx.ConnectTimeout, httpx.PoolTimeout):
        return f"no connection to {host} within {seconds:g} seconds", NETWORK
    if among(httpx.TimeoutException):
        return f"{host} did not answer within {seconds:g} seconds", NETWORK
    if among(ConnectionRefusedError):
        return f"{host} refused the connection", NETWORK
    if among(httpx.ConnectError):
        return f"no connection to {host}", NETWORK
    if among(httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError):
        return "the address cannot be used", f"check {_ADDRESS}"
    if among(httpx.DecodingError):
        return f"the answer of {host} cannot be unpacked", NETWORK
    return f"the connection to {host} broke off", NETWORK


def _has_proxy(url: str) -> bool:
    parts = urlsplit(url)
    proxies = getproxies()
    return bool(proxies.get(parts.scheme) or proxies.get("all")) and not proxy_bypass(parts.hostname or "")
