"""Adding very many rows at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models

_BATCH = 20_000


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of plain values for the columns `names` of a model; all other columns get their defaults.

    Ten times as fast as making objects. Values are given as the database takes them: days as ISO text, keys as
    numbers.
    """
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    others = [field for field in fields if field.column not in names]
    blank = model()
    defaults = tuple(field.get_db_prep_save(field.pre_save(blank, True), connection) for field in others)
    columns = (*names, *(str(field.column) for field in others))
    fill_table(model._meta.db_table, columns, ((*row, *defaults) for row in rows))


def fill_table(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows to a table by the fastest way its database has: COPY, or many values prepared once.

    Without `columns` the rows have all of them, in the table's order.
    """
    into = f"{table} ({', '.join(connection.ops.quote_name(name) for name in columns)})" if columns else table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        left = iter(rows)
        while batch := list(islice(left, _BATCH)):
            places = ", ".join(["%s"] * len(batch[0]))
            cursor.executemany(f"INSERT INTO {into} VALUES ({places})", batch)  # noqa: S608 (names only)
