"""One worker without its threads: what a beat does, and what a command may rely on when it enqueues once."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accord.foundation.jobs import leases
from accord.foundation.jobs.worker import JobWorker
from accord.foundation.models import Job, Worker
from accord.foundation.services.jobs import enqueue_once
from accord.foundation.tests.effects import leave_trace, note, traces


@pytest.fixture
def worker() -> JobWorker:
    return JobWorker(["default"], 1)


def lost_job() -> Job:
    note.enqueue("x")
    job = leases.claim("gone", ["default"], timedelta(seconds=30), timezone.now())
    assert job is not None
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    return job


@pytest.mark.django_db
class TestBeat:
    def test_it_is_seen(self, worker):
        worker.beat()
        first = Worker.objects.get().seen_at
        worker.beat()
        seen = Worker.objects.get()
        assert seen.seen_at > first
        assert seen.started_at == worker.started_at

    def test_a_worker_that_was_forgotten_is_seen_again(self, worker):
        worker.beat()
        Worker.objects.all().delete()
        worker.beat()
        assert Worker.objects.exists()

    def test_it_renews_what_runs_and_takes_over_what_was_lost(self, worker):
        lost_job()
        worker.beat()
        worker.beat()
        assert Job.objects.get().state == Job.State.READY

    def test_after_a_time_in_which_nobody_could_write_it_first_lets_all_renew(self, worker):
        """A long import may hold SQLite's only write lock for longer than any lease."""
        worker.beat()
        worker.last_beat -= 60
        job = lost_job()
        worker.beat()
        assert Job.objects.get().state == Job.State.RUNNING
        leases.renew([job], timedelta(seconds=30), timezone.now())
        worker.beat()
        assert Job.objects.get().state == Job.State.RUNNING

    def test_its_own_jobs_are_renewed(self, worker):
        note.enqueue("x")
        job = leases.claim(worker.name, ["default"], timedelta(seconds=1), timezone.now())
        worker.running[1] = job
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        worker.last_beat = time.monotonic()
        worker.beat()
        assert Job.objects.get().state == Job.State.RUNNING


@pytest.mark.django_db(transaction=True)
def test_a_command_that_finds_its_job_waiting_is_seen_by_it(worker):
    """The job waits already; it must not start before the command's rows are there, or it would miss them."""
    enqueue_once(note, "key", "found")
    started_early = []

    def work() -> None:
        end = time.monotonic() + 20
        while not worker.run_next() and time.monotonic() < end:
            time.sleep(0.01)
        started_early.append(traces("row") == 0)
        connection.close()

    thread = threading.Thread(target=work)
    with transaction.atomic():
        leave_trace("row")
        enqueue_once(note, "key", "doubled")
        thread.start()
        time.sleep(0.5)
    thread.join()
    assert started_early == [False]
    assert [traces("found"), traces("doubled")] == [1, 0]


@pytest.mark.django_db(transaction=True)
def test_threads_that_claim_at_once_get_different_jobs():
    for n in range(20):
        note.enqueue(f"job {n}")
    gate = threading.Barrier(4)

    def work() -> None:
        worker = JobWorker(["default"], 1)
        gate.wait()
        while worker.run_next():
            pass
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [traces(f"job {n}") for n in range(20)] == [1] * 20
    assert set(Job.objects.values_list("state", "attempts")) == {(Job.State.DONE, 1)}
