"""A team with agreements in force and values, and its calibration meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from accord.goals.models import Agreement, CalibrationItem, CalibrationMeeting
from accord.goals.services.agreements.drafts import LineDraft
from accord.goals.services.calibrations.meetings import open_meeting, plan_meeting
from accord.goals.services.calibrations.proposals import Proposal
from accord.goals.tests.agree.builders import drafted, line, metric, on, quarter, signed, week
from accord.goals.tests.scorecards.builders import measure
from accord.metrics.models import Metric, Series
from accord.people.models import Employee
from tests.cast import Cast

SIGNED_ON = date(2026, 10, 5)
TODAY = date(2026, 11, 25)
"""A Wednesday: weeks 40 to 47 are over."""
NEXT_WEEK = date(2026, 11, 30)


def conversion() -> Metric:
    """A weekly rate."""
    return metric("转化率", unit="%", aggregation="mean", decimals=2)


def two_lines() -> list[LineDraft]:
    """60 % GMV of 100 a week and 40 % conversion of 2.4 %."""
    return [line(metric("GMV"), "0.6", "100"), line(conversion(), "0.4", "2.4")]


def in_force(employee: Employee, lines: Sequence[LineDraft] | None = None) -> Agreement:
    """An agreement that both have signed on 5 October."""
    with on(SIGNED_ON):
        agreement = drafted(employee, two_lines() if lines is None else lines)
        signed(agreement)
    return agreement


def came_in(employee: Employee, of: Metric, values: Sequence[object]) -> None:
    """The values of a person from week 40 on; None leaves a week away."""
    series, _ = Series.objects.get_or_create(metric=of, employee=employee)
    measure(series, values)  # type: ignore[arg-type]


def planned(cast: Cast, by: Employee | None = None) -> CalibrationMeeting:
    """A planned meeting of 华东组, which 李经理 heads."""
    cast.east.head = cast.manager_li
    cast.east.save()
    return plan_meeting(quarter(), "华东组校准会", TODAY, by or cast.manager_li, org_unit=cast.east)


def opened(cast: Cast) -> CalibrationMeeting:
    """An open meeting of 华东组 about 小张, whose conversion has been red for weeks."""
    if not Agreement.objects.filter(employee=cast.xiaozhang).exists():
        in_force(cast.xiaozhang)
        came_in(cast.xiaozhang, conversion(), [1] * 8)
    meeting = planned(cast)
    with on(TODAY):
        open_meeting(meeting, cast.manager_li, TODAY)
    return meeting


def point(meeting: CalibrationMeeting, **about: object) -> CalibrationItem:
    """A point of the agenda."""
    return CalibrationItem.objects.select_related("meeting").get(meeting=meeting, **about)


def lower_conversion(target: str = "2.16", effective_on: date = NEXT_WEEK, **more: object) -> Proposal:
    """The target of conversion lowered."""
    changes: Mapping[int, Mapping[str, Decimal | None]] = {conversion().pk: {"target": Decimal(target)}}
    return Proposal(changes, effective_on, "物流延迟", **more)  # type: ignore[arg-type]


__all__ = ["SIGNED_ON", "TODAY", "came_in", "conversion", "in_force", "on", "opened", "planned", "point", "week"]
