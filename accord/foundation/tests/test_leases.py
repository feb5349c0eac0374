"""Who holds which job, without threads and clocks: every time is given."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus

from accord.foundation.jobs import attempt, leases
from accord.foundation.jobs.options import JobOptions
from accord.foundation.jobs.pruning import prune
from accord.foundation.models import Delivery, Event, Job, Worker
from accord.foundation.services.jobs import enqueue_once, run_delivery_again, run_job_again
from accord.foundation.tests.effects import add, fail_before, note, traces

pytestmark = pytest.mark.django_db
LEASE = timedelta(seconds=30)


def claim(worker="a", after=timedelta(0), queues=("default",)):
    return leases.claim(worker, queues, LEASE, timezone.now() + after)


def test_a_job_runs_and_its_result_is_kept():
    result = add.enqueue(2, right=3)
    assert attempt.run(claim())
    result.refresh()
    assert result.status == TaskResultStatus.SUCCESSFUL
    assert result.return_value == 5
    assert claim(after=timedelta(days=1)) is None


def test_enqueueing_is_one_insert_in_the_caller_s_transaction(django_assert_num_queries):
    with django_assert_num_queries(1):
        add.enqueue(2, 3)
    with pytest.raises(RuntimeError), transaction.atomic():
        add.enqueue(2, 3)
        raise RuntimeError
    assert Job.objects.count() == 1


def test_an_idle_worker_asks_once_and_takes_no_lock(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert claim() is None


def test_urgent_jobs_first_then_the_oldest():
    for name, priority in (("early", 0), ("late", 0), ("urgent", 10)):
        note.using(priority=priority).enqueue(name)
    assert [claim().args[0] for _ in range(3)] == ["urgent", "early", "late"]


def test_a_job_waits_for_its_time_and_its_queue():
    note.using(run_after=timezone.now() + timedelta(hours=1)).enqueue("later")
    assert claim() is None
    assert claim(after=timedelta(hours=2), queues=("other",)) is None
    assert claim(after=timedelta(hours=2)).args == ["later"]


def test_a_job_that_fails_is_tried_again_after_growing_pauses():
    fail_before.enqueue(3, "third")
    pauses = []
    for n in (1, 2):
        job = claim(after=timedelta(days=n))
        assert attempt.run(job)
        job.refresh_from_db()
        assert job.state == Job.State.READY
        assert f"not yet in attempt {n}" in job.error
        pauses.append(job.run_after - timezone.now())
    assert timedelta(seconds=4) < pauses[0] < timedelta(seconds=10) < pauses[1] * 1.01 < timedelta(seconds=21)
    attempt.run(claim(after=timedelta(days=3)))
    assert traces("third") == 1
    assert Job.objects.get().state == Job.State.DONE


def test_a_job_that_always_fails_is_given_up_with_its_error():
    result = fail_before.enqueue(99, "never")
    for n in range(5):
        attempt.run(claim(after=timedelta(days=n)))
    result.refresh()
    assert result.status == TaskResultStatus.FAILED
    assert "not yet in attempt 5" in result.errors[0].traceback
    assert claim(after=timedelta(days=99)) is None


def test_a_task_that_exits_fails_and_does_not_take_the_thread_with_it(monkeypatch):
    monkeypatch.setattr("accord.foundation.tests.effects.leave_trace", lambda name: exit(3))
    note.enqueue("x")
    assert attempt.run(claim())
    assert "SystemExit: 3" in Job.objects.get().error


def test_a_lost_job_goes_to_another_and_the_zombie_cannot_finish_it():
    note.enqueue("x")
    zombie = claim("a")
    assert leases.release_expired(timezone.now() + LEASE / 2) == 0
    assert leases.release_expired(timezone.now() + LEASE * 2) == 1
    heir = claim("b", after=LEASE * 3)
    assert heir.attempts == 2
    now = timezone.now()
    assert leases.renew([zombie], LEASE, now) == 0
    assert not leases.finish(zombie, "stale", now)
    assert not leases.fail(zombie, "stale", JobOptions(), now)
    assert leases.give_back([zombie], now) == 0
    assert leases.finish(heir, "fresh", now)
    assert Job.objects.get().result == "fresh"


def test_a_renewed_lease_is_not_taken_over():
    note.enqueue("x")
    job = claim()
    assert leases.renew([job], LEASE, timezone.now() + LEASE) == 1
    assert leases.release_expired(timezone.now() + LEASE * 1.5) == 0


def test_a_job_that_takes_every_worker_with_it_is_given_up():
    note.enqueue("x")
    for n in range(1, 6):
        assert claim(after=LEASE * 3 * n).attempts == n
        leases.release_expired(timezone.now() + LEASE * (3 * n + 2))
    job = Job.objects.get()
    assert (job.state, job.error) == (Job.State.FAILED, "the worker stopped while the job ran")


def test_what_is_given_back_can_be_taken_at_once():
    note.enqueue("x")
    leases.give_back([claim("a")], timezone.now())
    assert claim("b").attempts == 2


class TestOnce:
    def test_a_job_that_waits_is_not_doubled(self):
        for _ in range(3):
            enqueue_once(note, "notes", "x")
        enqueue_once(note, "other notes", "y")
        assert sorted(job.args[0] for job in Job.objects.all()) == ["x", "y"]

    def test_once_it_runs_another_may_wait(self):
        enqueue_once(note, "notes", "x")
        running = claim()
        enqueue_once(note, "notes", "y")
        leases.give_back([running], timezone.now())
        assert Job.objects.filter(state=Job.State.READY).count() == 2


class TestAgain:
    def test_a_failed_job_gets_its_attempts_once_more(self):
        fail_before.enqueue(7, "seventh")
        for n in range(5):
            attempt.run(claim(after=timedelta(days=n)))
        run_job_again(Job.objects.get().pk, actor=None)
        for n in range(2):
            attempt.run(claim(after=timedelta(days=9 + n)))
        assert Job.objects.get().state == Job.State.DONE
        assert Event.objects.get().name == "job.run_again"

    def test_only_what_failed_can_be_run_again(self):
        add.enqueue(2, 3)
        assert not run_job_again(Job.objects.get().pk, actor=None)
        assert not Event.objects.exists()

    def test_a_failed_delivery_waits_again(self):
        event = Event.objects.create(name="parcel.sent", payload={"parcel_id": 7})
        delivery = Delivery.objects.create(
            event=event, reaction="x.y", state="failed", attempts=5, next_attempt_at=timezone.now()
        )
        assert run_delivery_again(delivery.pk, actor=None)
        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempts) == (Delivery.State.WAITING, 0)
        assert not run_delivery_again(delivery.pk, actor=None)


def test_pruning_keeps_what_is_young_or_unfinished():
    now = timezone.now()
    ages = {"done young": 1, "done old": 8, "failed young": 8, "failed old": 91, "ready": 400}
    for name, days in ages.items():
        state = name.split()[0]
        finished = None if state == "ready" else now - timedelta(days=days)
        Job.objects.create(task=name, state=state, run_after=now, finished_at=finished)
    event = Event.objects.create(name="parcel.sent")
    for name, days in ages.items():
        state = "waiting" if name == "ready" else name.split()[0]
        then = now - timedelta(days=days)
        Delivery.objects.create(event=event, reaction=name, state=state, next_attempt_at=then)
    Worker.objects.create(name="gone", started_at=now, seen_at=now - timedelta(days=2))
    prune.call()
    kept = {"done young", "failed young", "ready"}
    assert set(Job.objects.values_list("task", flat=True)) == kept
    assert set(Delivery.objects.values_list("reaction", flat=True)) == kept
    assert not Worker.objects.exists()
