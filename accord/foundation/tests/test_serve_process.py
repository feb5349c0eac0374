"""`accord serve`: pages and a worker beside them, until told to stop."""

import json
import os
import signal
import socket
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from accord.foundation.models import Worker
from tests.processes import start, wait_for

__all__ = ["start"]


@pytest.fixture
def serve(start, tmp_path):
    """Starts a server on a free port in an empty home; gives the process and the address of `/healthz`."""

    def run(*options):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        child = start(
            "-m", "accord", "serve", "--workers", "1", "--port", str(port), *options, ACCORD_HOME=str(tmp_path)
        )
        return child, f"http://127.0.0.1:{port}/healthz"

    return run


def answers(address):
    try:
        with urlopen(address) as response:  # noqa: S310
            return json.load(response)
    except URLError:
        return None


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def worker_pid():
    return int(Worker.objects.order_by("-started_at").values_list("name", flat=True)[0].split(":")[1])


def test_it_serves_with_a_worker_that_is_replaced_when_it_dies_and_leaves_nothing_running(serve):
    server, address = serve()
    wait_for(lambda: (answers(address) or {}).get("ok"))
    killed = worker_pid()
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: worker_pid() != killed)
    replaced = worker_pid()
    server.terminate()
    assert server.wait(30) == 0
    wait_for(lambda: not is_alive(replaced))
    assert answers(address) is None


def test_without_a_worker_it_serves_and_says_that_nobody_works_until_it_is_killed(serve):
    server, address = serve("--no-worker")

    def status():
        try:
            urlopen(address)  # noqa: S310
        except OSError as error:
            return getattr(error, "code", None)

    wait_for(lambda: status() == 503)
    assert not Worker.objects.exists()
    server.kill()
    wait_for(lambda: status() is None)
