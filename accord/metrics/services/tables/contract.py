"""What ingest asks of the table of values."""

from __future__ import annotations

from typing import Protocol

import polars as pl

KEY = ("period", "series_id")


class MeasurementTable(Protocol):
    """The table `measurements`. Frames are sorted by KEY and name each key once; values are whole millionths.

    All calls belong to one transaction that begins with `take_turn`.
    """

    def take_turn(self) -> None:
        """Wait until no other ingest is under way, so that what is read here still holds when it is written."""
        ...

    def add_series(self, pairs: pl.DataFrame) -> None:
        """Make the series of `metric_id` and `subject` (see accord.metrics.services.series) unless they exist."""
        ...

    def lookup(self, keys: pl.DataFrame) -> pl.DataFrame:
        """The stored `value` of each of `keys` that has one; values of other keys may be among them."""
        ...

    def insert(self, values: pl.DataFrame, batch_id: int) -> None:
        """Write `value` and `row` of keys that have no value yet."""
        ...

    def revise(self, values: pl.DataFrame, batch_id: int) -> None:
        """Keep the stored values as revisions and put `value` and `row` in their place."""
        ...

    def withdraw(self, keys: pl.DataFrame, batch_id: int, row: int) -> int:
        """Keep those stored values of `keys` whose row is `row` as revisions and delete them. Return how many.

        `row` is one of those that say how a value was worked out: Measurement.COMPUTED, Measurement.FROM_ROWS.
        """
        ...

    def clear(self, period: int) -> None:
        """Take every value and revision of a period out of the database, without a trace here."""
        ...
