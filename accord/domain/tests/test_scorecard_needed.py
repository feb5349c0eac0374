"""What it would take: worked out by hand, and checked with the score that it leads to."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from accord.domain.scorecard import Card, Line, Need, Phase, needs, score_card
from accord.domain.tests.scorecard_builders import FIRST, LAST, WEEK, card, cards, line

D = Decimal
MIDDLE = date(2026, 10, 14)
"""Weeks 40 and 41 are over."""


def need(only: Line, goal: int = 100) -> Need:
    (found,) = needs(score_card(card(only, on=MIDDLE, is_final=False)), D(goal))
    return found


def test_what_is_still_to_come_is_shared_over_the_periods_left() -> None:
    found = need(line([20, 20, None, None], 26))
    # 4 × 26 = 104 are due, 40 are there, 64 are left for two weeks.
    assert (found.full.value, found.remaining) == (32, (WEEK + 2, WEEK + 3))
    assert (found.best, found.full.is_beyond_best) == (20, True)


def test_a_sum_of_whole_things_is_rounded_to_what_will_do() -> None:
    # 130 are due, 41 are there; 99.995 points already read as 100.
    assert need(line([20, 21, None, None, None], 26, decimals=0)).full.value == 30
    assert need(line([20, 21, None, None, None], 26, decimals=2)).full.value == D("29.67")


def test_a_mean_has_to_come_up_and_a_lower_is_better_one_to_come_down() -> None:
    assert need(line([90, 90, None], 100, aggregation="mean", decimals=0)).full.value == 120
    down = need(line([110, 120, None, None], 100, aggregation="mean", lower_is_better=True, decimals=0))
    assert (down.full.value, down.full.is_beyond_best) == (85, True)


def test_the_denominators_of_a_ratio_are_taken_to_stay() -> None:
    parts = [(45, 50), (45, 50), None]
    found = need(line([90, 90, None], 100, aggregation="ratio", is_percent=True, parts=parts, decimals=0))
    assert found.full.value == 120


def test_of_a_last_value_only_the_last_counts() -> None:
    assert need(line([10, 10, None, None], [20, 30, 40, 50], aggregation="last", decimals=0)).full.value == 50


def test_a_running_period_counts_as_one_to_come() -> None:
    assert need(line([20, 20, 5], 26)).full.value == 38


@pytest.mark.parametrize(
    ("only", "goal"),
    [
        # The cap is 120 points, and more than three lost points do not come back.
        (line([20, None, None], 26), 121),
        (line([3, 0, None], 0, method="deduction", params={"full": "100", "per_event": "5"}), 100),
        (line([300, 300, None], 100, aggregation="mean", lower_is_better=True), 100),
        (line([5, None, None], [10, -10, -10]), 100),
        (line([5, 5, None], 10, method="no_such_method"), 100),
    ],
)
def test_what_cannot_be_reached_is_said(only: Line, goal: int) -> None:
    assert need(only, goal).goal.value is None


def test_bands_say_themselves_which_way_is_better() -> None:
    falling = {"bands": [{"from": "0", "score": "100"}, {"from": "10", "score": "60"}], "otherwise": "100"}
    options = {"method": "step_bands", "aggregation": "mean", "decimals": 0}
    assert need(line([15, 15, None, None], **options, params=falling)).full.value == 4
    rising = {"bands": [{"from": "10", "score": "100"}]}
    assert need(line([5, 5, None, None], **options, params=rising, lower_is_better=True)).full.value == 15
    in_the_middle = {"bands": [{"from": "5", "score": "100"}, {"from": "10", "score": "60"}]}
    only = line([15, 15, None], **options, params=in_the_middle)
    assert needs(score_card(card(only, on=MIDDLE, is_final=False))) == []
    broken = line([15, 15, None], **options, params={"bands": []})
    assert need(broken).full.value is None


def test_what_is_certain_is_said() -> None:
    assert need(line([200, 200, None], 100)).full.is_certain
    assert need(line([50, 50, None], 100, params={"floor": "100"}, lower_is_better=True)).full.is_certain
    assert not need(line([200, 100, None], 120)).full.is_certain


def test_a_target_below_zero_is_searched_for_on_both_sides() -> None:
    rule = {"method": "difference", "params": {"unit": "5", "points_per_unit": "1"}, "decimals": 0}
    assert need(line([-30, -30, None], -20, **rule)).full.value == 0
    assert need(line([-10, -10, None], -20, **rule)).full.value == -40


def test_the_goal_of_the_whole_card_is_what_this_line_alone_would_have_to_bring() -> None:
    lines = (line([80, 80, None, None], 100, weight="0.5"), line([90, 90, None, None], 100, weight="0.5"))
    first, second = needs(score_card(card(*lines, on=MIDDLE, is_final=False)))
    # The other stands at 90: this one needs 110 points, and the other way round 120.
    assert (first.goal_points, first.goal.value) == (110, D("139.99"))
    assert (second.goal_points, second.goal.value) == (120, D("149.99"))


def test_lines_without_a_score_are_taken_to_reach_their_target() -> None:
    lines = (line([80, 80, None, None], 100, weight="0.5"), line([None] * 4, 100, weight="0.5"))
    first, second = needs(score_card(card(*lines, on=MIDDLE, is_final=False)), D(95))
    assert (first.goal_points, second.goal_points) == (90, 110)
    assert second.best is None


def test_phases_that_are_over_weigh_with_their_days() -> None:
    before = Phase(FIRST, date(2026, 10, 11), (line([90, 90], 100),))
    running = Phase(date(2026, 10, 12), LAST, (line([None] * 11, 100, first=WEEK + 2, decimals=0),))
    (found,) = needs(score_card(Card((before, running), MIDDLE)))
    # 11 days at 90: the other 81 need (9200 − 990) ÷ 81 = 101.36.
    assert (found.goal_points, found.full.value, found.goal.value) == (D("101.36"), 100, 102)


def test_objectives_take_their_share_of_the_goal() -> None:
    lines = line([80, 80, None, None], 100)
    with_okr = {"on": MIDDLE, "is_final": False, "okr_share": D("0.2")}
    (found,) = needs(score_card(card(lines, **with_okr, objective_score=D(50))), D(90))
    # 90 = 0.8 × 100 + 0.2 × 50
    assert found.goal_points == D("100.00")
    (unknown,) = needs(score_card(card(lines, **with_okr)), D(90))
    assert unknown.goal_points == D("87.50")
    (all_of_it,) = needs(score_card(card(lines, on=MIDDLE, is_final=False, okr_share=D(1))), D(90))
    assert all_of_it.goal_points == D("90.00")


def test_nothing_is_needed_once_nothing_is_left_to_come() -> None:
    assert needs(score_card(card(line([1, None]), is_final=True))) == []
    assert needs(score_card(card(line([1, None]), on=date(2027, 1, 2), is_final=False))) == []
    assert needs(score_card(card(line([1, 1]), on=MIDDLE, is_final=False))) == []
    assert needs(score_card(card(line([1, None], weight=0), on=MIDDLE, is_final=False))) == []
    assert needs(score_card(Card((), MIDDLE))) == []


@given(cards(), st.integers(50, 120))
def test_with_the_value_that_is_named_the_line_gets_there_and_with_less_it_does_not(any_card: Card, goal: int) -> None:
    early = replace(any_card, on=MIDDLE, is_final=False)
    for found in needs(score_card(early), D(goal)):
        for wanted, points in ((found.full, D(100)), (found.goal, found.goal_points)):
            if wanted.value is None or wanted.is_certain:
                continue
            assume(found.line.aggregation != "ratio")
            assert _points(found.line, found.remaining, wanted.value) >= points
            step = D(1).scaleb(-found.line.decimals)
            is_falling = found.line.lower_is_better and found.line.method != "step_bands"
            worse = wanted.value + step if is_falling or found.line.method == "deduction" else wanted.value - step
            assert _points(found.line, found.remaining, worse) < points


def _points(some: Line, remaining: tuple[int, ...], value: Decimal) -> Decimal:
    filled = tuple(replace(due, value=value) if due.period in remaining else due for due in some.dues)
    scored = score_card(card(replace(some, dues=filled))).phases[0].lines[0]
    return D("-Infinity") if scored.points is None else scored.points
