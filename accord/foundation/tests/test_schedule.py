"""What is due when, and that many workers enqueue it once."""

from datetime import UTC, datetime, time, timedelta

import pytest

from accord.foundation.jobs.schedule import Daily, Every, enqueue_due
from accord.foundation.models import Job
from accord.foundation.tests.effects import tick

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai


@pytest.mark.parametrize(
    ("entry", "now", "slot"),
    [
        (Every(timedelta(minutes=5), tick), NOON + timedelta(minutes=7), NOON + timedelta(minutes=5)),
        (Every(timedelta(minutes=5), tick), NOON, NOON),
        (Daily(time(8), tick), NOON, NOON - timedelta(hours=4)),
        (Daily(time(12), tick), NOON, NOON),
        (Daily(time(20), tick), NOON, NOON - timedelta(hours=16)),
    ],
)
def test_the_newest_slot_on_the_organisation_s_clock(entry, now, slot):
    assert entry.slot(now) == slot


def test_a_daily_run_keeps_its_hour_when_the_clocks_change(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    entry = Daily(time(8), tick)
    assert entry.slot(datetime(2026, 10, 24, 12, tzinfo=UTC)) == datetime(2026, 10, 24, 6, tzinfo=UTC)
    assert entry.slot(datetime(2026, 10, 25, 12, tzinfo=UTC)) == datetime(2026, 10, 25, 7, tzinfo=UTC)
    # Half past six in summer time's place: today's eight o'clock has not come.
    assert entry.slot(datetime(2026, 10, 25, 6, 30, tzinfo=UTC)) == datetime(2026, 10, 24, 6, tzinfo=UTC)


def begin_all() -> None:
    Job.objects.update(key=None, state=Job.State.RUNNING)


def test_each_slot_is_enqueued_once():
    entries = [Every(timedelta(minutes=5), tick)]
    counts = []
    for minute in (0, 1, 4, 5, 9, 11):
        counts.append(enqueue_due(entries, NOON + timedelta(minutes=minute)))
        begin_all()
    assert counts == [1, 0, 0, 1, 0, 1]


def test_a_worker_that_read_the_clock_before_another_enqueues_nothing(monkeypatch):
    entries = [Every(timedelta(minutes=5), tick)]
    enqueue_due(entries, NOON)
    begin_all()
    later = NOON + timedelta(minutes=5)
    # Both have seen the old slot before either moved it on.
    monkeypatch.setattr("django.db.models.QuerySet.values_list", lambda *_: [(tick.module_path, NOON)])
    assert [enqueue_due(entries, later), enqueue_due(entries, later), enqueue_due(entries, NOON)] == [1, 0, 0]


def test_slots_missed_while_nobody_worked_are_made_up_for_by_one_run():
    entries = [Daily(time(8), tick)]
    enqueue_due(entries, NOON)
    begin_all()
    assert enqueue_due(entries, NOON + timedelta(days=10)) == 1
    assert Job.objects.count() == 2


def test_a_run_that_still_waits_is_not_doubled():
    entries = [Every(timedelta(minutes=5), tick)]
    for minute in range(0, 60, 5):
        enqueue_due(entries, NOON + timedelta(minutes=minute))
    assert Job.objects.count() == 1
