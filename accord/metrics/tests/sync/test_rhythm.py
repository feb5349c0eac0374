"""When sources are read, by whom, and what is said of them."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accord.metrics.errors.connectors import NothingToFetch, SignInRefused
from accord.metrics.jobs import connections as jobs
from accord.metrics.models import Connection, Metric, SourceRow, SyncRun
from accord.metrics.queries.connections import landed_sample, trouble_of
from accord.metrics.queries.own_data import own_data, own_source_names
from accord.metrics.services.sync import preview, remap, sync
from accord.metrics.tests.sync.builders import FIRST_ANSWER, SPENT, FakeSource, connection, mapping, plug_in
from accord.metrics.tests.sync.test_syncing import LIN, ZHANG
from tests.cast import Cast, employee

pytestmark = pytest.mark.django_db
REFUSED = SignInRefused(host="tickets.example.com", answer=401)


@pytest.fixture
def source(monkeypatch: Any) -> FakeSource:
    made = plug_in(monkeypatch, FakeSource())
    made.put("tickets", 1, owner=ZHANG, created="2026-10-05T02:00:00Z", amount=4)
    return made


def test_each_connection_that_is_due_is_read_by_a_job_of_its_own(
    cast: Cast, source: FakeSource, monkeypatch: Any
) -> None:
    monkeypatch.setattr(jobs, "enqueue_once", lambda job, _key, *args: job.call(*args))
    now = timezone.now()
    due = connection(name="due", every=60, next_run_at=now - timedelta(minutes=1))
    connection(name="later", every=60, next_run_at=now + timedelta(minutes=1))
    connection(name="by hand", next_run_at=now - timedelta(minutes=1))
    connection(name="paused", every=60, next_run_at=now - timedelta(minutes=1), state=Connection.State.PAUSED)
    mapping(due, SPENT, "金额")
    for _ in range(2):
        jobs.sync_due.call()
    run = SyncRun.objects.get()
    assert (run.connection, run.state) == (due, SyncRun.State.DONE)
    due.refresh_from_db()
    assert due.next_run_at is not None
    assert timedelta(minutes=56) < due.next_run_at - now < timedelta(minutes=64)


def test_a_failing_source_is_asked_more_and_more_seldom(cast: Cast, source: FakeSource) -> None:
    made = connection(every=5)
    mapping(made, SPENT, "金额")
    source.fails = REFUSED
    pauses = []
    for _ in range(8):
        before = timezone.now()
        sync(Connection.objects.get())
        at = Connection.objects.get().next_run_at
        assert at is not None
        pauses.append((at - before) / timedelta(minutes=1))
    assert pauses[0] <= 5.1
    assert 60 < pauses[-1] <= 361


def test_every_number_of_a_failing_source_can_say_so(cast: Cast, source: FakeSource) -> None:
    made = mapping(connection(), SPENT, "金额")
    sync(Connection.objects.get())
    assert trouble_of([made.metric]) == {}
    source.fails = REFUSED
    sync(Connection.objects.get())
    trouble = trouble_of([made.metric, made.metric_id + 1])[made.metric_id]
    assert (trouble.source, trouble.code) == ("工单系统", "source_sign_in_refused")
    assert "401" in trouble.sentence


def test_the_command_tells_what_it_did_and_what_it_could_not(cast: Cast, source: FakeSource) -> None:
    mapping(connection(), SPENT, "金额")
    answer = StringIO()
    call_command("sync", "工单系统", "--json", stdout=answer)
    told = json.loads(answer.getvalue())
    assert (told["state"], told["created"], told["failure"]) == ("done", 1, None)
    source.fails = REFUSED
    answer = StringIO()
    with pytest.raises(CommandError, match="工单系统"):
        call_command("sync", "--full", stdout=answer)
    assert "401" in answer.getvalue()
    with pytest.raises(CommandError, match="CRM"):
        call_command("sync", "CRM")
    # A source that sends its rows cannot be read, and that is no failure of it.
    connection(name="CRM", kind="push")
    with pytest.raises(CommandError) as refused:
        call_command("sync", "CRM")
    assert isinstance(refused.value.__cause__, NothingToFetch)
    assert SyncRun.objects.filter(connection__source__name="CRM").count() == 0


def test_old_runs_are_forgotten(cast: Cast, source: FakeSource) -> None:
    mapping(connection(), SPENT, "金额")
    sync(Connection.objects.get())
    sync(Connection.objects.get())
    SyncRun.objects.filter(pk=SyncRun.objects.earliest("pk").pk).update(
        ended_at=timezone.now() - jobs.RUNS_KEPT - timedelta(days=1)
    )
    jobs.forget_sources.call()
    assert SyncRun.objects.count() == 1
    assert SourceRow.objects.count() == 1


def test_a_preview_writes_nothing_and_says_what_would_be(cast: Cast, source: FakeSource) -> None:
    made = connection(cast.hrbp_wang)
    metric = Metric.objects.create(name="首次响应", unit="分钟")
    employee("A013", "小张", cast.service)
    rows = [
        {"_key": 1, "owner": "小张", "created": "2026-10-05T02:00:00Z"},
        {"_key": 2, "owner": "小林", "created": "2026-10-05T02:00:00Z"},
        {"_key": 3, "owner": "小林", "created": "2026-10-05T02:00:00Z"},
        {"_key": 4, "owner": "小林", "created": "soon"},
        {"_key": 5, "owner": "外人", "created": "2027-03-01T02:00:00Z"},
    ]
    answers = [{"_key": key, "ticket": key, "at": f"2026-10-05T02:{key}0:00Z"} for key in (1, 2, 4)]
    answers.append({"_key": 5, "ticket": 5, "at": "2027-03-01T04:00:00Z"})
    span = {"from": "created", "to": "answered", "in": "minutes", "working": True}
    rule = {**FIRST_ANSWER, "who": {"field": "owner", "by": "name"}, "value": span}
    found = preview(made, "tickets", rule, metric, rows, {"answers": answers})
    assert [(each.whose, each.period.label, each.value, each.rows) for each in found.values] == [
        ("小林", "2026-W41", 0, 1),
    ]
    # Monday the 5th is a day off; 外人 is nobody whom the owner may speak about; of 小张 there are two.
    assert [(each.name, each.rows, len(each.candidates)) for each in found.unmatched] == [
        ("小张", 1, 2),
        ("外人", 1, 1),
    ]
    assert [(each.key, each.code) for each in found.refused] == [("4", "when_unreadable")]
    assert (found.read, found.counted, found.left_out) == (5, 3, 1)
    assert "2027" in str(found.notes[0])
    assert not SourceRow.objects.exists()
    assert not made.identities.exists()


def test_a_person_takes_along_what_sources_call_them(cast: Cast, source: FakeSource) -> None:
    mapping(connection(), SPENT, "金额")
    source.put("tickets", 2, owner=LIN, created="2026-10-05T02:00:00Z", amount=4)
    sync(Connection.objects.get())
    assert own_source_names(cast.xiaozhang.user) == [
        {"source": "工单系统", "called": ZHANG, "rows": 1, "fields_kept": ["amount", "created", "owner"]}
    ]
    assert own_data(cast.xiaozhang.user)[0]["values"][0]["source"] == "工单系统"


def test_rows_can_be_looked_at_before_a_rule_uses_them(cast: Cast, source: FakeSource) -> None:
    made = mapping(connection(), SPENT, "金额")
    sync(Connection.objects.get())
    assert landed_sample(made.connection, "tickets")[0]["_key"] == "1"
    made.version = 2
    made.save()
    assert remap(made)
