"""Set-based SQL with places for other queries. Only texts of this code go into a statement; values are parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from django.db import connection
from django.db.models import QuerySet

T = TypeVar("T")

# Any number that nothing else in the product locks.
_LOCK = 7_2026_41


@dataclass(frozen=True)
class Statement:
    """A statement and the parameters of the queries that were put into its places, which come before its own."""

    sql: str
    params: tuple[Any, ...] = ()

    @classmethod
    def of(cls, query: QuerySet[Any, Any]) -> Statement:
        """The SELECT that the ORM would run."""
        sql, params = query.query.get_compiler(connection=connection).as_sql()
        return cls(sql, tuple(params))

    def fill(self, place: str, part: Statement) -> Statement:
        """This statement with `part` in `place`; places with parameters are filled from left to right."""
        return Statement(self.sql.replace(place, part.sql), self.params + part.params)

    def run(self, *params: Any) -> int:
        """Run it, and return the number of rows it wrote."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [*self.params, *params])
            return int(cursor.rowcount)

    def rows(self, *params: Any) -> Sequence[tuple[Any, ...]]:
        """Run it, and return all rows it gives back."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [*self.params, *params])
            return list(cursor.fetchall())


def one_at_a_time() -> None:
    """Let whoever changes alerts follow one another until the transaction ends; SQLite lets only one write anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def chunks(keys: Iterable[T], size: int = 1_000) -> Iterator[list[T]]:
    """Keys in lists no longer than what a statement may name."""
    left = iter(keys)
    while chunk := list(islice(left, size)):
        yield chunk
