"""Evaluation: lights for every KPI of the periods that need it, one transaction each, then alerts in one for all."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F

from accord.alerts.models import JudgedPeriod
from accord.alerts.queries.periods import calendars, pending_periods, unjudged
from accord.alerts.services.falling import settle_falls
from accord.alerts.services.judging import Judgement, write_statuses
from accord.alerts.services.roll_up import write_team_statuses
from accord.alerts.services.settling import settle
from accord.alerts.services.sql import one_at_a_time
from accord.alerts.services.telling import share_out
from accord.alerts.services.writing import AlertChanges
from accord.domain.periods import Period
from accord.foundation.clock import organisation_day
from accord.foundation.services.events import record, record_many


@dataclass(frozen=True)
class Evaluation:
    """What an evaluation found: lights over the periods it was for, what became of alerts, and how long it took.

    Of the alerts raised, `alerts_watched` went to a watch list, because their managers had as many as they can take.
    """

    periods: Sequence[Period]
    judged: int
    red: int
    yellow: int
    green: int
    alerts_raised: int
    alerts_watched: int
    alerts_cleared: int
    alerts_withdrawn: int
    seconds: float

    def report(self) -> dict[str, object]:
        """As `accord evaluate --json` prints it."""
        return {**vars(self), "periods": [period.label for period in self.periods], "seconds": round(self.seconds, 3)}


def touch_periods(periods: Iterable[int]) -> None:
    """Note that something in these periods (keys) changed, so that the next evaluation judges them."""
    keys = sorted(set(periods))
    JudgedPeriod.objects.bulk_create([JudgedPeriod(period=key) for key in keys], ignore_conflicts=True)
    JudgedPeriod.objects.filter(pk__in=keys).update(touches=F("touches") + 1)


def evaluate(periods: Collection[Period] | None = None, today: date | None = None) -> Evaluation:
    """Judge `periods`, or all that need it: touched since they were judged, over by now, or the newest of their kind.

    A period before one of them that needs it is judged too, as two in a row need both. Safe to run twice and at the
    same time; a run that dies is made up for by the next. `today` decides which periods still run.
    """
    start, day = time.perf_counter(), today or organisation_day()
    wanted = set(pending_periods(day) if periods is None else periods)
    ordered = sorted(wanted | unjudged({period - 1 for period in wanted}))
    touches = _begin(ordered)
    # Who asks for one week is told of that week, also where the week before had to be judged first.
    judgements = {period: judge_period(period, day) for period in ordered}
    told = [judgements[period] for period in sorted(wanted)]
    changes = settle_alerts(touches)
    return Evaluation(
        periods=sorted(wanted),
        judged=sum(one.judged for one in told),
        red=sum(one.red for one in told),
        yellow=sum(one.yellow for one in told),
        green=sum(one.green for one in told),
        alerts_raised=len(changes.raised),
        alerts_watched=len(changes.watched),
        alerts_cleared=len(changes.cleared),
        alerts_withdrawn=len(changes.withdrawn),
        seconds=time.perf_counter() - start,
    )


def judge_period(period: Period, today: date) -> Judgement:
    """Write the lights of one period and their roll-up for managers."""
    with transaction.atomic():
        one_at_a_time()
        judgement = write_statuses(period, today)
        write_team_statuses(period, today)
        JudgedPeriod.objects.filter(pk=period.key).update(judged_on=today)
        if judgement.changed:
            record("statuses.judged", subject=f"{JudgedPeriod._meta.db_table}:{period.key}", period=period.key)
    return judgement


def settle_alerts(touches: dict[int, int]) -> AlertChanges:
    """Raise, clear and withdraw what follows from judging these periods, known as touched so often."""
    changes = AlertChanges()
    with transaction.atomic():
        one_at_a_time()
        for calendar in calendars(touches):
            changes += settle(calendar, touches)
            changes += settle_falls(calendar, touches)
        changes = share_out(changes)
        for name, keys in changes.facts():
            record_many(f"alert.{name}", [(f"alerts:{key}", {"alert_id": key}) for key in keys])
        # Only now are they done: whoever dies before this leaves them to be judged again.
        for key, count in touches.items():
            JudgedPeriod.objects.filter(pk=key, judged_touches__lt=count).update(judged_touches=count)
    return changes


def _begin(periods: Sequence[Period]) -> dict[int, int]:
    """Mark the periods as touched, and return how often they were: until alerts are settled they count as not judged.

    Whatever is touched later than this is left to the next evaluation.
    """
    keys = [period.key for period in periods]
    touch_periods(keys)
    return dict(JudgedPeriod.objects.filter(pk__in=keys).values_list("period", "touches"))
