"""A run that is killed in the middle leaves all of it or nothing, and the next one brings the rest."""

from __future__ import annotations

import random
import time
from typing import Any

from django.db.models import F

from accord.metrics.models import Connection, MappedRow, Measurement, SourceRow, SyncRun
from accord.metrics.services.sync import sync
from accord.metrics.services.sync.running import SILENT
from accord.metrics.tests.sync.builders import SPENT, FakeSource, connection, mapping, plug_in
from tests.cast import Cast
from tests.processes import Start, start, wait_for

__all__ = ["start"]

_ROWS = 600
_SCRIPT = """
import os
import django
django.setup()
from accord.metrics.models import Connection
from accord.metrics.services.sync import running, sync
from accord.metrics.tests.sync.builders import FakeSource
source = FakeSource(rows_a_page=100)
running.open_connector = lambda _connection: source
for amount in range(int(os.environ["FROM"]), 10_000):
    for key in range(int(os.environ["ROWS"])):
        source.put("tickets", key, owner="a011@example.com", created="2026-10-05T02:00:00Z", amount=amount)
    # What changed last is what the cursor says.
    source.changes = amount
    source.streams["tickets"] = {key: (amount, row) for key, (_, row) in source.streams["tickets"].items()}
    sync(Connection.objects.get())
"""


def test_a_killed_run_leaves_all_or_nothing(start: Start, cast: Cast, monkeypatch: Any) -> None:
    made = mapping(connection(), SPENT, "金额")
    chance = random.Random(41)  # noqa: S311
    amount = 0
    for _ in range(2):
        surroundings = {"FROM": str(amount + 1), "ROWS": str(_ROWS), "DJANGO_SETTINGS_MODULE": "accord.config.settings"}
        child = start("-c", _SCRIPT, **surroundings)
        wait_for(lambda before=amount: _reached(made.connection_id) > before)
        time.sleep(chance.random() * 0.4)
        child.kill()
        child.wait()
        amount = _reached(made.connection_id)
        assert _amounts() == {str(amount)}
        assert Measurement.objects.get().value == amount * _ROWS
        assert MappedRow.objects.count() == _ROWS
        # A later run takes the place of the one that was killed, once that has been silent for long enough.
        SyncRun.objects.filter(state=SyncRun.State.RUNNING).update(seen_at=F("seen_at") - 2 * SILENT)
    source = plug_in(monkeypatch, FakeSource(rows_a_page=100))
    source.changes = amount
    for key in range(_ROWS):
        source.put("tickets", key, owner="a011@example.com", created="2026-10-05T02:00:00Z", amount=1)
    run = sync(Connection.objects.get())
    assert (run.state, run.changed) == (SyncRun.State.DONE, _ROWS)
    assert Measurement.objects.get().value == _ROWS
    assert not SyncRun.objects.filter(state=SyncRun.State.RUNNING).exists()


def _reached(pk: int) -> int:
    return int(Connection.objects.get(pk=pk).cursor.get("tickets", {}).get("at", {}).get("change", 0))


def _amounts() -> set[str]:
    return {fields["amount"] for fields in SourceRow.objects.values_list("fields", flat=True)}
