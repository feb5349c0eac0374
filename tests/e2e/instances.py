"""Instances of the product as somebody sets them up: a home of their own, real processes, SQLite."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError

ROOT = Path(__file__).parents[2]
OURS = ("ACCORD_", "DJANGO_")
START_WITHIN = 120


class Instance:
    """One home. `demo` offers the personas of the demo company on the sign-in page; `more` is set for it besides."""

    def __init__(self, home: Path, *, demo: bool = False, **more: str) -> None:
        others = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        own = {"ACCORD_HOME": str(home), "ACCORD_DEMO": "1" if demo else "", "LC_ALL": "C.UTF-8"}
        self.environment = {**others, **own, **more}

    def accord(self, *arguments: object, typed: str = "") -> str:
        """Run `accord …` and return what it printed; it must end well."""
        done = self._run(["-m", "accord", *map(str, arguments)], typed)
        assert done.returncode == 0, f"accord {' '.join(map(str, arguments))}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def json(self, *arguments: object) -> dict[str, Any]:
        """Run `accord … --json` and return what it printed."""
        answer = json.loads(self.accord(*arguments, "--json"))
        assert isinstance(answer, dict)
        return answer

    def python(self, module: str, *arguments: object) -> None:
        """Run a module of the tests on this instance."""
        done = self._run(["-m", module, *map(str, arguments)])
        assert done.returncode == 0, done.stdout + done.stderr

    @contextmanager
    def serving(self, verb: str = "serve") -> Iterator[str]:
        """`accord serve` (or `demo`) with its worker, until the block ends; gives the address."""
        port = free_port()
        environment = {**self.environment, "ACCORD_BASE_URL": f"http://127.0.0.1:{port}"}
        command = [sys.executable, "-m", "accord", verb, "--port", str(port)]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for_answer(f"http://127.0.0.1:{port}/healthz", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()

    def _run(self, arguments: list[str], typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment, input=typed, capture_output=True, text=True
        )


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def wait_for_answer(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return as soon as `address` answers, whatever it says of the worker."""
    end = time.monotonic() + START_WITHIN
    while time.monotonic() < end:
        assert server.poll() is None, "the server has ended"
        try:
            urllib.request.urlopen(address, timeout=5)
            return
        except URLError as error:
            if getattr(error, "code", None):
                return
            time.sleep(0.1)
    raise AssertionError("the server did not answer")
