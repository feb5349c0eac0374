"""How resources fared with those who began them: counts only, never who."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from accord.coaching.models import LearningRecord
from accord.domain.recommendation import ENOUGH, Seen


@dataclass(frozen=True)
class Quality:
    """What a page may say of a resource: nothing about what people thought of it before enough of them have said."""

    opened: int = 0
    finished: int = 0
    answered: int = 0
    helped: int = 0
    stars: float | None = None

    @property
    def is_telling(self) -> bool:
        return self.answered >= ENOUGH


def quality_of(resources: Collection[int]) -> dict[int, Quality]:
    """What pages show of each of `resources`; one statement."""
    return {key: quality for key, (quality, _) in fared(resources).items()}


def fared(resources: Collection[int]) -> dict[int, tuple[Quality, Seen | None]]:
    """The same with what choosing goes by, where anybody began a resource; one statement."""
    found = {row["resource"]: row for row in _counted(LearningRecord.objects.filter(resource__in=resources))}
    return {key: (_quality(found[key]), _seen(found[key])) if key in found else (Quality(), None) for key in resources}


def _counted(records: QuerySet[LearningRecord]) -> QuerySet[Any, Any]:
    rated = Q(helped__isnull=False)
    return (
        records.order_by()
        .values("resource")
        .annotate(
            opened=Count("id"),
            finished=Count("finished_at"),
            answered=Count("id", filter=rated),
            halves=Sum("helped", filter=rated),
            starred=Count("stars"),
            all_stars=Sum("stars"),
        )
    )


def _seen(row: dict[str, Any]) -> Seen:
    return Seen(row["opened"], row["finished"], row["answered"], (row["halves"] or 0) / 2)


def _quality(row: dict[str, Any]) -> Quality:
    stars = row["all_stars"] / row["starred"] if row["starred"] >= ENOUGH else None
    return Quality(row["opened"], row["finished"], row["answered"], (row["halves"] or 0) // 2, stars)
