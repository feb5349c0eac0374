"""Kills at every step, and every order of steps that workers, zombies and the clock can take."""

from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from accord.foundation.jobs import leases
from accord.foundation.jobs.options import JobOptions
from accord.foundation.jobs.worker import JobWorker
from accord.foundation.models import Job, ScheduledRun, Worker
from accord.foundation.tests.effects import note, settle, traces

LEASE = timedelta(seconds=30)
WORKERS = st.sampled_from("abc")


class KilledError(BaseException):
    """What kill -9 is to the database: the statement never comes, or its transaction is never committed."""


class KillAt:
    """Kills the connection at a statement, counted from now: before it is sent, or once it was carried out."""

    def __init__(self, statement: int, afterwards: bool) -> None:
        self.left, self.afterwards = statement, afterwards

    def __call__(self, execute, *args):
        self.left -= 1
        if self.left < 0 and not self.afterwards:
            raise KilledError
        result = execute(*args)
        if self.left < 0:
            raise KilledError
        return result


def work_until_killed(kill: KillAt) -> bool:
    """A new worker claims and runs what is due; true where it was killed on the way."""
    worker = JobWorker(["default"], 1)
    try:
        with connection.execute_wrapper(kill):
            while worker.run_next():
                pass
    except KilledError:
        connection.close()
        return True
    return False


@pytest.mark.django_db(transaction=True)
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=4))
def test_a_job_whose_worker_is_killed_at_any_step_takes_effect_once(kills):
    Job.objects.all().delete()
    Group.objects.all().delete()
    settle.enqueue("paid")
    for step in kills:
        work_until_killed(KillAt(*step))
        Job.objects.filter(state=Job.State.RUNNING).update(lease_until=timezone.now() - LEASE)
        leases.release_expired(timezone.now())
    assert not work_until_killed(KillAt(10**6, False))
    job = Job.objects.get()
    assert job.state == Job.State.DONE
    assert traces("paid") == 1
    assert job.attempts <= 1 + len(kills)


class Leases(RuleBasedStateMachine):
    """Workers that claim, work, finish, fail, die, or sleep and wake up as zombies while the clock goes on."""

    def __init__(self) -> None:
        super().__init__()
        for model in (Job, ScheduledRun, Worker):
            model.objects.all().delete()
        self.now = timezone.now()
        self.held: dict[str, Job] = {}
        self.newest: Counter = Counter()
        self.finished: Counter = Counter()

    @rule()
    def enqueue(self):
        note.using(run_after=self.now).enqueue("x")

    @rule(worker=WORKERS)
    def claim(self, worker):
        if worker in self.held:
            return
        job = leases.claim(worker, ["default"], LEASE, self.now)
        if job:
            assert job.attempts > self.newest[job.pk], "an attempt was given out twice"
            self.newest[job.pk] = job.attempts
            self.held[worker] = job

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def work(self, data):
        """An effect guarded by the lease is refused to everybody but the newest attempt."""
        job = self.one_held(data)
        if leases.renew([job], LEASE, self.now):
            assert job.attempts == self.newest[job.pk]

    @precondition(lambda self: self.held)
    @rule(data=st.data(), fails=st.booleans())
    def end(self, data, fails):
        job = self.one_held(data)
        if fails:
            leases.fail(job, "failed", JobOptions(), self.now)
        else:
            self.note_finish(job)
        self.forget(job)

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def die_or_give_back(self, data):
        job = self.one_held(data)
        if data.draw(st.booleans()):
            leases.give_back([job], self.now)
        self.forget(job)

    @rule(seconds=st.sampled_from([1, 20, 40]))
    def time_passes(self, seconds):
        self.now += timedelta(seconds=seconds)

    @rule(seconds=st.sampled_from([1, 40, 5000]))
    def time_passes_and_somebody_looks(self, seconds):
        self.now += timedelta(seconds=seconds)
        leases.release_expired(self.now)

    @invariant()
    def a_running_job_has_an_owner_and_a_lease(self):
        assert not Job.objects.filter(state="running", lease_until=None).exists()
        assert not Job.objects.exclude(state="running").exclude(lease_until=None).exists()

    def teardown(self):
        """In the end every job is done once, or has failed as often as it may."""
        for _ in range(10):
            self.now += timedelta(hours=2)
            leases.release_expired(self.now)
            while job := leases.claim("last", ["default"], LEASE, self.now):
                self.newest[job.pk] = job.attempts
                self.note_finish(job)
            if not Job.objects.filter(state__in=["ready", "running"]).exists():
                break
        for job in Job.objects.all():
            if job.state == Job.State.DONE:
                assert self.finished[job.pk] == 1
            else:
                assert job.state == Job.State.FAILED
                assert job.attempts >= job.max_attempts
                assert self.finished[job.pk] == 0

    def note_finish(self, job):
        if leases.finish(job, None, self.now):
            assert job.attempts == self.newest[job.pk], "a zombie finished a job that another works on"
            self.finished[job.pk] += 1

    def one_held(self, data):
        return self.held[data.draw(st.sampled_from(sorted(self.held)))]

    def forget(self, job):
        self.held = {worker: held for worker, held in self.held.items() if held is not job}


@pytest.mark.django_db
def test_no_order_of_steps_loses_or_doubles_a_job():
    # Without shrinking, which takes minutes here; thirty steps can be read.
    unshrunk = (Phase.reuse, Phase.generate)
    run_state_machine_as_test(
        Leases, settings=settings(max_examples=30, stateful_step_count=30, deadline=None, phases=unshrunk)
    )
