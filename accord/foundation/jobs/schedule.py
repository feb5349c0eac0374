"""What time causes: entries of the schedule, and enqueueing those that are due once, however many workers there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django_tasks.base import Task

from accord.foundation.models import ScheduledRun
from accord.foundation.services.jobs import enqueue_once

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Every:
    """Runs a task in even steps, e.g. `Every(timedelta(minutes=5), judge_newest)`."""

    interval: timedelta
    task: Task[[], None]

    def slot(self, now: datetime) -> datetime:
        """The newest point in time, not after `now`, at which the task is to run."""
        return now - (now - _EPOCH) % self.interval


@dataclass(frozen=True)
class Daily:
    """Runs a task once a day at a time on the organisation's clock, e.g. `Daily(time(8), send_digests)`."""

    at: time
    task: Task[[], None]

    def slot(self, now: datetime) -> datetime:
        """The newest point in time, not after `now`, at which the task is to run."""
        zone = ZoneInfo(settings.TIME_ZONE)
        today = datetime.combine(now.astimezone(zone), self.at, zone)
        # Compared in UTC, so that a night of 23 or 25 hours is no trap.
        return today if today.astimezone(UTC) <= now else datetime.combine(today - timedelta(days=1), self.at, zone)


def enqueue_due(entries: Iterable[Every | Daily], now: datetime) -> int:
    """Enqueue each entry whose newest slot nobody took yet; return how many those were.

    Slots that passed while no worker was there are made up for by one run. A run that still waits is not doubled.
    """
    taken = dict(ScheduledRun.objects.values_list("name", "slot"))
    count = 0
    for entry in entries:
        name, slot = entry.task.module_path, entry.slot(now)
        if name in taken and taken[name] >= slot:
            continue
        with transaction.atomic():
            if _take(name, slot):
                enqueue_once(entry.task, name)
                count += 1
    return count


def _take(name: str, slot: datetime) -> bool:
    _, created = ScheduledRun.objects.get_or_create(name=name, defaults={"slot": slot})
    return created or bool(ScheduledRun.objects.filter(name=name, slot__lt=slot).update(slot=slot))
