"""What the command line says when the house around it is not in order."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import OperationalError

from accord.foundation.management.verb import Verb


class Away(Verb):
    def handle(self, *args: object, **options: object) -> None:
        raise OperationalError("connection refused\nIs the server running?")


def accord(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 (our own command)
        [sys.executable, "-m", "accord", *arguments],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "accord.config.settings", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_database_that_is_away_is_one_sentence_and_one_object() -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="connection refused"):
        Away(stdout=out).execute(json=True, skip_checks=True, force_color=False, no_color=True)
    assert json.loads(out.getvalue())["error"]["code"] == "database_not_ready"


@pytest.mark.parametrize(
    "environment",
    [{"ACCORD_DATABASE_URL": "mysql://x"}, {"ACCORD_TIME_ZONE": "Mars/Olympus"}, {"ACCORD_HOME": "/dev/null/home"}],
)
def test_settings_that_cannot_be_used_are_one_sentence(environment: dict[str, str], tmp_path: Path) -> None:
    done = accord("score", "-", **{"ACCORD_HOME": str(tmp_path), **environment})
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_new_home_is_closed_to_other_accounts(tmp_path: Path) -> None:
    accord("score", "/dev/null", ACCORD_HOME=str(tmp_path / "home"))
    assert (tmp_path / "home").stat().st_mode & 0o777 == 0o700


def test_a_port_that_does_not_exist_is_one_sentence(tmp_path: Path) -> None:
    done = accord("serve", "--port", "65536", ACCORD_HOME=str(tmp_path))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
