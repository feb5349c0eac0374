"""A look into a source: who it says we are, and some of its rows. Nothing of it is kept in the database.

Rows stay for some minutes in the memory of the server, so that a rule can be tried again and again without asking the
source each time. They belong to one edition of the settings: a change is looked at anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache

from accord.foundation.errors import BusinessError
from accord.metrics.connectors.contract import Probed, Row
from accord.metrics.connectors.registry import KINDS, open_connector
from accord.metrics.models import Connection
from accord.metrics.queries.connections import landed_sample

MOST_ROWS = 200
_MINUTES = 15
_HIDDEN = frozenset({"_key", "_link", "_stamp"})


@dataclass(frozen=True)
class Sample:
    """Some rows of each stream; `failure` where the source could not be read (then what came before it)."""

    rows: Mapping[str, list[Row]] = field(default_factory=dict)
    failure: BusinessError | None = None

    def fields(self, connection: Connection) -> dict[str, list[str]]:
        """The names of the fields of each stream: those of the settings, and without any those of the rows."""
        return {
            name: list(stream.get("fields") or {}) or _fields_of(self.rows.get(name, []))
            for name, stream in connection.settings.get("streams", {}).items()
        }


def probe(connection: Connection) -> Probed:
    """Ask the source who we are. Raises the sentence for whatever goes wrong."""
    with closing(open_connector(connection)) as connector:
        return connector.probe()


def sample_of(connection: Connection, *, anew: bool = False) -> Sample:
    """Some rows of every stream, from memory if they were read a moment ago."""
    key = f"metrics.sample.{connection.pk}.{connection.edition}"
    known = None if anew else cache.get(key)
    if known is not None:
        return Sample(known)
    if KINDS[connection.kind].is_pushed:
        return Sample(
            {stream: landed_sample(connection, stream, MOST_ROWS) for stream in connection.settings.get("streams", {})}
        )
    rows: dict[str, list[Row]] = {}
    try:
        with closing(open_connector(connection)) as connector:
            for stream in connection.settings.get("streams", {}):
                rows[stream] = connector.sample(stream, MOST_ROWS)
    except BusinessError as failure:
        return Sample(rows, failure)
    cache.set(key, rows, _MINUTES * 60)
    return Sample(rows)


def _fields_of(rows: list[Row]) -> list[str]:
    names: dict[str, Any] = {}
    for row in rows:
        names.update(dict.fromkeys(name for name in row if name not in _HIDDEN))
    return list(names)[:200]
