"""When a weekly report falls due."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accord.domain.periods import Period
from accord.domain.report_weeks import due_at, newest_due

HOME = ZoneInfo("Asia/Shanghai")
W47 = Period.parse("2026-W47")


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("Asia/Shanghai", "2026-11-23T00:00Z"),
        ("America/New_York", "2026-11-23T13:00Z"),
        ("Pacific/Auckland", "2026-11-22T19:00Z"),
        # Their Monday at eight comes before the organisation's has begun to be judged: they wait until it has.
        ("Pacific/Kiritimati", "2026-11-22T18:00Z"),
    ],
)
def test_monday_at_eight_on_the_readers_clock(zone: str, due: str) -> None:
    assert due_at(W47, ZoneInfo(zone), 8, HOME) == datetime.fromisoformat(due)


def test_a_reader_ahead_of_the_organisation_waits_until_its_week_is_over() -> None:
    new_york = ZoneInfo("America/New_York")
    assert due_at(W47, HOME, 8, new_york) == datetime.fromisoformat("2026-11-23T06:00Z")


@pytest.mark.parametrize(
    ("week", "due"),
    # Clocks go back on 1 November 2026 and forward on 14 March 2027.
    [("2026-W43", "T12:00Z"), ("2026-W44", "T13:00Z"), ("2027-W09", "T13:00Z"), ("2027-W10", "T12:00Z")],
)
def test_eight_stays_eight_when_clocks_change(week: str, due: str) -> None:
    at = due_at(Period.parse(week), ZoneInfo("America/New_York"), 8, HOME)
    assert f"{at:T%H:%MZ}" == due


def test_the_newest_week_due_changes_at_the_minute() -> None:
    due = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    assert newest_due(due - timedelta(minutes=1), HOME, 8, HOME)[0] == W47 - 1
    assert newest_due(due, HOME, 8, HOME) == (W47, due)
    assert newest_due(due + timedelta(days=6), HOME, 8, HOME) == (W47, due)


def test_week_53_is_followed_by_week_1() -> None:
    first = datetime(2027, 1, 4, 0, 0, tzinfo=UTC)
    assert newest_due(first, HOME, 8, HOME)[0].label == "2026-W53"
    assert newest_due(first + timedelta(days=7), HOME, 8, HOME)[0].label == "2027-W01"
