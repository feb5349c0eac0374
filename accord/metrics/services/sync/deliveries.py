"""A delivery of rows as it was sent: read, judged as a whole, taken once, and answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from accord.domain.row_mapping import explain_refusal
from accord.foundation.language import readers_language
from accord.metrics.connectors.contract import Row
from accord.metrics.connectors.push import pushed_rows
from accord.metrics.errors.connectors import SettingsNotUnderstood, SourceFailed, UnknownStream
from accord.metrics.errors.push import (
    PushKeyMissing,
    PushNotUnderstood,
    PushRowsRefused,
    PushTooLarge,
)
from accord.metrics.models import Connection, SyncRun
from accord.metrics.services.sync.pushing import digest_of, take_push

MOST_ROWS, MOST_BYTES, LONGEST_KEY = 10_000, 8 << 20, 100
_MOST_REASONS, _MOST_TRIED = 100, 1_000


def take_delivery(connection: Connection, body: bytes, key: str) -> dict[str, Any]:
    """Take `body`, a JSON list of rows or {"rows": […], "stream": "…"}, under the idempotency `key`; the answer.

    Rows that are no rows refuse the whole delivery with a reason each (PushRowsRefused); rows that only cannot count
    are named in the answer, and all others are taken.
    """
    if not key or len(key) > LONGEST_KEY:
        raise PushKeyMissing
    stream, raws = _rows(connection, body)
    if len(raws) > MOST_ROWS:
        raise too_large()
    _require_objects(raws)
    rows = _read(connection, stream, raws)
    return answer_of(take_push(connection, {stream: rows}, key, digest_of(body)))


def too_large() -> PushTooLarge:
    """The error of a delivery that is too large."""
    return PushTooLarge(rows=MOST_ROWS, megabytes=MOST_BYTES >> 20)


def answer_of(run: SyncRun) -> dict[str, Any]:
    """What a program is told of a delivery; the same however often it asks."""
    language = readers_language()
    refusals = [
        {**refusal, "message": explain_refusal(refusal["code"], refusal["values"], language)}
        for refusal in run.refusals
    ]
    counts = {name: getattr(run, name) for name in ("read", "created", "changed", "same", "refused")}
    return {"run": run.pk, **counts, "refusals": refusals}


def _rows(connection: Connection, body: bytes) -> tuple[str, list[Any]]:
    try:
        sent = json.loads(body, parse_float=Decimal, parse_constant=str)
    except (ValueError, RecursionError):
        raise PushNotUnderstood from None
    streams = connection.settings.get("streams") or {"rows": {}}
    stream = next(iter(streams))
    if isinstance(sent, dict):
        stream, sent = sent.get("stream", stream), sent.get("rows")
    if not isinstance(sent, list) or not isinstance(stream, str) or not stream.isprintable():
        raise PushNotUnderstood
    return stream, sent


def _require_objects(raws: list[Any]) -> None:
    sentence = explain_refusal("row_not_an_object", {}, readers_language())
    wrong = [place for place, raw in enumerate(raws, 1) if not isinstance(raw, dict)]
    if wrong:
        raise PushRowsRefused([_reason(place, "row_not_an_object", sentence) for place in wrong[:_MOST_REASONS]])


def _read(connection: Connection, stream: str, raws: list[Any]) -> list[Row]:
    try:
        return pushed_rows(connection.settings, stream, raws)
    except (SettingsNotUnderstood, UnknownStream):
        raise
    except SourceFailed as error:
        # It broke at one row: those that cannot be read by themselves are named, or else the delivery as a whole.
        reasons = list(islice(_reasons(connection, stream, raws[:_MOST_TRIED]), _MOST_REASONS))
        raise PushRowsRefused(reasons or [_reason(0, error.code, str(error))]) from error


def _reasons(connection: Connection, stream: str, raws: list[Any]) -> Iterator[dict[str, Any]]:
    for place, raw in enumerate(raws, 1):
        try:
            pushed_rows(connection.settings, stream, [raw])
        except SourceFailed as error:
            yield _reason(place, error.code, str(error))


def _reason(place: int, code: str, message: str) -> dict[str, Any]:
    """Why row number `place` cannot be read; 0 is all of them."""
    return {"row": place, "code": code, "message": message}
