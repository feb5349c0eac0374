"""What is kept of rows, and for how long.

A row keeps its fields until KEPT after the end of the period that it counts in: a year and a bit, so that a year's
scores can be opened down to the row while they are talked about. After that the row keeps its key, its link and what it
counts for, so that its values stay what they are; what the source said of people in it is gone. A row that counts for
nothing goes altogether, UNUSED_KEPT after it last changed: a quarter later, for others may look it up as long as they
have their fields.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from accord.domain.periods import Frequency, Period

KEPT = timedelta(days=400)
UNUSED_KEPT = KEPT + timedelta(days=100)
_BARE = """
    UPDATE source_rows SET fields = NULL
    WHERE fields IS NOT NULL AND EXISTS (SELECT 1 FROM mapped_rows AS m WHERE m.row_id = source_rows.id)
    AND NOT EXISTS (SELECT 1 FROM mapped_rows AS m WHERE m.row_id = source_rows.id AND NOT ({old}))
"""
_UNUSED = """
    DELETE FROM source_rows
    WHERE read_at < %s AND NOT EXISTS (SELECT 1 FROM mapped_rows AS m WHERE m.row_id = source_rows.id)
"""


def forget_old_rows(now: datetime) -> tuple[int, int]:
    """Take the fields of rows that are old enough, and delete old rows that count for nothing; returns how many."""
    last_day = (now - KEPT).date()
    oldest = [(frequency, Period.of(last_day, frequency).key) for frequency in Frequency]
    # Periods of one frequency sort by time; the one that holds the last day has not been over for long enough.
    old = " OR ".join("m.period >= %s AND m.period < %s" for _ in oldest)
    bounds = [bound for frequency, key in oldest for bound in (frequency * 1_000_000, key)]
    before = connection.ops.adapt_datetimefield_value(now - UNUSED_KEPT)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BARE.format(old=old), bounds)
        bared = int(cursor.rowcount)
        cursor.execute(_UNUSED, [before])
        return bared, int(cursor.rowcount)
