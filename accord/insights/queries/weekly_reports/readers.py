"""Who gets a weekly report, and who is due for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accord.domain.periods import Period
from accord.domain.report_weeks import newest_due
from accord.foundation.models import User
from accord.insights.models import ReportWish, WeeklyReport
from accord.metrics.models import DriverNode, DriverTree
from accord.people.models import Employee, OrgUnit

LATEST = timedelta(days=2)
"""What could not be written for so long is left out: by Wednesday last week is no news."""


@dataclass(frozen=True)
class Due:
    """Readers who share a clock and are due for the report of one week since a moment."""

    week: Period
    at: datetime
    readers: Sequence[int]


def report_readers() -> QuerySet[Employee]:
    """Everybody with an account who has people, heads a unit, or owns a driver tree or a part of one."""
    reports = Employee.objects.filter(manager=OuterRef("pk")).exclude(status=Employee.Status.LEFT)
    units = OrgUnit.objects.filter(head=OuterRef("pk"), is_active=True)
    trees = DriverTree.objects.filter(owner=OuterRef("pk"), is_active=True)
    nodes = DriverNode.objects.filter(owner=OuterRef("pk"), tree__is_active=True)
    owns = Exists(reports) | Exists(units) | Exists(trees) | Exists(nodes)
    return Employee.objects.filter(owns, user__is_active=True).exclude(status=Employee.Status.LEFT)


def due_readers(now: datetime, most: int) -> Iterator[Due]:
    """Those whose Monday morning has come and who have no report of the week, clock by clock, `most` of each."""
    for name in list(report_readers().values_list("user__time_zone", flat=True).order_by().distinct()):
        week, at = newest_due(now, User(time_zone=name).zone, settings.DIGEST_HOUR, home_zone())
        if now - at > LATEST:
            continue
        written = WeeklyReport.objects.filter(reader=OuterRef("pk"), week=week.key)
        waiting = report_readers().filter(~Exists(written), user__time_zone=name).order_by("pk")
        if readers := list(waiting.values_list("pk", flat=True)[:most]):
            yield Due(week, at, readers)


def wish_of(user: User) -> ReportWish:
    """How `user` wants the report; the usual where they did not choose."""
    return ReportWish.objects.filter(user=user).first() or ReportWish(user=user)


def home_zone() -> ZoneInfo:
    """The organisation's own clock."""
    return ZoneInfo(timezone.get_default_timezone_name())
