"""Who may read the archive: auditors, and nobody else, whatever other role they hold.

An auditor sees that something was kept, when, about which object, under which pseudonym, and that it was not changed
since. Not what it says: contents are other people's documents, and the right to check the log is no right to read them.
"""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from accord.people.access import Actor, is_auditor
from accord.workflow.models import ArchiveEntry, ArchiveRecord


def ensure_may_read_archive(actor: Actor) -> None:
    """Raises Http404 for everybody but auditors."""
    if not is_auditor(actor):
        raise Http404


def record_for(actor: Actor, seq: int) -> tuple[ArchiveEntry, ArchiveRecord]:
    """The record `seq` and its entry for an auditor. Raises Http404 otherwise."""
    ensure_may_read_archive(actor)
    entry = get_object_or_404(ArchiveEntry.objects.select_related("erasure__announced_by"), seq=seq)
    return entry, get_object_or_404(ArchiveRecord, seq=seq)
