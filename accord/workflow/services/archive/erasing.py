"""Erasing the content about one person. The records stay and the log stays whole; what they said is gone.

First a record announces the erasure, then it is sealed, and only then are salt and content deleted, which the database
holds to. So a reader who finds a gap also finds the record that explains it, and a crash in between is made up for.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from accord.foundation.services.events import record
from accord.people.models import Employee
from accord.workflow.errors.archive import ErasureMustWait, ErasureNeedsReason, NothingToErase
from accord.workflow.models import ArchiveAbout, ArchiveEntry, ArchiveErasure, ArchivePayload, ArchivePseudonym
from accord.workflow.services.archive.durability import durable
from accord.workflow.services.archive.keeping import keep
from accord.workflow.services.archive.sealing import seal

ERASED = "archive.erased"


def erase_payloads_of(employee: Employee, reason: str, actor: Employee | None, *, forget_name: bool = False) -> int:
    """Erase everything the archive holds about `employee`, and with `forget_name` who was behind their pseudonym.

    Content about several people goes too. `reason` stays in the log, so it should name nobody. Returns the number of
    contents erased. Raises ErasureNeedsReason, NothingToErase, KeyMissing, ErasureMustWait.
    """
    if not reason.strip():
        raise ErasureNeedsReason
    seal()
    with durable():
        entries = list(_held_about(employee))
        if not entries and not forget_name:
            raise NothingToErase(name=employee.name)
        announcement = _announce(entries, reason.strip(), actor)
        if forget_name:
            ArchivePseudonym.objects.filter(employee=employee).delete()
        ArchiveAbout.objects.filter(employee=employee, entry__in=entries).delete()
    seal()
    if not ArchiveEntry.objects.filter(pk=announcement.pk, seq__isnull=False).exists():
        raise ErasureMustWait
    carry_out_erasures()
    return len(entries)


def carry_out_erasures() -> int:
    """Delete what sealed records have announced to be erased; return how many contents that were."""
    announced = ArchiveErasure.objects.filter(entry=OuterRef("pk"), announced_by__seq__isnull=False)
    deleted, _ = ArchivePayload.objects.filter(Exists(announced)).delete()
    return deleted


def _held_about(employee: Employee) -> QuerySet[ArchiveEntry]:
    about = ArchiveAbout.objects.filter(entry=OuterRef("pk"), employee=employee)
    return ArchiveEntry.objects.filter(Exists(about), payload__isnull=False, erasure=None, seq__isnull=False)


def _announce(entries: list[ArchiveEntry], reason: str, actor: Employee | None) -> ArchiveEntry:
    records = sorted(entry.seq for entry in entries if entry.seq is not None)
    announcement = keep(ERASED, "", {"records": records, "reason": reason}, actor=actor)
    ArchiveErasure.objects.bulk_create(ArchiveErasure(entry=entry, announced_by=announcement) for entry in entries)
    record(
        ERASED, subject=f"archive_entries:{announcement.pk}", actor=actor.user if actor else None, records=len(records)
    )
    return announcement
