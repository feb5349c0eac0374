"""A worker: threads that run jobs, one that keeps their leases, one that runs the reactions left behind."""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Collection
from datetime import timedelta

from django.db import close_old_connections, connection
from django.utils import timezone

from accord.foundation.jobs import attempt, leases
from accord.foundation.jobs.options import job_options
from accord.foundation.jobs.schedule import enqueue_due
from accord.foundation.models import Job, Worker
from accord.foundation.registry import table
from accord.foundation.services.deliveries import sweep

logger = logging.getLogger(__name__)


class Loop(threading.Thread):
    """Calls `step` until told to stop: again at once while it returns true, else after `pause`.

    A step that fails (a database that restarts, say) is tried again. The thread never keeps a process from ending.
    """

    def __init__(self, step: Callable[[], bool], pause: timedelta, stop: threading.Event) -> None:
        super().__init__(daemon=True, name=step.__name__)
        self.step, self.pause, self.stop = step, pause.total_seconds(), stop

    def run(self) -> None:
        while not self.stop.is_set():
            if not self._careful_step():
                self.stop.wait(self.pause)
        connection.close()

    def _careful_step(self) -> bool:
        try:
            return self.step()
        except Exception:
            logger.exception("%s failed; trying again", self.name)
            return False
        finally:
            close_old_connections()


class JobWorker:
    """Runs the jobs of `queues` in `threads` threads from `start` to `stop`."""

    def __init__(self, queues: Collection[str], threads: int) -> None:
        self.name = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.queues = queues
        self.options = options = job_options()
        self.running: dict[int, Job] = {}
        self.started_at = timezone.now()
        self.last_beat = float("-inf")
        self.stopping, self.ending = threading.Event(), threading.Event()
        self.loops = [
            *(Loop(self.run_next, options.poll, self.stopping) for _ in range(threads)),
            Loop(self.sweep_deliveries, options.poll, self.stopping),
            Loop(self.follow_schedule, options.beat, self.stopping),
        ]
        self.heart = Loop(self.beat, options.beat, self.ending)

    def start(self) -> None:
        """Begin to work."""
        self.beat()
        for loop in (self.heart, *self.loops):
            loop.start()

    def stop(self) -> bool:
        """Take no more jobs, let the current ones end for a while, then give back what is left.

        Return true where nothing was left; else the caller is to end the process, for its threads go on.
        """
        self.stopping.set()
        patience = time.monotonic() + self.options.stop_within.total_seconds()
        for loop in self.loops:
            loop.join(max(0, patience - time.monotonic()))
        self.ending.set()
        left = leases.give_back(list(self.running.values()), timezone.now())
        Worker.objects.filter(name=self.name).delete()
        return not left

    def run_next(self) -> bool:
        """Run the next job, if there is one."""
        job = leases.claim(self.name, self.queues, self.options.lease, timezone.now())
        if job is None:
            return False
        thread = threading.get_ident()
        self.running[thread] = job
        try:
            attempt.run(job)
        finally:
            del self.running[thread]
        return True

    def beat(self) -> bool:
        """Renew the leases, be seen, and take over from workers that died."""
        now = timezone.now()
        leases.renew(list(self.running.values()), self.options.lease, now)
        seen = Worker(name=self.name, started_at=self.started_at, seen_at=now)
        Worker.objects.bulk_create([seen], update_conflicts=True, unique_fields=["name"], update_fields=["seen_at"])
        # After a time in which nobody could write every lease looks expired: first let them all be renewed.
        on_time = time.monotonic() - self.last_beat < 2 * self.options.beat.total_seconds()
        self.last_beat = time.monotonic()
        if on_time:
            leases.release_expired(now)
        return False

    def follow_schedule(self) -> bool:
        """Enqueue what the clock asks for."""
        enqueue_due(table("ACCORD_SCHEDULE"), timezone.now())
        return False

    def sweep_deliveries(self) -> bool:
        """Run the reactions whose process died or which failed before."""
        return sweep() > 0
