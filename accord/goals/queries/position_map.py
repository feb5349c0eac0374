"""The position → KPI map, read."""

from django.db.models import Count, Prefetch, Q, QuerySet

from accord.goals.models import CoreOutput, RecommendedKpi
from accord.people.models import Position


def positions_by_family(search: str = "") -> QuerySet[Position]:
    """The positions that have a map, family by family; `search` is part of a position, output or metric name."""
    positions = Position.objects.filter(core_outputs__isnull=False).select_related("family")
    if search:
        wanted = Q()
        for path in ("name", "core_outputs__name", "core_outputs__recommended_kpis__metric__name"):
            wanted |= Q(**{f"{path}__icontains": search}) | Q(**{f"{path}_en__icontains": search})
        positions = positions.filter(wanted)
    return (
        positions.annotate(kpi_count=Count("core_outputs__recommended_kpis", distinct=True))
        .prefetch_related(_outputs())
        .order_by("family__id", "id")
        .distinct()
    )


def _outputs() -> Prefetch[str, QuerySet[CoreOutput], str]:
    kpis = RecommendedKpi.objects.select_related("metric").order_by("order", "id")
    outputs = CoreOutput.objects.order_by("order", "id").prefetch_related(Prefetch("recommended_kpis", kpis))
    return Prefetch("core_outputs", outputs)
