"""Inbound push: the source sends its rows to us, and shows a token that we made."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from accord.metrics.connectors.contract import ConnectorKind, Cursor, Page, Probed, Problem, Row, Settings
from accord.metrics.connectors.guard import Guard
from accord.metrics.connectors.rest.rows import RowReader
from accord.metrics.connectors.rest.settings import Stream, read_pushed_stream
from accord.metrics.connectors.secrets import Secret
from accord.metrics.connectors.settings_reading import Reader
from accord.metrics.errors.connectors import NothingToFetch, SettingsNotUnderstood, UnknownStream

_MARK = "acp_"


def make_token() -> tuple[str, str]:
    """A new token, to be shown once, and what is stored of it."""
    token = _MARK + secrets.token_urlsafe(32)
    return token, stored_token(token)


def stored_token(token: str) -> str:
    """What may be stored of a token. It is long and made by chance, so a plain digest cannot be guessed backwards."""
    return f"sha256:{sha256(token.encode()).hexdigest()}"


def is_token(token: str, stored: str) -> bool:
    """Whether `token` is the one of which `stored` is kept; takes as long for a near miss as for a far one."""
    return bool(stored) and hmac.compare_digest(stored_token(token), stored)


@dataclass(frozen=True)
class PushSettings:
    zone: str
    streams: dict[str, Stream]


class PushConnector:
    """Nothing to ask: whoever looks for rows here is told so."""

    def probe(self) -> Probed:
        return Probed("")

    def sample(self, stream: str, most: int = 20) -> list[Row]:
        raise NothingToFetch

    def read(self, stream: str, cursor: Cursor) -> Iterator[Page]:
        raise NothingToFetch

    def close(self) -> None:
        return None


def pushed_rows(settings: Settings, stream: str, raws: Sequence[Any]) -> list[Row]:
    """Rows as they were sent, read as the settings say; where those name no fields, with all that was sent.

    Raises SettingsNotUnderstood, UnknownStream, and what is wrong with the rows as for any other source.
    """
    read, problems = read_push(settings)
    if problems:
        raise SettingsNotUnderstood(problems)
    if stream not in read.streams:
        raise UnknownStream(stream=stream)
    return RowReader(read.streams[stream], ZoneInfo(read.zone)).rows(list(raws))


def read_push(settings: Settings) -> tuple[PushSettings, list[Problem]]:
    reader = Reader(settings)
    reader.whole("v", 1, 1, 1)
    zone = reader.zone("zone", "UTC")
    streams = {name: read_pushed_stream(name, each) for name, each in reader.groups("streams")}
    if not streams:
        reader.problem("streams", _("at least one table is needed"))
    reader.finish()
    return PushSettings(zone, streams), reader.problems


def _open(settings: Settings, secret: Secret, guard: Guard) -> PushConnector:
    return PushConnector()


KIND = ConnectorKind(
    label=_("The system sends its rows to us"),
    description=_("For systems that cannot be reached from here, and for scripts: JSON with a token."),
    icon="cloud-upload",
    read_settings=lambda settings: read_push(settings)[1],
    open=_open,
    is_pushed=True,
)
