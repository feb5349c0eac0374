"""The few statements on the rows of sources that the ORM has no words for, on both databases."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

import polars as pl
from django.db import connection

from accord.domain.row_mapping import KEY, Cells
from accord.foundation.inserting import fill_table
from accord.metrics.models import Connection
from accord.metrics.services.frames import FEW, read_frame

T = TypeVar("T")
_STORED = {"id": pl.Int64, "key": pl.String, "digest": pl.Int64, "is_bare": pl.Int64}
_CELLS = {"id": pl.Int64, "key": pl.String, "fields": pl.String}
_SLICE = 20_000
_INTO = "INSERT INTO source_rows (connection_id, stream, key, fields, link, digest, read_at)"
_ON_CONFLICT = """
    ON CONFLICT (connection_id, stream, key) DO UPDATE SET
    fields = excluded.fields, link = excluded.link, digest = excluded.digest, read_at = excluded.read_at
"""
# Put together from the constants above alone.
_UPSERT = {
    "sqlite": f"""
        {_INTO} SELECT %s, %s, value ->> 0, value ->> 1, value ->> 2, value ->> 3, %s FROM json_each(%s) WHERE true
        {_ON_CONFLICT}
    """,  # noqa: S608
    "postgresql": f"""
        {_INTO} SELECT %s, %s, key, fields::jsonb, link, digest, %s
        FROM unnest(%s::text[], %s::text[], %s::text[], %s::bigint[]) AS arriving(key, fields, link, digest)
        {_ON_CONFLICT}
    """,  # noqa: S608
}
_FIELD = {"sqlite": "(SELECT value FROM json_each(fields) WHERE key = %s)", "postgresql": "(fields ->> %s)"}
MAPPED = ("mapping_id", "row_id", "identity_id", "subject", "period", "at", "value", "weight")


def sliced(values: Iterable[T]) -> Iterator[list[T]]:
    """`values` in slices that one statement can take."""
    left = iter(values)
    while part := list(islice(left, _SLICE)):
        yield part


def stored_rows(of: Connection, stream: str, keys: Collection[str] | None = None) -> pl.DataFrame:
    """`id`, `key` and `digest` of the rows of a stream, of these keys only (many count as all).

    `is_bare` is 1 for those that are so old that their fields are gone.
    """
    condition, parameters = ("TRUE", []) if keys is None or len(keys) > FEW else _among("key", keys)
    return read_frame(
        "SELECT id, key, digest, CASE WHEN fields IS NULL THEN 1 ELSE 0 END AS is_bare FROM source_rows"  # noqa: S608
        f" WHERE connection_id = %s AND stream = %s AND {condition}",
        _STORED,
        [of.pk, stream, *parameters],
    )


def upsert_rows(of: Connection, stream: str, rows: pl.DataFrame, read_at: str) -> None:
    """Add or replace rows (`key`, `fields`, `link`, `digest`)."""
    for part in rows.select("key", "fields", "link", "digest").iter_slices(_SLICE):
        if connection.vendor == "sqlite":
            parameters: list[Any] = [read_at, json.dumps(part.rows())]
        else:
            parameters = [read_at, *(column.to_list() for column in part.iter_columns())]
        with connection.cursor() as cursor:
            cursor.execute(_UPSERT[connection.vendor], [of.pk, stream, *parameters])


def delete_among(table: str, column: str, ids: Collection[int], **also: int) -> None:
    """Delete the rows of `table` whose `column` is one of `ids` (and whose other columns are what `also` says)."""
    more = "".join(f" AND {name} = %s" for name in also)
    for part in sliced(ids):
        condition, parameters = _among(column, part)
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE {condition}{more}", [*parameters, *also.values()])  # noqa: S608


def insert_mapped(rows: Iterable[Sequence[Any]]) -> None:
    """Add what rows give (MAPPED)."""
    fill_table("mapped_rows", MAPPED, rows)


def refresh_statistics(written: int) -> None:
    """Tell PostgreSQL's planner of very many new rows; until then it reads the tables whole to find a few of them."""
    if connection.vendor == "postgresql" and written >= _SLICE:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE source_rows, mapped_rows")


def cells_of(of: Connection, stream: str, ids: Collection[int] | None = None) -> Iterator[tuple[int, Cells]]:
    """The rows of a stream that still have their fields, with their ids; of these ids only."""
    for part in [None] if ids is None else sliced(ids):
        condition, parameters = ("TRUE", []) if part is None else _among("id", part)
        yield from _cells(of, stream, condition, parameters)


def cells_where(of: Connection, stream: str, name: str, texts: Collection[str]) -> Iterator[tuple[int, Cells]]:
    """The rows of a stream in which the field `name` is one of `texts` (many count as all)."""
    if len(texts) > FEW:
        yield from cells_of(of, stream)
    elif name == KEY:
        yield from _cells(of, stream, *_among("key", texts))
    elif texts:
        condition, parameters = _among(_FIELD[connection.vendor], texts)
        yield from _cells(of, stream, condition, [name, *parameters])


def read_keys(
    select: str, parameters: Sequence[Any], ids: Collection[int] | None, column: str
) -> list[tuple[Any, ...]]:
    """The rows that `select` (which ends in a WHERE) finds, with `column` among `ids` in slices; all without."""
    found: list[tuple[Any, ...]] = []
    for part in [None] if ids is None else sliced(ids):
        condition, more = ("TRUE", []) if part is None else _among(column, part)
        with connection.cursor() as cursor:
            cursor.execute(f"{select} AND {condition}", [*parameters, *more])
            found += cursor.fetchall()
    return found


def _cells(of: Connection, stream: str, condition: str, parameters: list[Any]) -> Iterator[tuple[int, Cells]]:
    frame = read_frame(
        "SELECT id, key, CAST(fields AS text) AS fields FROM source_rows"  # noqa: S608
        f" WHERE connection_id = %s AND stream = %s AND fields IS NOT NULL AND {condition}",
        _CELLS,
        [of.pk, stream, *parameters],
    )
    for pk, key, text in frame.iter_rows():
        yield pk, {**json.loads(text), KEY: key}


def _among(column: str, values: Collection[Any]) -> tuple[str, list[Any]]:
    """A condition that `column` is one of `values`, however many, with its one parameter."""
    if connection.vendor == "sqlite":
        return f"{column} IN (SELECT value FROM json_each(%s))", [json.dumps(list(values))]  # noqa: S608
    return f"{column} = ANY(%s)", [list(values)]
