"""Who is away when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from accord.people.models import Employee, Leave


@dataclass(frozen=True)
class Stretch:
    """Days away, both ends included; a long leave without an agreed end goes on to the last day there is."""

    first_day: date
    last_day: date

    @property
    def is_open(self) -> bool:
        return self.last_day == date.max

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def is_within(self, other: Stretch) -> bool:
        """Whether all its days are days of `other`."""
        return self.first_day in other and self.last_day in other


def leaves_ahead(employee: Employee, today: date) -> QuerySet[Leave]:
    """The leaves of somebody that go on or are to come, the next first."""
    return Leave.objects.filter(employee=employee, last_day__gte=today).order_by("first_day")


def people_away(today: date) -> set[int]:
    """The keys of everybody who is away from a day on: by a noted leave that is not over, or by their status."""
    noted = Leave.objects.filter(last_day__gte=today).values_list("employee_id", flat=True)
    on_leave = Employee.objects.filter(status=Employee.Status.ON_LEAVE).values_list("pk", flat=True)
    return {*noted, *on_leave}


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same days in as few stretches as there can be: what overlaps or adjoins becomes one."""
    whole: list[Stretch] = []
    for each in sorted(stretches, key=lambda stretch: stretch.first_day):
        if whole and (each.first_day - whole[-1].last_day).days <= 1:
            last = whole.pop()
            whole.append(Stretch(last.first_day, max(last.last_day, each.last_day)))
        else:
            whole.append(each)
    return whole


def noted_of(people: Collection[int]) -> defaultdict[int, list[Stretch]]:
    """The noted leaves of these people, by their keys."""
    found: defaultdict[int, list[Stretch]] = defaultdict(list)
    for leave in Leave.objects.filter(employee__in=people):
        found[leave.employee_id].append(Stretch(leave.first_day, leave.last_day))
    return found


def away_from(today: date, people: Collection[int]) -> Mapping[int, Sequence[Stretch]]:
    """When these people are away, by their keys: noted leaves, and from `today` on the status that says so until it
    changes.
    """
    found = noted_of(people)
    on_leave = Employee.objects.filter(pk__in=people, status=Employee.Status.ON_LEAVE)
    for pk in on_leave.values_list("pk", flat=True):
        found[pk].append(Stretch(today, date.max))
    return found
