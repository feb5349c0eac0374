"""Scorecards worked out by hand, and what holds for every one of them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given

from accord.domain.scorecard import Card, Line, Phase, ScoredLine, Terms, lay_phases, score_card, score_line
from accord.domain.scorecard.actuals import quotient
from accord.domain.scoring.methods.weighted_total import Missing
from accord.domain.tests.scorecard_builders import AFTER, FIRST, LAST, WEEK, card, cards, line

D = Decimal


def final(*args: object, **more: object) -> ScoredLine:
    return score_line(line(*args, **more), AFTER, is_final=True)  # type: ignore[arg-type]


def so_far(on: str, *args: object, **more: object) -> ScoredLine:
    return score_line(line(*args, **more), date.fromisoformat(on), is_final=False)  # type: ignore[arg-type]


# One line


def test_a_sum_is_compared_with_the_sum_of_its_targets() -> None:
    scored = final([20, 30, 28], 26)
    assert (scored.actual.actual, scored.actual.target, scored.points) == (78, 78, D("100.00"))


def test_so_far_only_periods_that_are_over_and_have_a_value_count() -> None:
    scored = so_far("2026-10-14", [20, 30, 28], 26)
    # Weeks 40 and 41 end on 4 and 11 October; week 42 still runs.
    assert (scored.actual.actual, scored.actual.target, scored.points) == (50, 52, D("96.15"))
    missing = so_far("2026-10-14", [None, 30, 28], 26)
    assert (missing.actual.actual, missing.actual.target) == (30, 26)
    assert (missing.actual.counted, missing.actual.expected) == (1, 2)


def test_in_the_end_a_sum_owes_every_period() -> None:
    scored = final([26, None, 26], 26)
    assert (scored.actual.actual, scored.actual.target, scored.points) == (52, 78, D("66.67"))


def test_a_sum_that_is_better_the_lower_owes_only_the_periods_with_a_value() -> None:
    # 60 of 52 allowed in two weeks: 200 - 60 / 52 = 84.62. Against three weeks it would be 123.08.
    scored = final([30, None, 30], 26, lower_is_better=True)
    assert (scored.actual.actual, scored.actual.target, scored.points) == (60, 52, D("84.62"))
    spread = final([110, None], method="difference", params={"unit": "1", "points_per_unit": "1"}, lower_is_better=True)
    assert (spread.actual.actual, spread.actual.target, spread.points) == (110, 100, D("90.00"))


def test_a_season_in_the_targets_counts_with_the_periods_it_lies_in() -> None:
    assert final([10, 40], [20, 30]).points == D("100.00")
    assert so_far("2026-10-06", [10, 40], [20, 30]).points == D("50.00")


@pytest.mark.parametrize("aggregation", ["mean", "ratio"])
def test_a_mean_is_compared_with_the_mean_of_the_targets_of_its_periods(aggregation: str) -> None:
    scored = final(["2.41", "2.5", None], ["2.4", "2.4", "9"], aggregation=aggregation)
    assert (scored.actual.actual, scored.actual.target, scored.points) == (D("2.455"), D("2.4"), D("102.29"))


def test_a_ratio_is_all_numerators_over_all_denominators_where_both_are_known() -> None:
    known = final([50, 10], 20, aggregation="ratio", is_percent=True, parts=[(5, 10), (10, 100)])
    assert known.actual.actual == D("13.6364")
    partly = final([50, 10], 20, aggregation="ratio", is_percent=True, parts=[(5, 10), None])
    assert partly.actual.actual == 30
    nothing_below = final([50, 10], 20, aggregation="ratio", parts=[(5, 10), (5, -10)])
    assert nothing_below.actual.actual == 30


def test_of_a_last_value_the_newest_counts_against_its_own_target() -> None:
    scored = final([10, 45, None], [20, 30, 50], aggregation="last")
    assert (scored.actual.actual, scored.actual.target, scored.points) == (45, 30, D("120.00"))


@pytest.mark.parametrize(
    ("method", "params", "expected"),
    [
        ("difference", {"unit": "1", "points_per_unit": "1"}, "98.00"),
        ("points", {"base": "100", "per": "1", "plus": "1", "minus": "2"}, "96.00"),
        ("step_bands", {"bands": [{"from": "90", "score": "80"}, {"from": "100", "score": "100"}]}, "80.00"),
    ],
)
def test_amounts_in_a_rule_mean_one_period_so_far_and_in_full(
    method: str, params: dict[str, object], expected: str
) -> None:
    rule = {"method": method, "params": params}
    assert so_far("2026-10-06", [98, 98], **rule).points == D(expected)
    assert final([98, 98], **rule).points == D(expected)
    assert final([98, 98], aggregation="mean", **rule).points == D(expected)


def test_in_the_end_a_sum_seen_by_the_period_is_spread_over_all_of_them() -> None:
    scored = final([100, None], method="difference", params={"unit": "1", "points_per_unit": "1"})
    assert (scored.actual.actual, scored.actual.target, scored.points) == (50, 100, D("50.00"))


def test_a_deduction_counts_all_events() -> None:
    assert final([1, 0, 2], 0, method="deduction", params={"full": "100", "per_event": "5"}).points == D("85.00")


def test_levels_are_summed_as_the_target_is() -> None:
    levels = {"method": "threshold_target_stretch", "threshold": 80, "stretch": 120}
    assert final([100, 120], **levels).points == D("110.00")
    assert final([100, None], **levels).points == D("0.00")


def test_points_linked_to_a_baseline_see_the_target_of_the_line() -> None:
    params = {"base": "80", "per": "5", "plus": "1", "minus": "1", "last_actual": "100", "last_target": "100"}
    # 110 is two units of 5 above 100, which is no lower than the baseline.
    assert final([110, 110], method="baseline_linked_points", params=params).points == D("82.00")


def test_lower_is_better() -> None:
    assert final([23, 23], 20, lower_is_better=True, aggregation="mean").points == D("85.00")
    assert final([23, 23], 20, lower_is_better=True).points == D("85.00")


def test_a_target_at_or_below_zero_needs_a_method_that_can_use_it() -> None:
    refused = final([5, 5], [10, -10])
    assert refused.points is None
    assert "改用差额法" in refused.sentence("zh-hans")
    by_difference = final([-22, -18], -20, method="difference", params={"unit": "5", "points_per_unit": "1"})
    assert by_difference.points == D("100.00")
    loss = final([1, 2], 0, method="all_or_nothing", lower_is_better=True)
    assert (loss.points, final([0, 0], 0, method="all_or_nothing", lower_is_better=True).points) == (0, 100)


def test_without_a_value_there_is_no_score_and_the_target_of_the_whole_is_known() -> None:
    scored = so_far("2026-11-01", [None, None], 26, method="no_such_method")
    assert (scored.actual.actual, scored.actual.target, scored.points) == (None, 52, None)
    assert scored.sentence("zh-hans") == "还没有数值，暂不计分。"
    assert scored.sentence("en") == "There is no value yet, so there is no score."


def test_a_rule_that_cannot_be_used_says_so() -> None:
    assert final([1], method="no_such_method").sentence("en") == "There is no scoring method no_such_method."
    assert "threshold" in final([1], method="threshold_target_stretch").sentence("en")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "计入 2 期合计，另有 1 期没有数值。实际 2，目标 300，完成率 0.67%，得 0.67 分。"),
        ({"aggregation": "mean"}, "计入 2 期均值，另有 1 期没有数值。"),
        ({"aggregation": "last"}, "取最新一期的数值。"),
        ({"aggregation": "ratio", "parts": [(1, 2), (1, 2), None]}, "计入 2 期，按分子合计 ÷ 分母合计，另有 1 期"),
        (
            {"method": "difference", "params": {"unit": "1", "points_per_unit": "1"}},
            "计入 2 期，取每期平均，另有 1 期没有数值。",
        ),
    ],
)
def test_the_sentence_tells_which_periods_count(options: dict[str, object], words: str) -> None:
    assert final([1, 1, None], **options).sentence("zh-hans").startswith(words)


def test_one_period_is_told_as_one() -> None:
    assert final([26], 26).sentence("en").startswith("1 period counts. Actual 26, target 26, completion 100.00%")


def test_a_quotient_is_kept_two_decimals_finer_than_the_metric_is_shown() -> None:
    assert quotient(D(2), D(3), 0) == D("0.67")
    assert quotient(D(1), D(3), 6) == D("0.333333")
    assert str(quotient(D(1), D(8), 0)) == "0.13"


# The whole card


def test_the_sheet_adds_up_by_hand() -> None:
    # The worked example of the methods: 0.4×92 + 0.3×80 + 0.2×100 + 0.1×60 = 86.80.
    weights = (("0.4", 92), ("0.3", 80), ("0.2", 100), ("0.1", 60))
    scored = score_card(card(*(line([value], weight=weight) for weight, value in weights)))
    assert scored.total == D("86.80")
    assert "0.4 × 92.00 + 0.3 × 80.00 + 0.2 × 100.00 + 0.1 × 60.00" in scored.sentences("zh-hans")[0]


def test_items_are_rounded_before_they_are_weighted() -> None:
    thirds = [line([1], 3, weight="0.5"), line([1], 3, weight="0.5")]
    assert score_card(card(*thirds)).total == D("33.33")
    assert score_card(card(line([1], "2.4", weight="0.25"), line([1], 3, weight="0.75"))).total == D("35.42")


def test_a_missing_score_blocks_the_total_and_the_rest_is_told_apart() -> None:
    scored = score_card(
        card(line([90], weight="0.7"), line([None], weight="0.3"), on=date(2026, 11, 1), is_final=False)
    )
    assert (scored.total, scored.part, scored.share) == (None, D("90.00"), D("0.7"))
    assert scored.sentences("zh-hans") == ["有 1 项尚无得分，共 2 项，暂不能汇总。"]


def test_a_model_may_say_otherwise() -> None:
    lines = (line([90], weight="0.7"), line([None], weight="0.3"))
    totals = [
        score_card(Card((Phase(FIRST, LAST, lines, missing),), AFTER, is_final=True)).total
        for missing in (Missing.BLOCK, Missing.ZERO, Missing.REDISTRIBUTE)
    ]
    assert totals == [None, D("63.00"), D("90.00")]


def test_weights_that_are_not_whole_have_no_total() -> None:
    scored = score_card(card(line([90], weight="0.7")))
    assert (scored.total, scored.part) == (None, None)
    assert "须正好等于 1" in scored.sentences("zh-hans")[0]


def two_phases(on: date, is_final: bool, later: list[int | None], **more: object) -> Card:
    """Until 8 November by the terms as first signed, from the 9th on with a target of 120: 39 and 53 days."""
    first = Phase(FIRST, date(2026, 11, 8), (line([90] * 6, 100),))
    second = Phase(date(2026, 11, 9), LAST, (line(later, 120, first=WEEK + 6),))
    return Card((first, second), on, is_final, **more)  # type: ignore[arg-type]


def test_an_amended_cycle_is_the_mean_of_its_phases_by_calendar_days() -> None:
    scored = score_card(two_phases(AFTER, True, [120] * 7))
    assert [(phase.days, phase.points) for phase in scored.phases] == [(39, D("90.00")), (53, D("100.00"))]
    # (39 × 90 + 53 × 100) ÷ 92 = 95.7608…
    assert scored.total == D("95.76")
    assert scored.sentences("zh-hans") == ["按天数加权：(39 天 × 90.00 + 53 天 × 100.00) ÷ 92 天，得 95.76 分。"]


def test_so_far_the_days_gone_by_weigh() -> None:
    scored = score_card(two_phases(date(2026, 11, 16), False, [60] + [None] * 6))
    assert [(phase.days, phase.points) for phase in scored.phases] == [(39, D("90.00")), (7, D("50.00"))]
    # (39 × 90 + 7 × 50) ÷ 46 = 83.913…
    assert scored.total == D("83.91")


def test_a_phase_without_a_value_does_not_weigh_until_the_end() -> None:
    scored = score_card(two_phases(date(2026, 11, 12), False, [None] * 7))
    assert (scored.total, len(scored.counted)) == (D("90.00"), 1)
    ended = score_card(two_phases(AFTER, True, [None] * 7))
    assert (ended.total, ended.part) == (None, D("90.00"))
    assert ended.sentences("zh-hans") == ["有 1 项尚无得分，共 1 项，暂不能汇总。"]


def test_objectives_count_only_where_the_cycle_says_so() -> None:
    assert score_card(two_phases(AFTER, True, [120] * 7, objective_score=D(10))).total == D("95.76")
    shared = score_card(two_phases(AFTER, True, [120] * 7, okr_share=D("0.2"), objective_score=D(70)))
    # 0.8 × 95.76 + 0.2 × 70 = 90.608
    assert (shared.kpi_total, shared.total) == (D("95.76"), D("90.61"))
    assert shared.sentences("zh-hans")[1] == "80% × KPI 95.76 分 + 20% × 目标（OKR）70.00 分，得 90.61 分。"
    waiting = score_card(two_phases(AFTER, True, [120] * 7, okr_share=D("0.2")))
    assert (waiting.total, waiting.part) == (None, D("95.76"))
    assert waiting.sentences("zh-hans")[1] == "目标（OKR）还没有得分，暂不能汇总。"


def test_a_card_without_phases_says_that_there_is_nothing() -> None:
    empty = score_card(Card((), AFTER))
    assert (empty.total, empty.part, empty.share, empty.sentences("zh-hans")) == (
        None,
        None,
        0,
        ["这一周期还没有指标。"],
    )


# Which terms hold when


def terms(key: int, first: str, last: str = "2026-12-31", agreement: int = 1) -> Terms:
    return Terms(key, agreement, date.fromisoformat(first), date.fromisoformat(last))


def days(*given: Terms) -> list[tuple[int, str, str]]:
    return [(each.key, f"{each.first:%m-%d}", f"{each.last:%m-%d}") for each in lay_phases(given, FIRST, LAST)]


def test_an_amendment_holds_from_its_day_on() -> None:
    assert days(terms(1, "2026-10-01"), terms(2, "2026-11-09")) == [(1, "10-01", "11-08"), (2, "11-09", "12-31")]


def test_a_retroactive_amendment_takes_the_place_of_what_was_signed_for_those_days() -> None:
    signed = (terms(1, "2026-10-01"), terms(2, "2026-11-09"), terms(3, "2026-10-15"))
    assert days(*signed) == [(1, "10-01", "10-14"), (3, "10-15", "12-31")]
    assert days(terms(1, "2026-10-01"), terms(2, "2026-10-01")) == [(2, "10-01", "12-31")]


def test_a_mover_has_one_agreement_after_the_other_whatever_was_signed_last() -> None:
    before, after = terms(1, "2026-10-01", "2026-11-14"), terms(2, "2026-11-15", agreement=2)
    amended = terms(3, "2026-11-01", "2026-11-14")
    assert days(before, after, amended) == [(1, "10-01", "10-31"), (3, "11-01", "11-14"), (2, "11-15", "12-31")]


def test_what_came_with_a_file_holds_until_something_is_signed() -> None:
    imported = Terms(0, 0, date(2026, 1, 1), date(2026, 12, 31))
    assert days(imported, terms(1, "2026-11-09")) == [(0, "10-01", "11-08"), (1, "11-09", "12-31")]
    assert days(imported, terms(1, "2026-10-01")) == [(1, "10-01", "12-31")]


def test_where_nothing_was_signed_nothing_holds() -> None:
    assert days() == []
    assert days(terms(1, "2026-10-01", "2026-09-30")) == []


# Whatever the numbers


@given(cards())
def test_every_card_is_answered_in_words(any_card: Card) -> None:
    scored = score_card(any_card)
    for language in ("zh-hans", "en"):
        assert all(scored.sentences(language))  # type: ignore[arg-type]
        for phase in scored.phases:
            assert all(each.sentence(language) for each in phase.lines)  # type: ignore[arg-type]


@given(cards())
def test_a_total_lies_between_the_totals_of_its_phases(any_card: Card) -> None:
    scored = score_card(any_card)
    if scored.kpi_total is not None:
        totals = [phase.points for phase in scored.counted if phase.days]
        assert min(totals) <= scored.kpi_total <= max(totals)  # type: ignore[type-var]


@given(cards())
def test_nothing_that_is_still_to_come_moves_a_score_so_far(any_card: Card) -> None:
    early = replace(any_card, on=FIRST + timedelta(20), is_final=False)
    cut = replace(early, phases=tuple(replace(each, lines=_up_to(each.lines, early.on)) for each in early.phases))
    assert [each.points for each in score_card(early).phases] == [each.points for each in score_card(cut).phases]
    assert score_card(early).total == score_card(cut).total


def _up_to(all_lines: tuple[Line, ...], on: date) -> tuple[Line, ...]:
    return tuple(
        replace(
            each,
            dues=tuple(due if due.is_over(on) else replace(due, value=None, parts=None) for due in each.dues),
        )
        for each in all_lines
    )
