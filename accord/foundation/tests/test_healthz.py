"""What a monitor is told."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from accord.foundation.models import Delivery, Event, Job, Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return Worker.objects.create(name="w", started_at=timezone.now(), seen_at=timezone.now())


def ask(client):
    response = client.get("/healthz")
    return response.status_code, response.json()


def test_all_is_well(client, worker):
    status, state = ask(client)
    assert status == 200
    assert state == {
        "ok": True,
        "database": True,
        "worker_seen_seconds_ago": 0,
        "oldest_waiting_seconds": None,
        "failed_jobs": 0,
        "failed_deliveries": 0,
    }


def test_nobody_works(client, worker):
    Worker.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
    status, state = ask(client)
    assert (status, state["worker_seen_seconds_ago"]) == (503, 120)
    Worker.objects.all().delete()
    status, state = ask(client)
    assert (status, state["worker_seen_seconds_ago"]) == (503, None)


def test_a_job_waits_too_long_but_only_from_when_it_is_due(client, worker):
    Job.objects.create(task="x", run_after=timezone.now() + timedelta(days=1))
    assert ask(client)[0] == 200
    Job.objects.create(task="x", run_after=timezone.now() - timedelta(minutes=20))
    status, state = ask(client)
    assert (status, state["oldest_waiting_seconds"]) == (503, 1200)


def test_failures_are_told_and_make_nobody_ill(client, worker):
    Job.objects.create(task="x", state="failed", run_after=timezone.now())
    event = Event.objects.create(name="parcel.sent")
    Delivery.objects.create(event=event, reaction="a.b", state="failed", next_attempt_at=timezone.now())
    status, state = ask(client)
    assert (status, state["failed_jobs"], state["failed_deliveries"]) == (200, 1, 1)


def test_the_database_is_away(client, monkeypatch):
    def away(*args):
        raise OperationalError("gone")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", away)
    assert ask(client) == (
        503,
        {
            "ok": False,
            "database": False,
            "worker_seen_seconds_ago": None,
            "oldest_waiting_seconds": None,
            "failed_jobs": 0,
            "failed_deliveries": 0,
        },
    )


def test_it_is_never_cached(client, worker):
    assert "no-store" in client.get("/healthz")["Cache-Control"]
