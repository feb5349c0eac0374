"""`accord serve`: the web server with a worker beside it."""

import os
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

_THREADS = 4


class Command(BaseCommand):
    """Serves pages until SIGTERM or Ctrl-C, and ends its worker then."""

    help = "Serve the pages, with one background worker beside the web server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=port_number, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="web processes (2)")
        parser.add_argument("--no-worker", action="store_true", help="run no background worker beside the web server")

    def handle(self, *args: Any, host: str, port: int, workers: int, no_worker: bool, **options: Any) -> None:
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        server = Granian(
            target=settings.WSGI_APPLICATION.replace(".application", ":application"),
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            # Each thread has a database connection of its own.
            blocking_threads=_THREADS,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
            log_level=LogLevels.warning,
        )
        beside = None if no_worker else WorkerBeside()
        if beside:
            server.on_startup(beside.start)
            server.on_shutdown(beside.stop)
        self.stdout.write(f"http://{host}:{port}/")
        server.serve(target_loader=partial(pages, os.getpid()))


def pages(server: int, target: str) -> Any:
    """What answers, in a web process. That ends with its server: of a killed one it would answer beside the next."""
    threading.Thread(target=_end_with, args=(server,), daemon=True).start()
    return import_string(target.replace(":", "."))


def _end_with(server: int) -> None:
    while os.getppid() == server:
        time.sleep(0.5)
    os._exit(0)


def port_number(text: str) -> int:
    """Read a port from the command line. Raises ValueError, which argparse turns into a sentence."""
    port = int(text)
    if not 0 < port < 65_536:
        raise ValueError(text)
    return port


class WorkerBeside:
    """An `accord worker` as a child process, started again should it die."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.keeper = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Start the worker, before the web processes are forked.

        A fork in the middle of starting it would inherit the pipe that tells of its start, and wait for ever.
        """
        self.child = start_worker()
        self.keeper.start()

    def stop(self) -> None:
        """Tell the worker to stop and wait for it."""
        self.stopping.set()
        self.keeper.join()

    def _keep(self) -> None:
        while True:
            while self.child.poll() is None and not self.stopping.wait(1):
                pass
            self.child.terminate()
            self.child.wait()
            if self.stopping.is_set():
                return
            self.child = start_worker()


def start_worker() -> subprocess.Popen[bytes]:
    """A worker that ends with this process."""
    command = [sys.executable, "-m", "accord", "worker", "--parent", str(os.getpid())]
    return subprocess.Popen(command)  # noqa: S603 (our own command)
