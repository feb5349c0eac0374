"""Check-ins of key results, read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from accord.domain.periods import Frequency, Period
from accord.goals.models import KeyResult, KeyResultCheckIn, Objective
from accord.goals.queries.objectives import of_people
from accord.people.models import Employee


def results_of(employee: Employee, today: date) -> QuerySet[KeyResult]:
    """The key results on which `employee` reports in the cycles that run: those named after them, and those of their
    objectives that name nobody. Each says whether it `is_done` for the week.
    """
    week = Period.of(today, Frequency.WEEK)
    mine = Q(owner=employee) | Q(owner=None, objective__owner=employee)
    results = _running(today).filter(mine).annotate(is_done=Exists(_lines_of(week)))
    related = ("metric", "owner", "objective__cycle", "objective__org_unit", "objective__employee")
    return results.select_related(*related).order_by(of_people("objective__").desc(), "objective", "order", "id")


def waiting_for(week: Period, today: date) -> Counter[int]:
    """The accounts that have key results of running cycles without a line in the week, and how many each."""
    waiting = _running(today).filter(~Exists(_lines_of(week)))
    reporter = Coalesce("owner__user", "objective__owner__user")
    return Counter(user for user in waiting.annotate(reporter=reporter).values_list("reporter", flat=True) if user)


def chain_of(objective: Objective, most: int = 40) -> list[KeyResultCheckIn]:
    """The newest lines of all key results of an objective, the newest first, each knowing what it corrects."""
    lines = KeyResultCheckIn.objects.filter(key_result__objective=objective)
    return list(
        lines.select_related("key_result__metric", "made_by", "corrects", "corrected_by").order_by("-pk")[:most]
    )


def newest_lines(results: Sequence[KeyResult]) -> dict[int, KeyResultCheckIn]:
    """The newest line of each of some key results."""
    lines = KeyResultCheckIn.objects.filter(key_result__in=results).order_by("pk").select_related("made_by")
    return {line.key_result_id: line for line in lines}


def line_of(result: KeyResult, pk: int) -> KeyResultCheckIn | None:
    """The line `pk` of a key result."""
    return KeyResultCheckIn.objects.filter(key_result=result, pk=pk).first()


def _running(today: date) -> QuerySet[KeyResult]:
    return KeyResult.objects.filter(
        objective__state=Objective.State.OPEN,
        objective__cycle__starts_on__lte=today,
        objective__cycle__ends_on__gte=today,
        weight__gt=0,
    )


def _lines_of(week: Period) -> QuerySet[KeyResultCheckIn]:
    """The lines of a key result that were written in a week, on the organisation's clock."""
    zone = timezone.get_default_timezone()
    first = datetime.combine(week.start, time(), zone)
    last = datetime.combine(week.end + timedelta(days=1), time(), zone)
    return KeyResultCheckIn.objects.filter(key_result=OuterRef("pk"), made_at__gte=first, made_at__lt=last)
