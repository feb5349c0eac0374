"""What every connector does, whatever it reads from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from accord.foundation.errors import Text
from accord.metrics.connectors.guard import Guard
from accord.metrics.connectors.secrets import Secret

Row = dict[str, Any]
"""The fields that the settings of the stream name, and three that each row has.

`_key` is what the source calls the row, `_link` where a person can open it ("" if nowhere), `_stamp` when it last
changed, as ISO 8601 with a zone (None where the source does not say). Every value is text, a number, a truth value,
None, or a list or mapping of those.
"""

Cursor = dict[str, Any]
"""How far a stream was read, in words of the connector's own; it can be kept as JSON. {} is: not at all."""

Settings = Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """Some rows of a stream. `cursor` may be kept once all rows up to and with this page are safe.

    It moves with the last page only: the pages before it come in no particular order. `total` is how many rows the
    source says it has, if it says so.
    """

    rows: list[Row]
    cursor: Cursor
    total: int | None = None


@dataclass(frozen=True)
class Probed:
    """What a source answers to the question who is asking.

    `identity` is the account that the secret belongs to ("" where a source cannot say), `zone` the time zone in which
    that account reads dates, `totals` how many rows each stream has, where the source tells.
    """

    identity: str
    zone: str = ""
    totals: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """What is wrong with the settings: where, as in `streams.tickets.key`, and what, in a sentence."""

    place: str
    sentence: Text
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.sentence) % self.values if self.values else str(self.sentence)


class Connector(Protocol):
    """An open source. Every way in which it can fail is a BusinessError of `metrics.errors.connectors`."""

    def probe(self) -> Probed:
        """Ask who we are. Raises IdentityNotProved where the answer does not show that the secret still counts."""

    def sample(self, stream: str, most: int = 20) -> list[Row]:
        """The first rows of a stream, at most `most`: to look at them, nothing is kept."""

    def read(self, stream: str, cursor: Cursor) -> Iterator[Page]:
        """All rows, or with a cursor those that were added or changed since. The same row may come more than once."""

    def close(self) -> None: ...


@dataclass(frozen=True)
class ConnectorKind:
    """A kind of source as the set-up page offers it. `fields` are what the secret is called there, "" if it needs none.

    `read_settings` says what is wrong with settings; `open` raises SettingsNotUnderstood for the same.
    """

    label: Text
    description: Text
    icon: str
    read_settings: Callable[[Settings], list[Problem]]
    open: Callable[[Settings, Secret, Guard], Connector]
    # Rows are sent to us: there is nothing to fetch, and no rhythm.
    is_pushed: bool = False
