"""Real workers, on the run's own database: killed, told to stop, and two at once."""

import signal
import time
from collections import Counter

import pytest

from accord.foundation.models import Delivery, Job, Worker
from accord.foundation.tests.effects import note, tick, traces, write_line
from tests.processes import start, wait_for

__all__ = ["start"]


@pytest.fixture
def worker(start):
    return lambda *options: start("-m", "accord", "worker", *options)


def files(folder):
    return sorted(path.name for path in folder.iterdir())


def job_of(task):
    return Job.objects.get(task=task.module_path)


def test_the_job_of_a_worker_that_is_killed_is_run_again_and_ends_once(worker, tmp_path):
    write_line.enqueue(str(tmp_path), "job")
    first = worker()
    wait_for((tmp_path / "job.began.1").exists)
    first.kill()
    first.wait()
    worker()
    wait_for((tmp_path / "job.began.2").exists)
    (tmp_path / "go").touch()
    wait_for(lambda: job_of(write_line).state == Job.State.DONE)
    assert files(tmp_path) == ["go", "job.began.1", "job.began.2", "job.ended.2"]
    assert job_of(write_line).attempts == 2


def test_a_long_job_keeps_its_lease(worker, tmp_path):
    write_line.enqueue(str(tmp_path), "job")
    worker()
    worker()
    wait_for((tmp_path / "job.began.1").exists)
    time.sleep(4)  # longer than the lease
    (tmp_path / "go").touch()
    wait_for(lambda: job_of(write_line).state == Job.State.DONE)
    assert files(tmp_path) == ["go", "job.began.1", "job.ended.1"]


def test_a_worker_told_to_stop_ends_its_job_and_takes_no_other(worker, tmp_path):
    write_line.enqueue(str(tmp_path), "job")
    child = worker("--threads", "1")
    wait_for((tmp_path / "job.began.1").exists)
    note.enqueue("afterwards")
    child.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    (tmp_path / "go").touch()
    assert child.wait(20) == 0
    assert job_of(write_line).state == Job.State.DONE
    assert job_of(note).state == Job.State.READY
    assert not Worker.objects.exists()


def test_a_worker_that_cannot_wait_gives_its_job_back(worker, tmp_path):
    write_line.enqueue(str(tmp_path), "job")
    child = worker()
    wait_for((tmp_path / "job.began.1").exists)
    child.send_signal(signal.SIGTERM)
    assert child.wait(20) == 0
    job = job_of(write_line)
    assert (job.state, job.worker) == (Job.State.READY, "")


def test_two_workers_share_many_jobs_and_the_schedule_without_doubles(worker):
    names = [f"job {n}" for n in range(200)]
    for name in names:
        note.enqueue(name)
    began = time.time()
    worker()
    worker()
    wait_for(lambda: not Job.objects.filter(task=note.module_path).exclude(state=Job.State.DONE).exists())
    wait_for(lambda: traces("tick") > 2)
    slots = int((time.time() - began) / 0.5) + 2
    assert Counter(traces(name) for name in names) == {1: 200}
    assert set(Job.objects.values_list("attempts", flat=True)) <= {0, 1}
    assert Job.objects.filter(task=tick.module_path).count() <= slots
    assert Worker.objects.count() == 2


def test_a_process_killed_between_commit_and_dispatch_loses_no_reaction(start, worker):
    script = """
import os, signal, django
django.setup()
from django.db import transaction
from accord.foundation.services.events import record
with transaction.atomic():
    transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
    record("parcel.sent", parcel_id=7)
"""
    assert start("-c", script).wait() == -signal.SIGKILL
    assert Delivery.objects.get().state == Delivery.State.WAITING
    worker()
    wait_for(lambda: Delivery.objects.get().state == Delivery.State.DONE)
    assert traces("receipt 7") == 1


def test_a_worker_ends_with_the_process_it_belongs_to(start):
    script = """
import os, subprocess, sys
child = subprocess.Popen([sys.executable, "-m", "accord", "worker", "--parent", str(os.getpid())])
print(child.pid, flush=True)
sys.stdin.read()
"""
    parent = start("-c", script)
    wait_for(Worker.objects.exists)
    parent.kill()
    wait_for(lambda: not Worker.objects.exists())
