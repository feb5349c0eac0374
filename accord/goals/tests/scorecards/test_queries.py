"""Scorecards of people: imported and signed KPIs, amendments, joiners, movers, and what it would take."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accord.goals.models import AssessmentModel, AssessmentModelVersion
from accord.goals.queries.kpis import kpi_sheets, targets_in_force
from accord.goals.queries.scorecards import needed, scorecard, scorecards
from accord.goals.tests.objectives.builders import key_result_of, objective_of
from accord.goals.tests.scorecards.builders import (
    AFTER,
    AMENDED,
    FIRST,
    LAST,
    WEEK,
    drafted,
    kpi,
    measure,
    metric,
    quarter,
    signed,
)
from accord.metrics.models import Metric, Series
from tests.cast import Cast, employee

D = Decimal
LATER = datetime(2026, 11, 6, tzinfo=UTC)


def test_imported_kpis_are_one_phase_and_the_score_of_the_cycle_follows(cast: Cast) -> None:
    contracts = kpi(cast.xiaozhang, 100, weight="0.6")
    visits = kpi(cast.xiaozhang, 10, weight="0.4", of=metric("拜访数"))
    measure(contracts, [90] * 13)
    measure(visits, [12] * 13)
    card = scorecard(cast.xiaozhang, quarter(), AFTER)
    assert [(line.metric.name, line.actual, line.target, line.score) for line in card.lines] == [
        ("签约额", 1170, 1300, D("90.00")),
        ("拜访数", 156, 130, D("120.00")),
    ]
    # 0.6 × 90 + 0.4 × 120
    assert (card.total, card.is_final, card.is_split) == (D("102.00"), True, False)
    assert (card.phases[0].first, card.phases[0].last) == (FIRST, LAST)


def test_while_the_cycle_runs_only_weeks_that_are_over_count(cast: Cast) -> None:
    measure(kpi(cast.xiaozhang, 100), [90, 80, 10])
    card = scorecard(cast.xiaozhang, quarter(), date(2026, 10, 14))
    assert (card.total, card.is_final) == (D("85.00"), False)
    (line,) = card.lines
    assert [(each.due.value, each.light, each.is_over) for each in line.evidence[:4]] == [
        (90, 2, True),
        (80, 2, True),
        (10, None, False),
        (None, None, False),
    ]
    assert len(line.evidence) == 13
    assert (line.light, card.light) == (2, 2)


def test_a_missing_score_is_not_yet_a_total(cast: Cast) -> None:
    measure(kpi(cast.xiaozhang, 100, weight="0.6"), [90])
    kpi(cast.xiaozhang, 10, weight="0.4", of=metric("月度回款", frequency=3))
    card = scorecard(cast.xiaozhang, quarter(), date(2026, 10, 14))
    assert (card.total, card.part, card.share) == (None, D("90.00"), D("0.6"))
    assert card.sentences == ["有 1 项尚无得分，共 2 项，暂不能汇总。"]


def test_a_model_may_say_what_becomes_of_a_missing_score(cast: Cast) -> None:
    terms = signed(cast.xiaozhang, [{"weight": "0.6"}, {"weight": "0.4", "of": metric("拜访数")}])
    measure(Series.objects.get(metric__name="签约额"), [90] * 13)
    assert scorecard(cast.xiaozhang, quarter(), AFTER).total is None
    model = AssessmentModel.objects.create(name="销售代表")
    version = AssessmentModelVersion.objects.create(assessment_model=model, number=1, body={"missing": "redistribute"})
    terms.agreement.model_version = version
    terms.agreement.save()
    assert scorecard(cast.xiaozhang, quarter(), AFTER).total == D("90.00")


@pytest.fixture
def amended(cast: Cast) -> Cast:
    """小张: 100 a week as first signed, from 9 November on 120; 90 came in the first six weeks and 120 in the rest."""
    first = signed(cast.xiaozhang, [{"target": 100}])
    signed(cast.xiaozhang, [{"target": 120}], effective_on=AMENDED, agreement=first.agreement, signed_at=LATER)
    measure(Series.objects.get(), [90] * 6 + [120] * 7)
    return cast


def test_an_amendment_splits_the_cycle_and_never_moves_what_was_before(amended: Cast) -> None:
    card = scorecard(amended.xiaozhang, quarter(), AFTER)
    assert [(phase.first, phase.last, phase.total) for phase in card.phases] == [
        (FIRST, date(2026, 11, 8), D("90.00")),
        (AMENDED, LAST, D("100.00")),
    ]
    # (39 × 90 + 53 × 100) ÷ 92
    assert (card.total, card.is_split) == (D("95.76"), True)
    assert [line.target for line in card.lines] == [840]


def test_every_reader_of_targets_sees_the_amendment_from_its_first_period_on(amended: Cast) -> None:
    before, after = (targets_in_force((WEEK + weeks).key).get() for weeks in (5, 6))
    assert (before.target, after.target) == (100, 120)
    assert before.kpi != after.kpi


def test_of_an_amended_cycle_the_page_shows_what_holds_and_the_rest_apart(amended: Cast) -> None:
    def held(on: date) -> list[Decimal]:
        (sheet,) = kpi_sheets([amended.xiaozhang], quarter(), on)
        assert sheet.is_complete
        return [target.target for one in sheet.kpis for target in one.targets.all()] + [
            target.target for span in sheet.others for one in span.kpis for target in one.targets.all()
        ]

    assert held(date(2026, 11, 8)) == [100, 120]
    assert held(AMENDED) == held(AFTER) == [120, 100]


def test_terms_that_nobody_has_signed_show_what_they_would_make_of_the_score(cast: Cast) -> None:
    first = signed(cast.xiaozhang, [{"target": 100}])
    measure(Series.objects.get(), [90] * 6 + [120] * 7)
    schedule = [[(WEEK + 12).key, (WEEK + 12).key, "240"]]
    lines = [{"target": 120, "weight": "0.5", "schedule": schedule}, {"weight": "0.5", "of": metric("新指标")}]
    draft = drafted(cast.xiaozhang, lines, effective_on=AMENDED, agreement=first.agreement)
    now, then = (scorecard(cast.xiaozhang, quarter(), AFTER, instead=each) for each in (None, draft))
    assert (now.total, len(now.phases)) == (D("106.15"), 1)
    assert [phase.total for phase in then.phases] == [D("90.00"), None]
    # 7 × 120 against 6 × 120 + 240
    assert [(line.target, line.score) for line in then.lines] == [(960, D("87.50")), (700, None)]
    assert [line.series for line in then.lines] == [Series.objects.get().pk, 0]


def test_what_came_with_a_file_holds_until_an_agreement_is_signed(cast: Cast) -> None:
    kpi(cast.xiaozhang, 100)
    signed(cast.xiaozhang, [{"target": 120}], effective_on=AMENDED, starts_on=AMENDED, signed_at=LATER)
    measure(Series.objects.get(), [100] * 13)
    card = scorecard(cast.xiaozhang, quarter(), AFTER)
    assert [phase.total for phase in card.phases] == [D("100.00"), D("83.33")]


def test_somebody_who_joins_or_leaves_answers_for_their_own_weeks(cast: Cast) -> None:
    joiner = employee("A013", "小新", cast.east, cast.manager_li, since=date(2026, 11, 9))
    measure(kpi(joiner, 100), [None] * 6 + [90] * 7)
    card = scorecard(joiner, quarter(), AFTER)
    assert (card.phases[0].first, card.lines[0].target, card.total) == (date(2026, 11, 9), 700, D("90.00"))
    cast.colleague.left_on = date(2026, 10, 25)
    measure(kpi(cast.colleague, 100), [90] * 4)
    left = scorecard(cast.colleague, quarter(), AFTER)
    assert (left.phases[0].last, left.lines[0].target, left.total) == (date(2026, 10, 25), 400, D("90.00"))


def test_a_mover_is_scored_by_both_agreements_and_another_manager_changes_nothing(cast: Cast) -> None:
    until = date(2026, 11, 8)
    signed(cast.xiaozhang, [{"target": 100}], ends_on=until)
    cast.xiaozhang.manager = cast.executive_chen
    tickets = metric("响应时长", direction=Metric.Direction.DOWN, aggregation="mean")
    signed(cast.xiaozhang, [{"target": 20, "of": tickets}], effective_on=AMENDED, starts_on=AMENDED, signed_at=LATER)
    measure(Series.objects.get(metric__name="签约额"), [90] * 13)
    measure(Series.objects.get(metric=tickets), [1] * 6 + [23] * 7)
    card = scorecard(cast.xiaozhang, quarter(), AFTER)
    # What came of the old KPI after the move, and of the new one before it, does not count.
    assert [(phase.lines[0].actual, phase.total) for phase in card.phases] == [(540, D("90.00")), (23, D("85.00"))]
    assert card.total == D("87.12")


def test_ratios_are_worked_out_from_their_parts(cast: Cast) -> None:
    orders, visitors = metric("订单数"), metric("访客数")
    conversion = metric(
        "转化率", unit="%", aggregation=Metric.Aggregation.RATIO, numerator=orders, denominator=visitors
    )
    rate = kpi(cast.xiaozhang, 20, of=conversion)
    for part, values in ((orders, [5, 10]), (visitors, [10, 100])):
        measure(Series.objects.create(metric=part, employee=cast.xiaozhang), values)
    measure(rate, [50, 10])
    (line,) = scorecard(cast.xiaozhang, quarter(), AFTER).lines
    assert line.actual == D("13.6364")


def test_a_target_below_zero_is_scored_by_difference(cast: Cast) -> None:
    loss = kpi(cast.xiaozhang, -20, method="difference", params={"unit": "5", "points_per_unit": "1"})
    measure(loss, [-10] * 13)
    assert scorecard(cast.xiaozhang, quarter(), AFTER).total == D("102.00")


def test_levels_of_a_target_reach_the_rule(cast: Cast) -> None:
    measure(kpi(cast.xiaozhang, 100, method="threshold_target_stretch", threshold=80, stretch=120), [110] * 13)
    assert scorecard(cast.xiaozhang, quarter(), AFTER).total == D("110.00")


def test_objectives_enter_the_score_where_the_cycle_says_so(cast: Cast) -> None:
    cycle = quarter(okr_share=D("0.2"))
    measure(kpi(cast.xiaozhang, 100), [90] * 13)
    assert scorecard(cast.xiaozhang, cycle, AFTER).total is None
    objective = objective_of(cast.xiaozhang, cycle=cycle)
    key_result_of(objective, current=D(5))
    # 0.8 × 90 + 0.2 × 50
    assert scorecard(cast.xiaozhang, cycle, AFTER).total == D("82.00")


def test_somebody_without_kpis_has_no_score(cast: Cast) -> None:
    card = scorecard(cast.xiaozhang, quarter(), AFTER)
    assert (card.total, card.part, card.lines, card.light, card.phases) == (None, None, [], None, [])
    assert card.sentences == ["这一周期还没有指标。"]


def test_what_it_would_take_is_told_for_each_line(cast: Cast) -> None:
    measure(kpi(cast.xiaozhang, 100), [90, 80])
    (line,) = needed(scorecard(cast.xiaozhang, quarter(), date(2026, 10, 14)), D(90))
    # 1,300 are due and 170 came; for 90 points 1,170 will do. Eleven weeks are left.
    assert (line.need.full.value, line.need.goal.value, len(line.need.remaining)) == (D("102.73"), D("90.91"), 11)
    assert (line.first, line.last) == (WEEK + 2, WEEK + 12)


def test_many_people_cost_as_many_statements_as_one(cast: Cast) -> None:
    first = signed(cast.xiaozhang, [{"target": 100}])
    signed(cast.xiaozhang, [{"target": 120}], effective_on=AMENDED, agreement=first.agreement, signed_at=LATER)
    people = [cast.xiaozhang, cast.colleague, cast.manager_li, cast.stranger]
    for person in people[1:]:
        measure(kpi(person, 100), [90] * 13)
    counts = []
    for some in (people[:1], people):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert len(scorecards(some, quarter(), AFTER)) == len(some)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8
