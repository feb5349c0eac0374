"""What was corrected after a report was written, as far as its reader may still see it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Q

from accord.insights.models import WeeklyReport
from accord.metrics.models import Measurement, Series
from accord.people.access import Actor, visible_employees, visible_units


def later_values(report: WeeklyReport, actor: Actor) -> dict[tuple[int, int], Decimal | None]:
    """The values of today for every number in a report: two statements.

    Nothing new about people whom the reader may not see any more: for them the report stays as it was sent.
    """
    numbers = set(_numbers(report.content))
    seen = Q(employee__in=visible_employees(actor)) | Q(org_unit__in=visible_units(actor))
    series = set(
        Series.objects.filter(seen, pk__in={series for series, _period in numbers}).values_list("pk", flat=True)
    )
    rows = Measurement.objects.filter(period__in={period for _series, period in numbers}, series__in=series)
    values = {(row.series_id, row.period): row.value for row in rows}
    return {number: values.get(number) for number in numbers if number[0] in series}


def _numbers(told: Any) -> Iterator[tuple[int, int]]:
    """(series, period) of every number, wherever in the content it stands."""
    if isinstance(told, dict):
        if "series" in told:
            yield from ((told["series"], told[when]["period"]) for when in ("now", "then") if told.get(when))
        told = list(told.values())
    if isinstance(told, list):
        for each in told:
            yield from _numbers(each)
