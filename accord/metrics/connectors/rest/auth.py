"""Who we say we are. The secret is added where the request leaves, behind everything that writes logs."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import httpx

from accord.metrics.connectors.paths import compile_path
from accord.metrics.connectors.rest.settings import Auth
from accord.metrics.connectors.secrets import Secret
from accord.metrics.connectors.templates import filled
from accord.metrics.connectors.transports import Headers
from accord.metrics.errors.connectors import AnswerRefused, SignInRefused

Ask = Callable[[httpx.Request], Any]
"""Sends a request without signing it and returns the decoded answer."""


class Signer:
    """Signs what goes to the source itself, and nothing that goes elsewhere."""

    def __init__(self, auth: Auth, secret: Secret, base: httpx.URL) -> None:
        self._auth = auth
        self._secret = secret
        self._base = base
        self._token = Secret()

    @property
    def needs_token(self) -> bool:
        """A token has to be fetched before anything can be asked."""
        return self._auth.kind in ("oauth2", "login") and not self._token

    def forget_token(self) -> bool:
        """After a 401: whether there was a token that may simply have run out."""
        had, self._token = bool(self._token), Secret()
        return had

    def fetch_token(self, ask: Ask) -> None:
        """Raises SignInRefused where the answer has none."""
        answer = ask(self._token_request())
        token = compile_path(self._auth.token)(answer)
        if not token or not isinstance(token, str):
            raise SignInRefused(host=self._base.host, answer="–")
        self._token = Secret(token)

    def sign(self, request: httpx.Request) -> tuple[Headers, httpx.URL]:
        """Headers to add, and the address to ask."""
        if "unsigned" in request.extensions or not same_origin(request.url, self._base):
            return self._instead(request), request.url
        kind = self._auth.kind
        if kind == "basic":
            pair = f"{self._auth.user}:{self._secret.reveal()}".encode()
            return [(b"Authorization", b"Basic " + base64.b64encode(pair))], request.url
        if kind == "query":
            return [], request.url.copy_set_param(self._auth.name, self._worded(self._secret))
        if kind in ("header", "token"):
            return [(self._auth.name.encode(), self._worded(self._secret).encode())], request.url
        if kind in ("oauth2", "login") and self._token:
            return [(self._auth.name.encode(), self._worded(self._token).encode())], request.url
        return [], request.url

    def _instead(self, request: httpx.Request) -> Headers:
        """Clients of OAuth2 prove themselves to whoever hands out tokens."""
        if self._auth.kind == "oauth2" and "unsigned" in request.extensions:
            pair = f"{self._auth.user}:{self._secret.reveal()}".encode()
            return [(b"Authorization", b"Basic " + base64.b64encode(pair))]
        return []

    def _worded(self, secret: Secret) -> str:
        return f"{self._auth.scheme} {secret.reveal()}".strip()

    def _token_request(self) -> httpx.Request:
        address = absolute(self._base, self._auth.address)
        if self._auth.kind == "login":
            body = filled(dict(self._auth.body or {}), {"secret": self._secret.reveal()})
            return httpx.Request("POST", address, json=body, extensions={"unsigned": True})
        form = {"grant_type": "client_credentials"} | ({"scope": self._auth.scope} if self._auth.scope else {})
        return httpx.Request("POST", address, data=form, extensions={"unsigned": True})


def same_origin(one: httpx.URL, other: httpx.URL) -> bool:
    return (one.scheme, one.host, _port(one)) == (other.scheme, other.host, _port(other))


def absolute(base: httpx.URL, path: str) -> httpx.URL:
    """`path` below `base`; a whole address stays what it is. Raises AnswerRefused where neither can be asked."""
    is_whole = path.startswith(("https://", "http://"))
    try:
        return httpx.URL(path if is_whole else f"{str(base).rstrip('/')}/{path.lstrip('/')}")
    except httpx.InvalidURL:
        raise AnswerRefused(host=base.host, path=path[:100], answer="–") from None


def _port(url: httpx.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)
