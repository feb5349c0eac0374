"""`accord values`: old values leave the database, come back, and are forgotten."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from accord.domain.periods import Period, PeriodError
from accord.foundation.clock import organisation_day
from accord.foundation.management.verb import Verb
from accord.metrics.errors.retention import NoSuchPeriod
from accord.metrics.jobs.retention import months_before
from accord.metrics.models import StoredPeriod
from accord.metrics.services.retention.bringing_back import bring_back, forget_stored
from accord.metrics.services.retention.storing import periods_before, store_away


class Command(Verb):
    """One line for each period; with --json one object for all."""

    help = "Store the values of old periods in files, bring one back, delete old files, or list what is stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        store = actions.add_parser("store", help="write old periods to files and take them out of the database")
        forget = actions.add_parser("forget", help="delete the files of old stored periods; their digests stay")
        for action in (store, forget):
            action.add_argument("--months", type=int, required=True, help="older than so many months")
        store.add_argument("--dry-run", action="store_true", help="only say which periods these are")
        back = actions.add_parser("back", help="put a stored period back into the database")
        back.add_argument("period", metavar="PERIOD", help="such as 2023-W05, 2023-02, 2023-Q1")
        actions.add_parser("list", help="the stored periods")
        for action in actions.choices.values():
            action.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, action: str, json: bool, **options: Any) -> None:
        rows = getattr(self, f"_{action}")(**options)
        if json:
            self.print_json({"periods": rows})
            return
        for row in rows:
            self.stdout.write("  ".join(str(cell) for cell in row.values()))

    def _store(self, months: int, dry_run: bool, **options: Any) -> list[dict[str, object]]:
        old = periods_before(months_before(organisation_day(), max(months, 1)))
        if dry_run:
            return [{"period": period.label} for period in old]
        return [_told(stored) for stored in store_away(old)]

    def _forget(self, months: int, **options: Any) -> list[dict[str, object]]:
        return [{"period": period.label} for period in forget_stored(months_before(organisation_day(), max(months, 1)))]

    def _back(self, period: str, **options: Any) -> list[dict[str, object]]:
        try:
            named = Period.parse(period)
        except PeriodError as error:
            raise NoSuchPeriod(text=period) from error
        return [{"period": named.label, "values": bring_back(named)}]

    def _list(self, **options: Any) -> list[dict[str, object]]:
        return [_told(stored) for stored in StoredPeriod.objects.order_by("period")]


def _told(stored: StoredPeriod) -> dict[str, object]:
    return {
        "period": Period(stored.period).label,
        "values": stored.values,
        "revisions": stored.revisions,
        "digest": stored.digest,
        "file": stored.file_name,
    }
