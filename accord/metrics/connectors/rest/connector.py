"""A REST source: settings in, rows out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from accord.metrics.connectors.contract import Cursor, Page, Probed, Row, Settings
from accord.metrics.connectors.fingerprints import fingerprint
from accord.metrics.connectors.guard import Guard
from accord.metrics.connectors.paths import compile_path
from accord.metrics.connectors.rest.auth import Signer, absolute
from accord.metrics.connectors.rest.exchange import Exchange
from accord.metrics.connectors.rest.paging import Pages, Question
from accord.metrics.connectors.rest.rows import RowReader
from accord.metrics.connectors.rest.settings import FROM_PROBE, RestSettings, Stream, read_rest
from accord.metrics.connectors.rest.since import Window, questions, window
from accord.metrics.connectors.secrets import Secret
from accord.metrics.connectors.settings_reading import is_zone
from accord.metrics.connectors.waits import REAL, Waits
from accord.metrics.errors.connectors import IdentityNotProved, RowsMissing, SettingsNotUnderstood, UnknownStream

_NOBODY = frozenset({"anonymous", "guest", "nobody", "public", "none", "null", "0", "匿名", "访客"})


class RestConnector:
    """Reads streams over HTTP. The account is proved before the first rows of every run."""

    def __init__(self, settings: RestSettings, secret: Secret, guard: Guard, waits: Waits = REAL) -> None:
        self._settings = settings
        self._exchange = Exchange(settings, Signer(settings.auth, secret, settings.base), guard, waits)
        self._waits = waits
        self._account: Probed | None = None

    def probe(self) -> Probed:
        self._exchange.hasty = True
        try:
            totals = {name: self._total(stream) for name, stream in self._settings.streams.items() if stream.total}
            return replace(self._proved(), totals=totals)
        finally:
            self._exchange.hasty = False

    def sample(self, stream: str, most: int = 20) -> list[Row]:
        self._exchange.hasty = True
        rows: list[Row] = []
        try:
            for page in self._pages(self._stream(stream), {}):
                rows += page.rows
                if len(rows) >= most or not page.rows:
                    break
        finally:
            self._exchange.hasty = False
        return rows[:most]

    def read(self, stream: str, cursor: Cursor) -> Iterator[Page]:
        return self._pages(self._stream(stream), cursor)

    def close(self) -> None:
        self._exchange.close()

    def _stream(self, name: str) -> Stream:
        try:
            return self._settings.streams[name]
        except KeyError:
            raise UnknownStream(stream=name) from None

    def _proved(self) -> Probed:
        """Who we are to the source, asked once. Raises IdentityNotProved."""
        if self._account is None:
            self._account = self._asked_who() if self._settings.probe.path else Probed("")
        return self._account

    def _asked_who(self) -> Probed:
        probe, base = self._settings.probe, self._settings.base
        answer = self._exchange.ask(httpx.Request("GET", absolute(base, probe.path))).json
        identity = str(compile_path(probe.identity)(answer) or "").strip()
        expected = not probe.expect or identity == probe.expect
        if not identity or identity.casefold() in _NOBODY or not expected:
            raise IdentityNotProved(host=base.host)
        zone = compile_path(probe.zone)(answer) if probe.zone else ""
        return Probed(identity, zone if isinstance(zone, str) else "")

    def _total(self, stream: Stream) -> int | None:
        pages = Pages(stream, self._settings.base)
        [(params, values), *_] = questions(stream, self._window(stream, {}))
        return _number(stream, self._exchange.ask(pages.request(pages.first(params, values))).json)

    def _window(self, stream: Stream, cursor: Cursor) -> Window:
        account = self._proved()
        zone = account.zone if self._settings.zone == FROM_PROBE else self._settings.zone
        known = bool(zone) and is_zone(zone)
        if cursor.get("of") != fingerprint(stream):
            cursor = {}
        return window(cursor, zone if known else "UTC", self._exchange.ahead, is_unsure=not known)

    def _pages(self, stream: Stream, cursor: Cursor) -> Iterator[Page]:
        """The pages; the cursor moves with the last one."""
        asked = self._window(stream, cursor)
        reader = RowReader(stream, ZoneInfo(asked.zone))
        begun = self._source_time()
        page = Page([], cursor)
        for params, values in questions(stream, asked):
            for following in self._walk(stream, reader, cursor, params, values):
                if page.rows:
                    yield page
                page = following
                begun = begun or self._source_time()
        reader.finish()
        reached = asked.cursor(reader.newest, begun)
        yield replace(page, cursor={**reached, "of": fingerprint(stream)} if reached else {})

    def _walk(
        self, stream: Stream, reader: RowReader, cursor: Cursor, params: dict[str, Any], values: dict[str, object]
    ) -> Iterator[Page]:
        """One way through the stream from its first page to its last."""
        pages = Pages(stream, self._settings.base)
        question: Question | None = pages.first(params, values)
        keys: set[str] = set()
        total = None
        while question:
            answer = self._exchange.ask(pages.request(question))
            rows, total = reader.rows(answer.json), _number(stream, answer.json)
            found = [row["_key"] for row in rows]
            keys.update(found)
            question = pages.after(question, answer, found, total)
            yield Page(rows, cursor, total)
        if total is not None and len(keys) < total:
            raise RowsMissing(stream=stream.name, told=total, found=len(keys))

    def _source_time(self) -> datetime | None:
        ahead = self._exchange.ahead
        return None if ahead is None else self._waits.now() + ahead - timedelta(seconds=1)


def open_rest(settings: Settings, secret: Secret, guard: Guard, waits: Waits = REAL) -> RestConnector:
    """Raises SettingsNotUnderstood."""
    read, problems = read_rest(settings)
    if problems:
        raise SettingsNotUnderstood(problems)
    return RestConnector(read, secret, guard, waits)


def _number(stream: Stream, answer: Any) -> int | None:
    value = compile_path(stream.total)(answer) if stream.total else None
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
