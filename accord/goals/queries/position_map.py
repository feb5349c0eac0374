"""The position → KPI map, read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from accord.domain.position_map import Note, PositionMap, differences, read_map
from accord.goals.models import CoreOutput, PositionMapVersion, RecommendedKpi
from accord.metrics.models import Metric
from accord.people.models import Employee, Position, PositionFamily

_HOLDERS = Count("employees", filter=~Q(employees__status=Employee.Status.LEFT))


def mapped_families() -> QuerySet[PositionFamily]:
    """The families that have positions on the map, with how many (`mapped`)."""
    mapped = Count("positions", filter=Q(positions__core_outputs__isnull=False), distinct=True)
    return PositionFamily.objects.annotate(mapped=mapped).filter(mapped__gt=0).order_by("id")


def mapped_positions(search: str = "", family: str = "") -> QuerySet[Position]:
    """The positions that have a map, family by family, with their outputs and KPIs.

    Each word of `search` is part of the name of the position, of an output or of what it serves, or of a metric. Each
    of these is looked for in its own small table, so that no join multiplies what has to be read.
    """
    positions = Position.objects.filter(pk__in=CoreOutput.objects.values("position"))
    if family:
        positions = positions.filter(family__code=family)
    for word in search.split():
        metrics = Metric.objects.filter(_named(word)).values("pk")
        outputs = CoreOutput.objects.filter(_named(word) | Q(serves__icontains=word) | Q(serves_en__icontains=word))
        showing = CoreOutput.objects.filter(recommended_kpis__metric__in=metrics)
        positions = positions.filter(
            _named(word) | Q(pk__in=outputs.values("position")) | Q(pk__in=showing.values("position"))
        )
    return (
        positions.select_related("family")
        .annotate(people=_HOLDERS)
        .prefetch_related(_outputs())
        .order_by("family__id", "id")
    )


def unmapped_positions() -> QuerySet[Position]:
    """The positions that people hold and the map does not have, those with the most people first."""
    positions = Position.objects.exclude(pk__in=CoreOutput.objects.values("position"))
    return positions.annotate(people=_HOLDERS).filter(people__gt=0).order_by("-people", "id")


@dataclass(frozen=True)
class SeenVersion:
    """A version of a map with what it changed in the one before it."""

    version: PositionMapVersion
    content: PositionMap
    changes: Sequence[Note]


def versions_of(position: Position) -> list[SeenVersion]:
    """The versions of a position's map, the newest first, each with what it changed."""
    rows = PositionMapVersion.objects.filter(position=position).select_related("made_by").order_by("number")
    seen: list[SeenVersion] = []
    for row in rows:
        content = read_map(row.content)
        seen.append(SeenVersion(row, content, differences(seen[-1].content, content) if seen else []))
    return seen[::-1]


def _named(word: str) -> Q:
    return Q(name__icontains=word) | Q(name_en__icontains=word)


def _outputs() -> Prefetch[str, QuerySet[CoreOutput], str]:
    kpis = RecommendedKpi.objects.select_related("metric").order_by("order", "id")
    outputs = CoreOutput.objects.order_by("order", "id").prefetch_related(Prefetch("recommended_kpis", kpis))
    return Prefetch("core_outputs", outputs)
