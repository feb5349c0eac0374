"""A pair that talks every Wednesday at ten in Shanghai, seen from Monday, 12 October 2026."""

from datetime import UTC, date, datetime, time

from accord.coaching.models import OneOnOne, Pairing
from accord.coaching.services.one_on_ones import Plan, arrange
from tests.cast import Cast

NOW = datetime(2026, 10, 12, 1, tzinfo=UTC)
"""Monday, nine o'clock in Shanghai."""

WEEKLY = Plan("FREQ=WEEKLY;BYDAY=WE", date(2026, 10, 14), time(10))


def a_pair(cast: Cast, plan: Plan = WEEKLY, now: datetime = NOW) -> Pairing:
    """小张 and 李经理."""
    return arrange(cast.manager_li, cast.xiaozhang, plan, cast.manager_li, now)


def next_talk(pairing: Pairing) -> OneOnOne:
    """The talk that comes next."""
    return pairing.one_on_ones.filter(state="planned").order_by("planned_at")[0]


def a_pair_now(cast: Cast) -> Pairing:
    """The same two, from today on: for pages, which read the clock."""
    return arrange(cast.manager_li, cast.xiaozhang, WEEKLY, cast.manager_li)
