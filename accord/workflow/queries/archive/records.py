"""Looking for records. What they say is not among it: see access.archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from accord.domain.transparency.records import SLACK
from accord.workflow.models import ArchiveEntry, ArchiveErasure, ArchiveHead

PER_PAGE = 30

# One look-up in the index for each kind there is, however many entries there are of it.
_KINDS = """
    WITH RECURSIVE kinds(kind) AS (
        SELECT min(kind) FROM archive_entries
        UNION ALL
        SELECT (SELECT min(entries.kind) FROM archive_entries entries WHERE entries.kind > kinds.kind)
        FROM kinds WHERE kinds.kind IS NOT NULL
    )
    SELECT kind FROM kinds WHERE kind IS NOT NULL
"""


@dataclass(frozen=True)
class Search:
    """What is looked for; days are the organisation's. `before` is the number the next page begins under."""

    kind: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


@dataclass(frozen=True)
class Found:
    """A page of sealed entries, the newest first, and the number the next page begins under (None: there is none)."""

    entries: Sequence[ArchiveEntry]
    older: int | None


def find(search: Search) -> Found:
    """The sealed entries that are looked for, by index and number: as quick on the last page as on the first."""
    entries = ArchiveEntry.objects.filter(seq__isnull=False).select_related("erasure").order_by("-seq")
    if search.kind:
        entries = entries.filter(kind=search.kind)
    if search.subject:
        entries = entries.filter(subject=search.subject)
    if search.before:
        entries = entries.filter(seq__lt=search.before)
    page = list(_between(entries, search)[: PER_PAGE + 1])
    return Found(page[:PER_PAGE], page[PER_PAGE - 1].seq if len(page) > PER_PAGE else None)


def kinds() -> list[str]:
    """The kinds of facts that were ever kept."""
    with connection.cursor() as cursor:
        cursor.execute(_KINDS)
        return [row[0] for row in cursor.fetchall()]


def erasures(limit: int = 20) -> list[ArchiveErasure]:
    """The newest erasures."""
    return list(
        ArchiveErasure.objects.select_related("entry", "announced_by").order_by("-announced_by", "entry")[:limit]
    )


def _between(entries: QuerySet[ArchiveEntry], search: Search) -> QuerySet[ArchiveEntry]:
    """The heads around two days narrow the numbers down; a record may lie a little beside its head."""
    if search.since:
        start = _midnight(search.since)
        head = ArchiveHead.objects.filter(at__lt=start - SLACK).order_by("-at").first()
        entries = entries.filter(at__gte=start, seq__gt=head.size if head else 0)
    if search.until:
        end = _midnight(search.until + timedelta(days=1))
        head = ArchiveHead.objects.filter(at__gte=end + SLACK).order_by("at").first()
        entries = entries.filter(at__lt=end, **({"seq__lte": head.size} if head else {}))
    return entries


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone())
