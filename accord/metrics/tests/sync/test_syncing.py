"""From the rows of a source to values: what comes, what changes, what goes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from accord.foundation.models import Event, Notification
from accord.metrics.connectors.contract import Page
from accord.metrics.errors.connectors import SignInRefused
from accord.metrics.errors.sync import SyncUnderWay
from accord.metrics.models import Connection, Identity, MappedRow, Measurement, MeasurementRevision, SourceRow, SyncRun
from accord.metrics.services.sync import remap, sync
from accord.metrics.tests.sync.builders import (
    FIRST_ANSWER,
    RESOLVED,
    SPENT,
    FakeSource,
    connection,
    given,
    landed,
    mapping,
    plug_in,
    value_of,
)
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db
ZHANG, LIN = "a011@example.com", "a012@example.com"


@pytest.fixture
def source(monkeypatch: Any) -> FakeSource:
    return plug_in(monkeypatch, FakeSource())


def counts(run: SyncRun) -> tuple[int, int, int, int]:
    return run.created, run.changed, run.same, run.refused


def test_rows_become_values_with_their_origin(cast: Cast, source: FakeSource) -> None:
    made = mapping(connection(), RESOLVED, "解决率", unit="%", aggregation="last")
    for key, status in enumerate(["resolved", "open", "resolved"], 1):
        source.put("tickets", key, owner=ZHANG.upper(), created="2026-10-05T02:00:00Z", status=status, secret="x")
    run = sync(made.connection)
    assert (run.state, counts(run), run.read) == (SyncRun.State.DONE, (3, 0, 0, 0), 3)
    assert value_of("A011", "解决率", "2026-W41") == Decimal("66.67")
    value = Measurement.objects.get()
    assert value.row == Measurement.FROM_ROWS
    assert value.batch in run.batches.all()
    assert value.batch.mapping_version == 1
    # Only the fields that the rule uses are kept.
    assert landed()["tickets/1"] == {"owner": ZHANG.upper(), "created": "2026-10-05T02:00:00Z", "status": "resolved"}
    again = sync(Connection.objects.get())
    assert (again.read, counts(again)) == (0, (0, 0, 0, 0))
    assert not MeasurementRevision.objects.exists()


def test_a_row_that_moves_to_another_person_and_week_touches_both(cast: Cast, source: FakeSource) -> None:
    made = mapping(connection(), SPENT, "金额")
    source.put("tickets", 1, owner=ZHANG, created="2026-10-05T02:00:00Z", amount="10.5")
    source.put("tickets", 2, owner=ZHANG, created="2026-10-05T02:00:00Z", amount=2)
    sync(made.connection)
    assert value_of("A011", "金额", "2026-W41") == Decimal("12.5")
    source.put("tickets", 1, owner=LIN, created="2026-10-12T02:00:00Z", amount="10.5")
    run = sync(Connection.objects.get())
    assert counts(run) == (0, 1, 0, 0)
    assert value_of("A011", "金额", "2026-W41") == Decimal(2)
    assert value_of("A012", "金额", "2026-W42") == Decimal("10.5")
    source.put("tickets", 2, owner=LIN, created="2026-10-12T02:00:00Z", amount=2)
    sync(Connection.objects.get())
    # The last row of the group has gone, and so has its value; what it was stays to be read.
    assert value_of("A011", "金额", "2026-W41") is None
    assert MeasurementRevision.objects.filter(value=Decimal(2), row=Measurement.FROM_ROWS).exists()


def test_midnight_is_that_of_the_rule(cast: Cast, source: FakeSource) -> None:
    mapping(connection(), {**SPENT, "aggregate": "count", "value": None}, "工单数")
    # Sunday evening in UTC is Monday in Shanghai.
    source.put("tickets", 1, owner=ZHANG, created="2026-10-04T17:00:00Z")
    sync(Connection.objects.get())
    assert value_of("A011", "工单数", "2026-W41") == 1


def test_a_late_answer_touches_the_ticket_it_belongs_to(cast: Cast, source: FakeSource) -> None:
    made = mapping(connection(), FIRST_ANSWER, "首次响应时长", aggregation="mean")
    source.put("tickets", 7, owner=ZHANG, created="2026-10-05T02:00:00Z")
    source.put("tickets", 8, owner=ZHANG, created="2026-10-05T03:00:00Z")
    sync(made.connection)
    assert value_of("A011", "首次响应时长", "2026-W41") is None
    source.put("answers", 1, ticket=7, at="2026-10-05T02:30:00Z")
    source.put("answers", 2, ticket=7, at="2026-10-05T02:10:00Z")
    run = sync(Connection.objects.get())
    assert counts(run) == (2, 0, 0, 0)
    assert value_of("A011", "首次响应时长", "2026-W41") == 10
    source.put("answers", 2, ticket=8, at="2026-10-05T03:50:00Z")
    sync(Connection.objects.get())
    # The answer was given to another ticket: 30 and 50 minutes.
    assert value_of("A011", "首次响应时长", "2026-W41") == 40


def test_rows_that_are_gone_go_with_a_full_reading_only(cast: Cast, source: FakeSource) -> None:
    made = mapping(connection(), SPENT, "金额")
    for key in (1, 2):
        source.put("tickets", key, owner=ZHANG, created="2026-10-05T02:00:00Z", amount=key)
    sync(made.connection)
    source.drop("tickets", 2)
    sync(Connection.objects.get())
    assert value_of("A011", "金额", "2026-W41") == 3
    run = sync(Connection.objects.get(), full=True)
    assert (run.read, counts(run)) == (1, (0, 0, 1, 0))
    assert value_of("A011", "金额", "2026-W41") == 1
    assert SourceRow.objects.count() == MappedRow.objects.count() == 1


def test_an_account_that_sees_less_takes_nobodys_numbers(cast: Cast, source: FakeSource) -> None:
    made = mapping(connection(settings={"v": 1, "streams": {"tickets": {"full": True}}}), SPENT, "金额")
    for key in range(50):
        source.put("tickets", key, owner=ZHANG, created="2026-10-05T02:00:00Z", amount=1)
    sync(made.connection)
    for key in range(40):
        source.drop("tickets", key)
    run = sync(Connection.objects.get())
    assert run.failure == {"code": "source_shrank", "values": {"source": "工单系统", "before": "50", "rest": "10"}}
    assert value_of("A011", "金额", "2026-W41") == 50
    sync(Connection.objects.get(), full=True)
    assert value_of("A011", "金额", "2026-W41") == 10


def test_refused_rows_say_why(cast: Cast, source: FakeSource) -> None:
    mapping(connection(), SPENT, "金额")
    source.put("tickets", 1, owner=ZHANG, created="2026-10-05T02:00:00Z", amount="about 3")
    source.put("tickets", 2, owner=ZHANG, created="soon", amount=1)
    source.put("tickets", 3, owner="", created="2026-10-05T02:00:00Z", amount=1)
    source.put("tickets", 4, owner=ZHANG, created="2099-10-05T02:00:00Z", amount=1)
    source.put("tickets", 5, owner=ZHANG, created="2026-10-05T02:00:00Z", amount=1)
    run = sync(Connection.objects.get())
    assert {(each["key"], each["code"]) for each in run.refusals} == {
        ("1", "number_unreadable"),
        ("2", "when_unreadable"),
        ("3", "who_missing"),
        ("4", "when_ahead"),
    }
    assert (run.refused, run.created) == (4, 5)
    assert value_of("A011", "金额", "2026-W41") == 1


def test_a_changed_rule_counts_the_landed_rows_without_the_source(cast: Cast, source: FakeSource) -> None:
    made = mapping(connection(), SPENT, "金额")
    source.put("tickets", 1, owner=ZHANG, created="2026-10-05T02:00:00Z", amount=4, hours=9)
    source.put("tickets", 2, owner=ZHANG, created="2026-10-05T02:00:00Z", amount=6, hours=9)
    sync(made.connection)
    source.reads.clear()
    made.rule, made.version = {**SPENT, "aggregate": "max"}, 2
    made.save()
    assert remap(made, cast.administrator.user)
    assert value_of("A011", "金额", "2026-W41") == 6
    assert Measurement.objects.get().batch.mapping_version == 2
    assert not source.reads
    made.rule, made.version = {**SPENT, "value": {"field": "hours"}}, 3
    made.save()
    # Nobody kept the hours: the next run reads everything again.
    assert not remap(made)
    assert value_of("A011", "金额", "2026-W41") == 6
    sync(Connection.objects.get())
    assert source.reads == [("tickets", {})]
    assert value_of("A011", "金额", "2026-W41") == 18
    sync(Connection.objects.get())
    assert source.reads[-1] == ("tickets", {"change": 2})


def test_a_second_run_at_the_same_time_is_told(cast: Cast, source: FakeSource) -> None:
    mapping(connection(), SPENT, "金额")
    source.put("tickets", 1, owner=ZHANG, created="2026-10-05T02:00:00Z", amount=4)

    def another() -> None:
        with pytest.raises(SyncUnderWay):
            sync(Connection.objects.get())

    source.between_pages = another
    assert sync(Connection.objects.get()).state == SyncRun.State.DONE


def test_a_run_that_was_thought_dead_writes_nothing(cast: Cast, source: FakeSource) -> None:
    mapping(connection(), SPENT, "金额")
    source.put("tickets", 1, owner=ZHANG, created="2026-10-05T02:00:00Z", amount=4)
    source.between_pages = lambda: SyncRun.objects.update(state=SyncRun.State.FAILED) and None
    run = sync(Connection.objects.get())
    assert run.state == SyncRun.State.FAILED
    assert not SourceRow.objects.exists()
    assert Connection.objects.get().cursor == {}
    assert Connection.objects.get().failing_since is None


def test_a_failing_source_is_said_once_and_so_is_its_recovery(cast: Cast, source: FakeSource) -> None:
    mapping(connection(cast.administrator, every=60), SPENT, "金额")
    source.put("tickets", 1, owner=ZHANG, created="2026-10-05T02:00:00Z", amount=4)
    source.fails = SignInRefused(host="tickets.example.com", answer=401)
    for _ in range(3):
        run = sync(Connection.objects.get())
    failing = Connection.objects.get()
    assert (
        run.failure
        == failing.failure
        == {
            "code": "source_sign_in_refused",
            "values": {"host": "tickets.example.com", "answer": "401"},
        }
    )
    assert failing.failing_since == SyncRun.objects.earliest("pk").started_at
    (told,) = Notification.objects.filter(kind="connection.failed")
    assert client_of(cast.administrator).get(told.url).status_code == 200
    source.fails = None
    sync(Connection.objects.get())
    assert Connection.objects.get().failing_since is None
    assert Notification.objects.filter(kind="connection.recovered").count() == 1
    assert Event.objects.filter(name="connection.failed").count() == 1
    assert Event.objects.filter(name="connection.recovered").count() == 1


@pytest.mark.parametrize("step", ["land", "insert_mapped", "ingest", "end_run", "succeeded", "match_waiting"])
def test_a_crash_at_any_step_leaves_nothing_and_a_rerun_brings_the_same(
    cast: Cast, source: FakeSource, monkeypatch: Any, step: str
) -> None:
    mapping(connection(), SPENT, "金额")
    source.put("tickets", 1, owner=ZHANG, created="2026-10-05T02:00:00Z", amount=4)
    source.put("tickets", 2, owner="nobody@example.com", created="2026-10-05T02:00:00Z", amount=4)
    module = "running" if step in ("end_run", "succeeded") else "bringing"

    def crash(*_args: Any, **_values: Any) -> None:
        raise MemoryError

    with monkeypatch.context() as faulty:
        faulty.setattr(f"accord.metrics.services.sync.{module}.{step}", crash)
        with pytest.raises(MemoryError):
            sync(Connection.objects.get())
    assert not SourceRow.objects.exists()
    assert not Identity.objects.exists()
    assert not Measurement.objects.exists()
    assert Connection.objects.get().cursor == {}
    run = sync(Connection.objects.get())
    assert counts(run) == (2, 0, 0, 0)
    assert value_of("A011", "金额", "2026-W41") == 4


def test_the_same_row_twice_in_one_reading_counts_once(cast: Cast, source: FakeSource, monkeypatch: Any) -> None:
    mapping(connection(), SPENT, "金额")
    rows = [
        {"_key": "1", "_stamp": stamp, "owner": ZHANG, "created": "2026-10-05T02:00:00Z", "amount": amount}
        for stamp, amount in [("2026-10-05T03:00:00Z", 8), ("2026-10-05T02:00:00Z", 3)]
    ]
    monkeypatch.setattr(source, "read", lambda *_: iter([Page(rows, {}, None)]))
    sync(Connection.objects.get())
    assert value_of("A011", "金额", "2026-W41") == 8
    assert len(given()) == 1
