"""The archive as the lines of an export, read in steps: a million records take no more memory than a thousand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from accord.workflow.models import ArchiveHead, ArchiveKey

STEP = 2_000

# Entries and payloads are joined from the left: what somebody took away is a gap that shows, not a row that is missing.
_ROWS = """
    SELECT records.seq, records.record, records.leaf, payloads.salt, payloads.payload, announcements.seq
    FROM archive_records records
    LEFT JOIN archive_entries entries ON entries.seq = records.seq
    LEFT JOIN archive_payloads payloads ON payloads.entry_id = entries.id
    LEFT JOIN archive_erasures erasures ON erasures.entry_id = entries.id
    LEFT JOIN archive_entries announcements ON announcements.id = erasures.announced_by_id
    WHERE records.seq > %s AND records.seq <= %s ORDER BY records.seq
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One record and its content, as they stand in `records.jsonl` and `payloads.jsonl`, and the hash of its leaf."""

    seq: int
    record: bytes
    payload: bytes
    leaf: bytes


def record_lines() -> Iterator[Line]:
    """All records in order, up to the newest when the end is reached.

    An erasure is sealed before the content is deleted. So every gap seen on the way is explained by a record that is
    still to come, and no transaction has to be held for the whole time.
    """
    seq = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_ROWS, [seq, seq + STEP])
            rows = cursor.fetchall()
        for number, record, leaf, salt, payload, erased_by in rows:
            content = f'"{salt}",{payload}' if salt is not None else f"null,{erased_by or 'null'}"
            line = f"[{number},{content}]\n"
            yield Line(number, record.encode() + b"\n", line.encode(), bytes(leaf))
        if not rows:
            return
        seq = rows[-1][0]


def head_lines(up_to: int | None = None) -> Iterator[tuple[int, bytes]]:
    """The heads in order, each with its size."""
    size = 0
    while True:
        heads = ArchiveHead.objects.filter(size__gt=size).order_by("size")
        if up_to is not None:
            heads = heads.filter(size__lte=up_to)
        rows = list(heads.values_list("size", "head")[:STEP])
        for size, head in rows:
            yield size, head.encode() + b"\n"
        if not rows:
            return


def key_lines(up_to: int) -> list[bytes]:
    """The statements of the keys that the first `up_to` records know of."""
    keys = ArchiveKey.objects.select_related("announced_by").order_by("place")
    known = [key for key in keys if key.announced_by is None or (key.announced_by.seq or up_to + 1) <= up_to]
    return [key.statement.encode() + b"\n" for key in known]
