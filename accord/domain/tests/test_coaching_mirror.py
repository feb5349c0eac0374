"""A manager's mirror: counts before rates, one suggestion, and a window that stands still for a month."""

from dataclasses import replace
from datetime import date

import pytest

from accord.domain.coaching_mirror import Mirror, Share, months_seen, suggestion

FINE = Mirror(
    talks=Share(8, 9),
    waits=(1, 2, 3, 4, 5),
    untalked=0,
    specific=Share(5, 6),
    own_word=Share(5, 5),
    their_word=Share(6, 7),
)
NOTHING = Share(0, 0)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, "keep_on"),
        ({"own_word": Share(3, 5), "talks": Share(0, 4)}, "own_word"),
        ({"talks": Share(2, 4)}, "rhythm"),
        ({"waits": (9, 9, 1)}, "sooner"),
        ({"waits": (1,), "untalked": 2}, "sooner"),
        ({"specific": Share(1, 3)}, "specific"),
        ({"specific": NOTHING}, "give"),
        ({"their_word": Share(1, 2)}, "their_word"),
        ({"talks": Share(0, 1)}, "keep_on"),
    ],
)
def test_one_suggestion_in_the_order_of_what_rests_on_what(change: dict[str, object], code: str) -> None:
    assert suggestion(replace(FINE, **change)) == code


def test_where_nothing_was_seen_nothing_is_suggested() -> None:
    assert suggestion(Mirror(NOTHING, (), 0, NOTHING, NOTHING, NOTHING)) is None


def test_few_are_counted_and_not_given_in_percent() -> None:
    assert Share(3, 4).percent is None
    assert (Share(2, 5).percent, Share(5, 6).percent) == (40, 83)
    assert replace(FINE, waits=(1, 9, 3, 4)).usual_wait is None
    assert replace(FINE, waits=(1, 9, 3, 4, 30)).usual_wait == 4
    assert FINE.soon_talks == Share(5, 5)


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 11, 29), date(2026, 8, 1), date(2026, 10, 31)),
        (date(2026, 2, 1), date(2025, 11, 1), date(2026, 1, 31)),
        (date(2026, 3, 31), date(2025, 12, 1), date(2026, 2, 28)),
        (date(2026, 4, 1), date(2026, 1, 1), date(2026, 3, 31)),
    ],
)
def test_three_whole_months_before_this_one(today: date, first: date, last: date) -> None:
    assert months_seen(today) == (first, last)
