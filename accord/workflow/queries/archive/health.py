"""How the archive is: how much is sealed, what waits, who holds a head, what the last check found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone

from accord.workflow.models import (
    ArchiveCheck,
    ArchiveEntry,
    ArchiveErasure,
    ArchiveHead,
    ArchiveKey,
    ArchiveWitnessing,
)


@dataclass(frozen=True)
class Health:
    """`waits_for` is the age of the oldest fact without a number; None where nothing waits."""

    head: ArchiveHead | None
    key: ArchiveKey | None
    waiting: int
    waits_for: timedelta | None
    witnessing: ArchiveWitnessing | None
    check: ArchiveCheck | None
    erased: int

    @property
    def size(self) -> int:
        """The number of sealed records."""
        return self.head.size if self.head else 0

    @property
    def is_well(self) -> bool:
        """Whether a check has found nothing, and nothing waits for long."""
        is_checked = self.check is not None and not self.check.faults
        return is_checked and (self.waits_for is None or self.waits_for < timedelta(hours=1))


def health() -> Health:
    """The state of now, in six short queries whatever the size."""
    waiting = ArchiveEntry.objects.filter(seq=None).aggregate(count=Count("id"), oldest=Min("at"))
    oldest: datetime | None = waiting["oldest"]
    announced = Q(announced_by=None) | Q(announced_by__seq__isnull=False)
    return Health(
        head=ArchiveHead.objects.order_by("-size").first(),
        key=ArchiveKey.objects.filter(announced).order_by("-place").first(),
        waiting=waiting["count"],
        waits_for=timezone.now() - oldest if oldest else None,
        witnessing=ArchiveWitnessing.objects.select_related("head").order_by("-day").first(),
        check=ArchiveCheck.objects.order_by("-id").first(),
        erased=ArchiveErasure.objects.count(),
    )
