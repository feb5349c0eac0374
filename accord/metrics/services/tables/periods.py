"""Reading what a period holds."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from django.db import connection

from accord.metrics.services.frames import read_frame
from accord.metrics.services.tables.contract import KEY

FOUND = {"period": pl.Int32, "series_id": pl.Int64, "value": pl.Int64}
# Reading a whole period in the order of its key costs a fraction of looking up every key of it.
WORTH = 4

_COUNT = "SELECT count(*) FROM (SELECT 1 FROM measurements WHERE period = %s LIMIT %s) AS counted"
_ALL = "SELECT period, series_id, value FROM measurements WHERE period = %s"


def split(keys: pl.DataFrame) -> tuple[list[pl.DataFrame], list[pl.DataFrame]]:
    """Everything in the periods of which `keys` name a good part, and the keys to look up in other periods.

    Periods without any value are in neither list.
    """
    whole, single = [], []
    for period, part in _by_period(keys.select(KEY)):
        most = part.height * WORTH
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [period, most + 1])
            (count,) = cursor.fetchone()
        if count > most:
            single.append(part)
        elif count:
            whole.append(read_frame(_ALL, FOUND, [period]))
    return whole, single


def _by_period(keys: pl.DataFrame) -> Iterator[tuple[int, pl.DataFrame]]:
    for part in keys.partition_by("period", maintain_order=True):
        yield part.item(0, "period"), part
