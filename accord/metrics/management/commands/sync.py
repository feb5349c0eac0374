"""`accord sync [SOURCE]`: read sources now."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from accord.foundation.management.verb import Verb
from accord.foundation.terminal import ProgressBar
from accord.metrics.errors.sync import NoSuchSource
from accord.metrics.models import Connection, SyncRun
from accord.metrics.queries.connections import connections_to_read, explain_failure
from accord.metrics.services.sync import sync


class Command(Verb):
    """Exits with 0 once every source was read, also where rows were refused, and with 1 where one could not be."""

    help = "Read sources now: all that run, or the one that is named."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", metavar="SOURCE", nargs="?", help="the name of one source")
        parser.add_argument(
            "--full", action="store_true", help="read everything again and remove rows that are no longer there"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object a source")

    def handle(self, *args: Any, **options: Any) -> None:
        connections = connections_to_read(options["source"])
        if options["source"] and not connections:
            raise NoSuchSource(name=options["source"])
        failed = [each for each in connections if not self._read(each, options)]
        if failed:
            names = ", ".join(each.source.name for each in failed)
            raise CommandError(_("Not read: %(sources)s") % {"sources": names})

    def _read(self, connection: Connection, options: dict[str, Any]) -> bool:
        with ProgressBar(sys.stderr) as progress:
            run = sync(connection, full=options["full"], progress=progress)
        if options["json"]:
            self.print_json(_report(run))
        else:
            self.stdout.write(_sentence(run))
        return run.state == SyncRun.State.DONE


def _report(run: SyncRun) -> dict[str, Any]:
    counts = {name: getattr(run, name) for name in ("read", "created", "changed", "same", "refused")}
    return {
        "source": run.connection.source.name,
        "run": run.pk,
        "state": run.state,
        **counts,
        "refusals": run.refusals,
        "failure": run.failure,
    }


def _sentence(run: SyncRun) -> str:
    name = run.connection.source.name
    if run.failure:
        return f"{name}: {explain_failure(run.failure)}"
    return _(
        "%(source)s: %(read)s rows read, %(created)s new, %(changed)s changed, %(same)s unchanged, %(refused)s refused."
    ) % {"source": name, **{key: _report(run)[key] for key in ("read", "created", "changed", "same", "refused")}}
