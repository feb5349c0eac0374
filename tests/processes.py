"""Real processes beside a test, on the database of the test."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import connection

Start = Callable[..., subprocess.Popen[str]]


def database_url() -> str:
    """What `ACCORD_DATABASE_URL` must be for a process to share the test's database."""
    settings: dict[str, Any] = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    user = f"{quote(settings['USER'])}:{quote(settings['PASSWORD'])}"
    options = {key: value for key, value in settings["OPTIONS"].items() if isinstance(value, str)}
    return f"postgresql://{user}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}?{urlencode(options)}"


@pytest.fixture
def start(transactional_db: None) -> Iterator[Start]:
    """Starts `python …` on the test's database; what still runs when the test ends is killed."""
    children: list[subprocess.Popen[str]] = []

    def run(*arguments: str, **environment: str) -> subprocess.Popen[str]:
        surroundings = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.process_settings",
            "ACCORD_DATABASE_URL": database_url(),
            **environment,
        }
        # In a session of its own it can be killed with everything that it started.
        child = subprocess.Popen(
            [sys.executable, *arguments], env=surroundings, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        children.append(child)
        return child

    yield run
    for child in children:
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()


def wait_for(true: Callable[[], object], seconds: float = 90) -> None:
    """Return as soon as `true()` is."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
