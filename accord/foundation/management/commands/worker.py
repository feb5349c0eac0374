"""`accord worker`: run jobs, the schedule, and the reactions left behind."""

import os
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends

from accord.foundation.jobs.worker import JobWorker

_MOST_THREADS = 8


class Command(BaseCommand):
    """Works until SIGTERM or Ctrl-C. Start as many as you like, on as many machines."""

    help = "Run background jobs, the schedule, and reactions that were left behind, until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--queues", default="", help="names, separated by commas; without it all")
        parser.add_argument("--threads", type=int, default=2, choices=range(1, _MOST_THREADS + 1), metavar="N")
        parser.add_argument("--parent", type=int, default=0, metavar="PID", help="stop when this process is gone")

    def handle(self, *args: Any, queues: str, threads: int, parent: int, **options: Any) -> None:
        told = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: told.set())
        names = queues.split(",") if queues else sorted(task_backends[DEFAULT_TASK_BACKEND_ALIAS].queues)
        worker = JobWorker(names, threads)
        worker.start()
        self.stdout.write(f"{worker.name} works on {', '.join(names)}")
        while not told.wait(1):
            if parent and os.getppid() != parent:
                break
        if not worker.stop():
            # Jobs that were given back are others' now; nothing of them may go on here.
            os._exit(0)
