"""HTTP to the addresses that the guard checked, and to no others: no proxies, no second look at the name."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import cast

import httpcore
import httpx

from accord.metrics.connectors.guard import Guard

Headers = list[tuple[bytes, bytes]]
Signer = Callable[[httpx.Request], tuple[Headers, httpx.URL]]
"""What goes out for a request: with the secret, which the request itself never holds, so that no log can."""


class CheckedBackend(httpcore.SyncBackend):
    """Opens connections to addresses that were looked at; TLS still proves the name."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        *others, last = self._guard.addresses(host, port)
        for address in others:
            try:
                return super().connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return super().connect_tcp(last, port, timeout, local_address, socket_options)


class CheckedTransport(httpx.BaseTransport):
    """The way out for one source. Errors are httpcore's; `connectors.rest.exchange` puts them into words."""

    def __init__(self, guard: Guard, sign: Signer) -> None:
        self._sign = sign
        self._pool = httpcore.ConnectionPool(_trusted(), max_connections=4, network_backend=CheckedBackend(guard))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        headers, url = self._sign(request)
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=[*request.headers.raw, *headers],
                content=cast(httpx.SyncByteStream, request.stream),
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        self._pool.close()


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates are believed; made once, as reading them takes long."""
    trusted = httpx.create_ssl_context()
    # A company's own authority stands in the system's store.
    trusted.load_default_certs()
    return trusted


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
