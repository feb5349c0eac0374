"""Traps of real systems that raise no error: settings cure each, and nothing is lost in silence."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.metrics.errors.connectors import FieldGone, IdentityNotProved, RowsMissing
from accord.metrics.tests.connectors.hostile import START, Asked, Clock, Reply, Server, serving
from accord.metrics.tests.connectors.sources import (
    TicketSystem,
    keys,
    opened,
    read_all,
    simple_settings,
    ticket_settings,
)

ZONES = ("UTC", "Asia/Shanghai", "America/New_York")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.booleans()),
        st.tuples(st.just("edit"), st.integers(0, 30)),
        st.tuples(st.just("wait"), st.integers(1, 40_000)),
        st.tuples(st.just("read"), st.none()),
    ),
    max_size=30,
)


def read_by(system: TicketSystem, server: Server, cursor: Any = None, **changes: Any) -> Any:
    return read_all(opened(server, ticket_settings(server.base, **changes), system.clock), cursor)


@pytest.mark.parametrize("zone", ZONES)
@settings(max_examples=12, deadline=None)
@given(steps=STEPS)
def test_reading_bit_by_bit_comes_to_the_same_as_reading_everything(zone: str, steps: list[tuple[str, Any]]) -> None:
    """Closed ones, never edited ones, capped pages and a zone that the system keeps to itself included."""
    system = TicketSystem(zone=zone, clock=Clock(now=START))
    with serving(system) as server:
        known: dict[str, Any] = {}
        cursor: Any = None
        for what, with_what in [*steps, ("read", None)]:
            if what == "add":
                system.add(with_what)
            elif what == "edit" and system.tickets:
                system.edit(with_what % len(system.tickets) + 1)
            elif what == "wait":
                system.clock.now += timedelta(seconds=with_what)
            elif what == "read":
                rows, cursor = read_by(system, server, cursor)
                known |= {row["_key"]: row for row in rows}
        everything, _end = read_by(system, server)
    assert known == {row["_key"]: row for row in everything}
    assert len(everything) == len(system.tickets)


def test_a_later_read_asks_in_the_zone_of_the_account_and_only_for_what_changed() -> None:
    system = TicketSystem(zone="America/New_York")
    for _ in range(7):
        system.add()
    system.clock.now += timedelta(hours=1)
    with serving(system) as server:
        system.edit(7)
        _rows, cursor = read_by(system, server)
        system.clock.now += timedelta(hours=3)
        system.edit(2)
        rows, _cursor = read_by(system, server, cursor)
        since = next(asked.query["since"] for asked in server.asked if "since" in asked.query)
    assert keys(rows) == ["2", "7"]
    assert since == "2026-11-04 21:58:59"


def test_a_zone_that_the_source_does_not_tell_widens_the_window_by_more_than_a_day() -> None:
    system = TicketSystem(zone="UTC")
    for _ in range(3):
        system.add()
    with serving(system) as server:
        server.answer = lambda asked: Reply({"login": "reader"}) if asked.path == "/me" else system(asked)
        _rows, cursor = read_by(system, server)
        read_by(system, server, cursor)
        [since] = {asked.query["since"] for asked in server.asked if "since" in asked.query}
    assert since == "2026-11-03 22:59:59"


def test_a_filter_that_cannot_say_or_is_asked_twice() -> None:
    """The system has one parameter for changed and one for created rows; never edited ones have no change stamp."""
    system = TicketSystem()
    system.add()
    since = {"param": "changed_since", "also": ["created_since"], "field": "changed", "fallback": ["created"]}
    since |= {"format": "%Y-%m-%d %H:%M:%S", "overlap_minutes": 0}
    with serving(system) as server:
        _rows, cursor = read_by(system, server, since=since)
        system.clock.now += timedelta(days=2)
        system.edit(1)
        system.add()
        rows, _cursor = read_by(system, server, cursor, since=since)
    assert sorted(set(keys(rows))) == ["1", "2"]


def test_a_revoked_key_that_still_gets_an_answer_is_no_key() -> None:
    system = TicketSystem(key="another one by now")
    system.add()
    with serving(system) as server:
        with pytest.raises(IdentityNotProved):
            read_by(system, server)
        assert [asked.path for asked in server.asked] == ["/me"]


def test_somebody_elses_key_is_not_ours() -> None:
    system = TicketSystem()
    with serving(system) as server:
        asked_for = ticket_settings(server.base)
        asked_for["probe"]["expect"] = "another reader"
        with pytest.raises(IdentityNotProved):
            opened(server, asked_for).probe()


def test_rows_that_are_hidden_are_missed_when_the_source_counts_them() -> None:
    def answer(asked: Asked) -> Reply:
        return Reply({"rows": [{"id": 1, "name": "a"}] if asked.query["page"] == "1" else [], "count": 3})

    with serving(answer) as server, pytest.raises(RowsMissing) as missing:
        read_all(opened(server, simple_settings(server.base, total="count", paging={"kind": "page"})))
    assert missing.value.values == {"stream": "rows", "told": 3, "found": 1}


def test_a_clock_that_was_set_back_loses_nothing() -> None:
    """It was an hour ahead; what changes after it was put right carries times before the newest one seen."""
    system = TicketSystem(ahead=timedelta(hours=1))
    system.add()
    system.add()
    with serving(system) as server:
        _rows, cursor = read_by(system, server)
        system.ahead = timedelta()
        for minutes in (10, 15):
            system.clock.now += timedelta(minutes=minutes)
            system.edit(2)
            rows, cursor = read_by(system, server, cursor)
            assert "2" in keys(rows)


def test_one_row_dated_in_the_future_does_not_hide_the_others() -> None:
    system = TicketSystem()
    system.add().created = START + timedelta(days=3650)
    with serving(system) as server:
        _rows, cursor = read_by(system, server)
        system.clock.now += timedelta(minutes=5)
        system.add()
        rows, _cursor = read_by(system, server, cursor)
    assert keys(rows) == ["1", "2"]
    assert datetime.fromisoformat(cursor["stamp"]) <= START


def test_other_settings_read_everything_again() -> None:
    system = TicketSystem()
    for _ in range(4):
        system.add()
        system.clock.now += timedelta(hours=1)
    with serving(system) as server:
        _rows, cursor = read_by(system, server)
        same, _cursor = read_by(system, server, cursor)
        other, _cursor = read_by(system, server, cursor, fields={"edits": "edits"})
    assert (len(same), len(other)) == (1, 4)


TYPED = {
    "id": 1,
    "amount": {"__class__": "Decimal", "decimal": "12.50"},
    "day": {"__class__": "date", "year": 2026, "month": 11, "day": 5},
    "at": {"__class__": "datetime", "year": 2026, "month": 11, "day": 5, "hour": 9, "minute": 3, "second": 0},
    "tags": "",
    "closed": "1970-01-01T00:00:00Z",
}


def test_values_wrapped_in_their_type_unset_dates_and_lists_that_are_a_text() -> None:
    fields = {"amount": "amount", "day": "day", "at": "at", "tag": "tags[0].name", "closed": "closed"}
    cured = {"typed": "__class__", "unset": ["1970-01-01T00:00:00Z"], "fields": fields}
    with serving(lambda asked: Reply({"rows": [TYPED]})) as server:
        [[row], _cursor] = read_all(opened(server, simple_settings(server.base, **cured)))
    assert row["amount"] == "12.50"
    assert row["day"] == "2026-11-05"
    assert row["at"] == "2026-11-05T09:03:00"
    assert row["tag"] is None
    assert row["closed"] is None


@pytest.mark.parametrize("empty", ["", None, {}, []])
def test_an_empty_list_may_be_written_in_other_ways(empty: Any) -> None:
    with serving(lambda asked: Reply({"rows": empty})) as server:
        assert read_all(opened(server, simple_settings(server.base)))[0] == []


def test_a_field_that_no_row_has_any_more_stops_the_run() -> None:
    with serving(lambda asked: Reply({"rows": [{"id": n, "title": "x"} for n in range(5)]})) as server:
        with pytest.raises(FieldGone) as gone:
            read_all(opened(server, simple_settings(server.base)))
        assert gone.value.values["fields"] == "name"
        optional = simple_settings(server.base, optional=["name"])
        assert len(read_all(opened(server, optional))[0]) == 5


def test_a_question_in_the_body_with_places_for_page_and_time() -> None:
    """JSON-RPC with typed dates, as some ERP systems want it."""
    when = {"year": "{since.year}", "text": "{since}"}
    body = {"method": "search", "params": [["when", ">=", when], "{offset}", "{size}"]}
    since = {"field": "changed", "format": "epoch", "initial": "2026-11-05T02:00:00Z"}
    questions: list[Any] = []

    def answer(asked: Asked) -> Reply:
        questions.append(asked.body)
        return Reply({"result": [{"id": len(questions), "changed": 1}] if len(questions) < 3 else []})

    changed = {
        "method": "POST",
        "body": body,
        "rows": "result",
        "since": since,
        "paging": {"kind": "offset", "size": 1},
    }
    with serving(answer) as server:
        rows, _cursor = read_all(opened(server, simple_settings(server.base, **changed, fields={})))
    assert keys(rows) == ["1", "2"]
    assert [json.loads(each)["params"][1:] for each in questions] == [[0, 1], [1, 1], [2, 1]]
    assert b'"year":2026,"text":1793844000' in questions[0].replace(b" ", b"")
