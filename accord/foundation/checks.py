"""What may be wrong with an installation, each in a sentence and with what to do. `accord check` asks."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import NotSupportedError
from django.utils import timezone
from django.utils.translation import gettext as _

from accord.foundation.models import Worker
from accord.foundation.queries.jobs import WORKER_SILENT

FITNESS = "fitness"
"""The tag of checks that look at files and the database, so that they are asked for and not run with each command."""

# INSERT … ON CONFLICT … RETURNING, which storing files and jobs rest on.
OLDEST_SQLITE = (3, 35)


def fitness(check: Any) -> Any:
    """Have `accord check` ask this one."""
    return register(check, FITNESS, deploy=True)


@fitness
def home(**_kwargs: object) -> Iterator[CheckMessage]:
    """Files and the key lie where only we can read them."""
    folder = Path(settings.HOME)
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield Error(
            _("The folder %(folder)s cannot be written to.") % {"folder": folder},
            hint=_("Give it to the account that runs Accord, or set ACCORD_HOME to another folder."),
            id="accord.E001",
        )
    key = folder / "secret.key"
    if os.name == "posix" and key.exists() and stat.S_IMODE(key.stat().st_mode) & 0o077:
        yield Error(
            _("Other accounts of this machine can read %(file)s, which signs every session.") % {"file": key},
            hint=_("Take the right from them: chmod 600 %(file)s") % {"file": key},
            id="accord.E002",
        )


@fitness
def database(**_kwargs: object) -> Iterator[CheckMessage]:
    """The database answers, is new enough, and is up to date; somebody works on its jobs."""
    if connection.vendor == "sqlite" and sqlite3.sqlite_version_info < OLDEST_SQLITE:
        yield Error(
            _("SQLite %(version)s is too old.") % {"version": sqlite3.sqlite_version},
            hint=_("Use a Python with SQLite %(version)s or newer, or PostgreSQL.") % {"version": "3.35"},
            id="accord.E003",
        )
        return
    try:
        connection.ensure_connection()
        yield from _contents()
    except NotSupportedError as error:
        hint = _("Use a newer server of this database.")
        yield Error(_("The database is too old: %(error)s") % {"error": error}, hint=hint, id="accord.E004")
    except DatabaseError as error:
        yield Error(
            _("The database does not answer: %(error)s") % {"error": error},
            hint=_("Check ACCORD_DATABASE_URL, and that the server runs and lets this machine in."),
            id="accord.E005",
        )


def _contents() -> Iterator[CheckMessage]:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        hint = _("Run: accord migrate")
        yield Error(_("The database is not up to date with this version."), hint=hint, id="accord.E006")
        return
    if not Worker.objects.filter(seen_at__gte=timezone.now() - WORKER_SILENT).exists():
        yield checks.Warning(
            _("No worker is running: files to be loaded, nightly work and mail wait."),
            hint=_("Run: accord worker, or accord serve, which brings one along."),
            id="accord.W001",
        )


@fitness
def mail(**_kwargs: object) -> Iterator[CheckMessage]:
    """There is a way to send mail."""
    if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        yield checks.Warning(
            _("No mail server is set: notifications stay in the app, and passwords cannot be reset by mail."),
            hint=_("Set ACCORD_MAIL_URL, such as smtp+tls://user:password@mail.example.com:587"),
            id="accord.W002",
        )
