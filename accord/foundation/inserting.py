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
    columns = ", ".join(connection.ops.quote_name(name) for name in (*names, *(str(field.column) for field in others)))
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({places})"  # noqa: S608 (names of columns)
    full = ((*row, *defaults) for row in rows)
    with connection.cursor() as cursor:
        while batch := list(islice(full, _BATCH)):
            cursor.executemany(statement, batch)
