"""Keeping the rows of a reading: what is new, what has changed, what is gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import polars as pl
from django.db import connection

from accord.domain.row_mapping import Cells
from accord.metrics.errors.sync import SourceShrank
from accord.metrics.models import Connection
from accord.metrics.services.frames import FEW
from accord.metrics.services.sync.arriving import Arriving
from accord.metrics.services.sync.statements import cells_of, delete_among, stored_rows, upsert_rows

# A reading of everything may lose so many rows, or half of them, before somebody has to say that it is right.
FEW_ROWS = 20


@dataclass
class Landed:
    """What became of the rows of one stream. `moved` are those that came, changed or went, as they were and as they
    are now, where other streams look them up.
    """

    created: int = 0
    changed: int = 0
    same: int = 0
    written: set[int] = field(default_factory=set)
    removed: set[int] = field(default_factory=set)
    moved: list[Cells] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """What was read of a stream. `is_whole`: what is not in it is no longer there; `is_asked`: by somebody's hand."""

    rows: Arriving
    is_whole: bool = False
    is_asked: bool = False


def land(of: Connection, stream: str, reading: Reading, now: datetime, *, is_looked_up: bool) -> Landed:
    """Bring the rows of a stream to what was read, in the caller's transaction. Raises SourceShrank.

    What removed rows counted for is left to the caller. Rows so old that their fields are gone are never removed: they
    are history. Only of a stream that others look rows up in (`is_looked_up`) the rows are told as they were and are.
    """
    arrived = reading.rows.frame()
    stored = stored_rows(of, stream, None if reading.is_whole else arrived["key"].to_list())
    known = stored.rename({"digest": "before"}).drop("is_bare")
    compared = arrived.join(known, on="key", how="left", maintain_order="left")
    written = compared.filter(pl.col("before").ne_missing(pl.col("digest")))
    old = written["id"].drop_nulls().to_list()
    gone = _gone(stored, arrived) if reading.is_whole else []
    _require_plausible(of, reading, before=stored.height, gone=len(gone))
    landed = Landed(len(written) - len(old), len(old), len(compared) - len(written), removed=set(gone))
    if is_looked_up:
        landed.moved += (cells for _, cells in cells_of(of, stream, [*old, *gone]))
    upsert_rows(of, stream, written, str(connection.ops.adapt_datetimefield_value(now)))
    landed.written = _ids_of(of, stream, written["key"].to_list())
    delete_among("source_rows", "id", gone)
    if is_looked_up:
        landed.moved += (cells for _, cells in cells_of(of, stream, landed.written))
    return landed


def _gone(stored: pl.DataFrame, arrived: pl.DataFrame) -> list[int]:
    missing = stored.join(arrived, on="key", how="anti")
    return missing.filter(pl.col("is_bare") == 0)["id"].to_list()


def _ids_of(of: Connection, stream: str, keys: list[str]) -> set[int]:
    if not keys:
        return set()
    found = stored_rows(of, stream, keys)
    if len(keys) > FEW:
        found = found.filter(pl.col("key").is_in(keys))
    return set(found["id"])


def _require_plausible(of: Connection, reading: Reading, *, before: int, gone: int) -> None:
    """An account that suddenly sees less is no reason to take people's numbers away."""
    if not reading.is_asked and gone > FEW_ROWS and gone * 2 > before:
        raise SourceShrank(source=of.source.name, before=before, rest=before - gone)
