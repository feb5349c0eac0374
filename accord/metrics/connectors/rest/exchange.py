"""One question and its answer: patient with what passes, quick with what does not, never endless."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn

import httpcore
import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type

from accord.foundation.backoff import backoff
from accord.metrics.connectors.guard import Guard
from accord.metrics.connectors.paths import compile_path
from accord.metrics.connectors.rest.auth import Signer, same_origin
from accord.metrics.connectors.rest.settings import RestSettings
from accord.metrics.connectors.transports import CheckedTransport
from accord.metrics.connectors.waits import Waits
from accord.metrics.errors.connectors import (
    AnswerCutShort,
    AnswerNotJson,
    AnswerRefused,
    AnswerTooLarge,
    AnswerTooSlow,
    ConnectionNotTrusted,
    NothingThere,
    RateLimited,
    RedirectRefused,
    RunTooLong,
    SignInRefused,
    SourceFailed,
    SourceUnreachable,
)

_ATTEMPTS, _HASTY_ATTEMPTS = 6, 2
_FIRST_PAUSE, _LONGEST_PAUSE, _HASTY_PAUSE = timedelta(seconds=1), timedelta(seconds=60), 5.0
_REDIRECTS = 3
_HEADERS = {"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "Accord"}
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Answer:
    json: Any
    headers: httpx.Headers
    url: httpx.URL


class _Passing(Exception):
    """A failure that may be gone in a moment; `after` is how many seconds the source itself asks us to wait."""

    def __init__(self, error: SourceFailed, after: float | None = None) -> None:
        super().__init__()
        self.error = error
        self.after = after


class Exchange:
    """The conversation with one source during one run.

    `ahead` is by how much the source's clock is before ours, None as long as it has not said. `hasty` is for somebody
    who waits before a page: few attempts, short pauses.
    """

    def __init__(self, settings: RestSettings, signer: Signer, guard: Guard, waits: Waits) -> None:
        self._settings = settings
        self._limits = settings.limits
        self._signer = signer
        self._waits = waits
        self._client = httpx.Client(
            transport=CheckedTransport(guard, signer.sign),
            timeout=httpx.Timeout(self._limits.seconds, connect=min(10, self._limits.seconds)),
            headers=_HEADERS,
            trust_env=False,
        )
        self._deadline = waits.monotonic() + self._limits.run_minutes * 60
        self._next_at = 0.0
        self._ok = compile_path(settings.ok_path)
        self.ahead: timedelta | None = None
        self.hasty = False

    def close(self) -> None:
        self._client.close()

    def ask(self, request: httpx.Request) -> Answer:
        """The decoded answer. Raises one of the errors above."""
        if self._signer.needs_token:
            self._signer.fetch_token(lambda asked: self._patiently(asked).json)
        try:
            return self._patiently(request)
        except SignInRefused as error:
            if error.values.get("answer") != 401 or not self._signer.forget_token():
                raise
        self._signer.fetch_token(lambda asked: self._patiently(asked).json)
        return self._patiently(request)

    def _patiently(self, request: httpx.Request) -> Answer:
        retrying = Retrying(
            retry=retry_if_exception_type(_Passing),
            wait=self._pause,
            stop=self._gives_up,
            sleep=self._waits.sleep,
            reraise=True,
        )
        try:
            return retrying(self._once, request)
        except _Passing as passing:
            raise passing.error from None

    def _pause(self, state: RetryCallState) -> float:
        failure = state.outcome.exception() if state.outcome else None
        if isinstance(failure, _Passing) and failure.after is not None:
            return failure.after
        return backoff(state.attempt_number, _FIRST_PAUSE, _LONGEST_PAUSE).total_seconds()

    def _gives_up(self, state: RetryCallState) -> bool:
        if self.hasty and state.upcoming_sleep > _HASTY_PAUSE:
            return True
        too_late = self._waits.monotonic() + state.upcoming_sleep > self._deadline
        return too_late or state.attempt_number >= (_HASTY_ATTEMPTS if self.hasty else _ATTEMPTS)

    def _once(self, request: httpx.Request) -> Answer:
        self._take_turn()
        host = request.url.host
        try:
            for _ in range(_REDIRECTS + 1):
                response = self._client.send(self._prepared(request), stream=True)
                try:
                    body = self._body(response)
                finally:
                    response.close()
                self._look_at_clock(response)
                following = _redirected(request, response)
                if following is None:
                    return self._judged(response, body)
                request = following
        except httpcore.TimeoutException:
            raise _Passing(AnswerTooSlow(host=host, limit=self._limits.seconds)) from None
        except (httpcore.RemoteProtocolError, httpcore.ReadError, zlib.error):
            raise _Passing(AnswerCutShort(host=host, path=request.url.path)) from None
        except httpcore.NetworkError as error:
            _refused_connection(error, host)
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, httpx.InvalidURL):
            raise AnswerRefused(host=host, path=request.url.path, answer="–") from None
        raise RedirectRefused(host=host)

    def _prepared(self, request: httpx.Request) -> httpx.Request:
        """The request with the headers and time limits of the client; its body can be sent again."""
        return self._client.build_request(
            request.method,
            request.url,
            headers=request.headers,
            content=request.read() or None,
            extensions=dict(request.extensions),
        )

    def _take_turn(self) -> None:
        """Wait until the next request is due, if the source allows only so many a minute."""
        now = self._waits.monotonic()
        if now >= self._deadline:
            raise RunTooLong(host=self._settings.base.host, limit=self._limits.run_minutes)
        if self._limits.per_minute:
            if self._next_at > now:
                self._waits.sleep(self._next_at - now)
            self._next_at = max(now, self._next_at) + 60 / self._limits.per_minute

    def _body(self, response: httpx.Response) -> bytes:
        """The whole body, stopped when it grows too large (also once unpacked) or takes too long."""
        too_late = self._waits.monotonic() + self._limits.seconds
        size, parts = 0, []
        for part in _unpacked(response):
            size += len(part)
            if size > self._limits.bytes:
                raise AnswerTooLarge(host=response.url.host, limit=max(1, self._limits.bytes >> 20))
            if self._waits.monotonic() > too_late:
                raise _Passing(AnswerTooSlow(host=response.url.host, limit=self._limits.seconds))
            parts.append(part)
        return b"".join(parts)

    def _look_at_clock(self, response: httpx.Response) -> None:
        try:
            said = parsedate_to_datetime(response.headers.get("Date", ""))
        except ValueError:
            return
        if said.tzinfo:
            self.ahead = said - self._waits.now()

    def _judged(self, response: httpx.Response, body: bytes) -> Answer:
        status, host, path = response.status_code, response.url.host, response.url.path
        if status in (401, 403):
            raise SignInRefused(host=host, answer=status)
        if status == 429 or (status == 503 and "Retry-After" in response.headers):
            raise _Passing(RateLimited(host=host), self._retry_after(response))
        if status in (404, 410):
            raise NothingThere(host=host, path=path)
        if status >= 500 or status in (408, 425):
            raise _Passing(AnswerRefused(host=host, path=path, answer=status))
        if status >= 300:
            raise AnswerRefused(host=host, path=path, answer=status)
        return Answer(self._decoded(response, body), response.headers, response.url)

    def _retry_after(self, response: httpx.Response) -> float | None:
        text = response.headers.get("Retry-After", "").strip()
        if text.isdecimal():
            return float(text)
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return None
        # The date is on the source's clock.
        now = self._waits.now() + (self.ahead or timedelta())
        return max(0.0, (_aware(moment) - now).total_seconds())

    def _decoded(self, response: httpx.Response, body: bytes) -> Any:
        host, path = response.url.host, response.url.path
        try:
            decoded = json.loads(_as_text(response, body), parse_constant=_no_number)
        except (ValueError, RecursionError):
            if _looks_like_json(body):
                raise _Passing(AnswerCutShort(host=host, path=path)) from None
            raise AnswerNotJson(host=host, path=path, found=_kind_of(response)) from None
        if self._settings.ok_path and str(self._ok(decoded)) not in self._settings.ok_values:
            raise AnswerRefused(host=host, path=path, answer=str(self._ok(decoded))[:20])
        return decoded


def _redirected(request: httpx.Request, response: httpx.Response) -> httpx.Request | None:
    """The same question at the place that the source sends us on to: another path of its own, and never elsewhere."""
    if not response.has_redirect_location:
        return None
    target = request.url.join(response.headers["Location"])
    if not same_origin(target, request.url) or request.method != "GET":
        raise RedirectRefused(host=request.url.host)
    return httpx.Request("GET", target, headers=request.headers, extensions=dict(request.extensions))


def _refused_connection(error: httpcore.NetworkError, host: str) -> NoReturn:
    if "CERTIFICATE" in str(error).upper():
        raise ConnectionNotTrusted(host=host) from None
    raise _Passing(SourceUnreachable(host=host)) from None


def _unpacked(response: httpx.Response) -> Iterator[bytes]:
    """The body in parts, each of a bounded size however well it was packed."""
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing in ("", "identity"):
        yield from response.iter_raw(_CHUNK)
        return
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise AnswerNotJson(host=response.url.host, path=response.url.path, found=packing)
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    for packed in response.iter_raw(_CHUNK):
        while packed:
            yield unpacker.decompress(packed, _CHUNK)
            packed = unpacker.unconsumed_tail
    yield unpacker.flush()
    if not unpacker.eof:
        raise zlib.error


def _as_text(response: httpx.Response, body: bytes) -> bytes | str:
    charset = (response.charset_encoding or "utf-8").lower()
    if charset in ("utf-8", "utf8"):
        return body
    try:
        return body.decode(charset)
    except LookupError:
        return body


def _looks_like_json(body: bytes) -> bool:
    return body.lstrip()[:1] in (b"{", b"[", b'"')


def _kind_of(response: httpx.Response) -> str:
    return response.headers.get("Content-Type", "").partition(";")[0].strip()[:60] or "–"


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
