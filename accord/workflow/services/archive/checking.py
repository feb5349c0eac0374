"""Checking the archive where it lies: the same verifier as offline, fed from the database."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import tee

from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language

from accord.workflow.models import ArchiveCheck, ArchiveEntry, ArchiveRecord, ArchiveWitnessing
from accord.workflow.queries.archive.lines import Line, head_lines, key_lines, record_lines
from accord.workflow.verify_archive import MALFORMED, Report, Stopped, Verifier

WAITS_TOO_LONG = timedelta(hours=1)

# What the pages show of an entry has to be what its record says. The layout is fixed but for the length of the actor.
_SECOND = {
    "sqlite": "replace(substr(entries.at, 1, 19), ' ', 'T')",
    "postgresql": """to_char(entries.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')""",
}
_MISSHOWN = """
    SELECT count(*) FROM archive_entries entries LEFT JOIN archive_records records ON records.seq = entries.seq
    WHERE entries.seq IS NOT NULL AND (
        records.seq IS NULL
        OR substr(records.record, 1, 37 + length(entries.actor)) <>
            '{"actor":"' || entries.actor || '","at":"' || SECOND
        OR replace(substr(records.record, 46 + length(entries.actor)), '","late":true,"log":"', '","log":"') <>
            '","commit":"' || entries."commit" || '","kind":"' || entries.kind || '","log":"' || LOG ||
            '","seq":' || entries.seq || ',"subject":"' || entries.subject || '","v":1}'
    )
"""


def check_archive() -> ArchiveCheck:
    """Check the whole log against itself and every head that was sent outside; keep and return what was found."""
    started, at = time.monotonic(), timezone.now()
    report = Report("zh" if (get_language() or "").startswith("zh") else "en")
    known = ArchiveWitnessing.objects.select_related("head").order_by("day")
    heads = [(f"{each.day}", each.head.head.encode()) for each in known]
    verifier = Verifier(report, heads, _leaf)
    try:
        _read(verifier)
    except Stopped:
        pass
    except MALFORMED as error:
        report.fault("heads.jsonl", "unreadable", error)
    _check_entries(report, verifier.log)
    return ArchiveCheck.objects.create(
        at=at, size=verifier.tree.size, seconds=time.monotonic() - started, faults=report.faults
    )


def _read(verifier: Verifier) -> None:
    reach = 0

    def heads() -> Iterator[bytes]:
        nonlocal reach
        for size, line in head_lines():
            reach = size
            yield line

    def records() -> Iterator[Line]:
        # Rounds that are sealed while this reads are read too, as long as their heads are.
        for line in record_lines():
            if line.seq > reach:
                return
            yield line

    newest = ArchiveRecord.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    first, second = tee(records())
    verifier.read(key_lines(newest), heads(), (line.record for line in first), (line.payload for line in second))


def _leaf(seq: int) -> bytes:
    found = ArchiveRecord.objects.filter(seq=seq).values_list("leaf", flat=True).first()
    return bytes(found or b"").hex().encode()


def _check_entries(report: Report, log: str) -> None:
    statement = _MISSHOWN.replace("SECOND", _SECOND[connection.vendor]).replace("LOG", "%s")
    with connection.cursor() as cursor:
        cursor.execute(statement, [log])
        misshown = cursor.fetchone()[0]
    if misshown:
        report.fault("archive_entries", "misshown", misshown)
    waiting = ArchiveEntry.objects.filter(seq=None, at__lt=timezone.now() - WAITS_TOO_LONG).count()
    if waiting:
        report.fault("archive_entries", "waiting", waiting)
