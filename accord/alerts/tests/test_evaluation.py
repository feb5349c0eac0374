"""From values and targets to lights, alerts and facts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accord.alerts.models import Alert, JudgedPeriod, KpiStatus, Light, TeamStatus
from accord.alerts.services.evaluation import Evaluation, evaluate, touch_periods
from accord.alerts.tests.builders import after, aim, kpi, measure, week
from accord.domain.periods import Frequency, Period
from accord.foundation.models import Event
from accord.metrics.models import Metric
from tests.cast import Cast

W39, W40, W41, W42, W43, W44 = (week(number) for number in range(39, 45))
LATER = after(W44)

pytestmark = pytest.mark.django_db


def judge(*periods: Period, today: date = LATER) -> Evaluation:
    return evaluate(periods, today)


def open_alerts() -> list[int]:
    return list(Alert.objects.filter(state="open").order_by("period").values_list("period", flat=True))


def facts(name: str) -> list[str]:
    return list(Event.objects.filter(name=name).order_by("id").values_list("subject", flat=True))


def test_every_kpi_with_a_value_and_a_target_gets_its_light(cast: Cast) -> None:
    sales, delays = kpi(cast.xiaozhang, 100), kpi(cast.xiaozhang, 10, direction=Metric.Direction.DOWN)
    silent, aimless = kpi(cast.colleague), kpi(cast.colleague, first=W44.key, last=W44.key)
    measure(sales, {W41: "94.999999"})
    measure(delays, {W41: "10.5"})
    measure(aimless, {W41: 5})

    result = judge(W41)

    assert (result.judged, result.green, result.yellow, result.red) == (2, 1, 1, 0)
    found = {row.series_id: row for row in KpiStatus.objects.all()}
    assert found.keys() == {sales.series_id, delays.series_id}
    assert silent.series_id not in found
    assert (found[sales.series_id].light, found[sales.series_id].missed) == (Light.YELLOW, True)
    assert (found[delays.series_id].light, found[delays.series_id].missed) == (Light.GREEN, True)
    assert found[sales.series_id].value == Decimal("94.999999")
    assert found[sales.series_id].target == 100


def test_a_value_or_target_that_is_taken_back_takes_its_light_along(cast: Cast) -> None:
    one, other = kpi(cast.xiaozhang), kpi(cast.colleague)
    measure(one, {W41: 100})
    measure(other, {W41: 100})
    judge(W41)
    measure(one, {W41: None})
    other.targets.all().delete()
    assert judge(W41).judged == 0
    assert not KpiStatus.objects.exists()


def test_judging_again_writes_nothing(cast: Cast) -> None:
    measure(kpi(cast.xiaozhang), {W40: 80, W41: 80})
    assert judge(W40, W41).alerts_raised == 1
    before = list(KpiStatus.objects.values()), list(Alert.objects.values()), Event.objects.count()
    again = judge(W40, W41)
    assert (again.judged, again.alerts_raised, again.alerts_cleared, again.alerts_withdrawn) == (2, 0, 0, 0)
    assert (list(KpiStatus.objects.values()), list(Alert.objects.values()), Event.objects.count()) == before


def test_two_misses_in_a_row_raise_once_and_two_good_periods_clear(cast: Cast) -> None:
    one = kpi(cast.xiaozhang)
    measure(one, {W39: 80, W40: 90, W41: 70, W42: 100, W43: 99, W44: 101})
    raised = [judge(period).alerts_raised for period in (W39, W40, W41, W42, W43, W44)]
    assert raised == [0, 1, 0, 0, 0, 0]
    assert open_alerts() == [W40.key]
    alert = Alert.objects.get()
    assert (alert.earlier_value, alert.value, alert.target, alert.kpi) == (80, 90, 100, one)
    assert facts("alert.raised") == [f"alerts:{alert.pk}"]

    measure(one, {W44 + 1: 100})
    assert judge(W44 + 1, today=after(W44 + 1)).alerts_cleared == 1
    alert.refresh_from_db()
    assert (alert.state, alert.closed_period) == (Alert.State.CLEARED, W44.key + 1)
    assert facts("alert.cleared") == [f"alerts:{alert.pk}"]


def test_a_period_without_a_value_breaks_the_row(cast: Cast) -> None:
    measure(kpi(cast.xiaozhang), {W39: 80, W41: 80})
    judge(W39, W40, W41)
    assert open_alerts() == []


def test_the_period_before_is_judged_too_if_nobody_did(cast: Cast) -> None:
    measure(kpi(cast.xiaozhang), {W40: 80, W41: 80})
    result = judge(W41)
    assert JudgedPeriod.objects.filter(pk=W40.key).exclude(judged_on=None).exists()
    assert result.alerts_raised == 1
    assert ([period.label for period in result.periods], result.judged) == (["2026-W41"], 1)


def test_a_correction_withdraws_the_alert_and_says_why(cast: Cast) -> None:
    one = kpi(cast.xiaozhang)
    measure(one, {W40: 80, W41: 90})
    judge(W41)
    measure(one, {W40: 120})
    result = judge(W40)
    alert = Alert.objects.get()
    assert result.alerts_withdrawn == 1
    assert (alert.state, alert.closed_period) == (Alert.State.WITHDRAWN, W40.key)
    assert (alert.reason, alert.reason_before, alert.reason_after) == (Alert.Reason.VALUE, 80, 120)
    assert (alert.earlier_value, alert.value) == (80, 90), "the alert keeps what it was raised on"
    assert facts("alert.withdrawn") == [f"alerts:{alert.pk}"]

    measure(one, {W40: 70})
    assert judge(W40).alerts_raised == 1
    alert.refresh_from_db()
    assert (alert.state, alert.reason, alert.closed_period, alert.earlier_value) == ("open", "", None, 70)


def test_a_changed_target_withdraws_the_alert_and_says_why(cast: Cast) -> None:
    one = kpi(cast.xiaozhang)
    measure(one, {W40: 80, W41: 90})
    judge(W41)
    aim(one, 85)
    judge(W40, W41)
    alert = Alert.objects.get()
    assert (alert.state, alert.closed_period) == (Alert.State.WITHDRAWN, W41.key)
    assert (alert.reason, alert.reason_before, alert.reason_after) == (Alert.Reason.TARGET, 100, 85)


def test_a_value_taken_back_withdraws_the_alert(cast: Cast) -> None:
    one = kpi(cast.xiaozhang)
    measure(one, {W40: 80, W41: 90})
    judge(W41)
    measure(one, {W41: None})
    judge(W41)
    alert = Alert.objects.get()
    assert (alert.reason, alert.reason_before, alert.reason_after) == (Alert.Reason.GONE, 90, None)


def test_a_late_value_touches_only_what_it_changes(cast: Cast) -> None:
    late, bystander = kpi(cast.xiaozhang), kpi(cast.colleague)
    measure(late, {W39: 80, W41: 80, W42: 80, W43: 100})
    measure(bystander, {W39: 80, W40: 80, W41: 80, W42: 100, W43: 100})
    judge(W39, W40, W41, W42, W43)
    kept = Alert.objects.get(series=late.series)
    assert kept.period == W42.key
    others = list(Alert.objects.filter(series=bystander.series).values())

    measure(late, {W40: 80})
    result = judge(W40)

    assert (result.alerts_raised, result.alerts_withdrawn) == (0, 0)
    assert Alert.objects.get(series=late.series) == kept
    assert list(Alert.objects.filter(series=bystander.series).values()) == others


def test_a_late_value_can_raise_and_clear_long_after(cast: Cast) -> None:
    one = kpi(cast.xiaozhang)
    measure(one, {W39: 80, W41: 100, W42: 100})
    judge(W39, W40, W41, W42)
    measure(one, {W40: 80})
    result = judge(W40)
    assert (result.alerts_raised, result.alerts_cleared) == (1, 1)
    alert = Alert.objects.get()
    assert (alert.period, alert.state, alert.closed_period) == (W40.key, Alert.State.CLEARED, W42.key)


def test_the_running_period_is_judged_by_pace_and_never_raises(cast: Cast) -> None:
    summed, averaged = kpi(cast.xiaozhang, 70), kpi(cast.xiaozhang, 70, aggregation=Metric.Aggregation.MEAN)
    spent = kpi(cast.xiaozhang, 70, direction=Metric.Direction.DOWN)
    for one in (summed, averaged, spent):
        measure(one, {W41: 60 if one is not spent else 80, W42: 20})
    measure(spent, {W42: 31})
    wednesday = W42.start + timedelta(days=2)

    judge(W42, today=wednesday)

    found = {row.series_id: row for row in KpiStatus.objects.filter(period=W42.key)}
    assert (found[summed.series_id].light, found[summed.series_id].missed) == (Light.GREEN, False)
    assert found[averaged.series_id].light == Light.RED
    assert (found[spent.series_id].light, found[spent.series_id].missed) == (Light.GREEN, True)
    assert found[summed.series_id].target == 70
    assert open_alerts() == []

    evaluate(today=after(W42))
    assert found[summed.series_id].light != KpiStatus.objects.get(period=W42.key, series=summed.series).light
    assert len(open_alerts()) == 2


def test_alerts_of_a_monthly_and_a_weekly_metric_do_not_meet(cast: Cast) -> None:
    one = kpi(cast.xiaozhang, frequency=Frequency.MONTH)
    month = Period.parse("2026-09")
    measure(one, {month - 1: 1, month: 1})
    assert judge(month).alerts_raised == 1
    assert judge(W41).judged == 0
    assert open_alerts() == [month.key]


def test_without_a_period_all_that_needs_it_is_judged(cast: Cast) -> None:
    one = kpi(cast.xiaozhang)
    measure(one, {W39: 80, W40: 80, W43: 100, W44: 100})
    touch_periods([W39.key, W40.key])

    result = evaluate(today=LATER)

    assert [period.label for period in result.periods] == [f"2026-W{number}" for number in (39, 40, 44)]
    assert result.alerts_raised == 1
    assert [period.label for period in evaluate(today=LATER).periods] == ["2026-W44"]
    assert not JudgedPeriod.objects.filter(judged_on=None).exists()


def test_what_is_touched_while_judging_waits_for_the_next_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from accord.alerts.services import evaluation

    judged = evaluation.judge_period

    def touched_meanwhile(period: Period, today: date) -> object:
        touch_periods([W40.key])
        return judged(period, today)

    monkeypatch.setattr(evaluation, "judge_period", touched_meanwhile)
    evaluation.evaluate([W40], LATER)
    monkeypatch.undo()
    assert W40 in evaluate(today=LATER).periods
    assert W40 not in evaluate(today=LATER).periods


def test_whoever_dies_before_the_alerts_is_made_up_for(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from accord.alerts.services import evaluation

    measure(kpi(cast.xiaozhang), {W39: 80, W40: 80})

    def die(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(evaluation, "settle_alerts", die)
    with pytest.raises(KeyboardInterrupt):
        evaluation.evaluate([W40], LATER)
    monkeypatch.undo()
    assert open_alerts() == []
    assert evaluate(today=LATER).alerts_raised == 1


def test_lights_are_counted_for_everybody_above_as_the_lines_were(cast: Cast) -> None:
    one, other = kpi(cast.xiaozhang), kpi(cast.colleague)
    kpi(cast.colleague)
    of_unit = kpi(cast.east)
    cast.east.head = cast.manager_li
    cast.east.save()
    measure(one, {W41: 100})
    measure(other, {W41: 10})
    measure(of_unit, {W41: 80})

    judge(W41)

    def counts(manager_id: int) -> tuple[int, ...]:
        row = TeamStatus.objects.get(period=W41.key, ancestor=manager_id)
        return row.red, row.yellow, row.green, row.expected

    assert counts(cast.manager_li.pk) == (1, 0, 1, 3)
    assert counts(cast.executive_chen.pk) == (1, 1, 1, 4)
    assert not TeamStatus.objects.filter(ancestor=cast.xiaozhang).exists()

    # The line ends, and the week before it ended stays as it was.
    cast_line = cast.xiaozhang
    from accord.people.models import OrgClosure

    OrgClosure.objects.filter(descendant=cast_line, depth__gt=0).update(valid_to=W42.start)
    measure(one, {W42: 100})
    measure(other, {W42: 100})
    judge(W41, W42)
    assert counts(cast.manager_li.pk) == (1, 0, 1, 3)
    assert TeamStatus.objects.get(period=W42.key, ancestor=cast.manager_li).green == 1


def test_a_judged_period_is_announced_when_something_changed(cast: Cast) -> None:
    measure(kpi(cast.xiaozhang), {W41: 80})
    judge(W41)
    judge(W41)
    assert facts("statuses.judged") == [f"judged_periods:{W41.key}"]


def test_a_correction_can_undo_a_recovery_and_another_can_bring_it_forward(cast: Cast) -> None:
    one = kpi(cast.xiaozhang)
    measure(one, {W39: 80, W40: 80, W41: 100, W42: 100, W43: 100})
    judge(W39, W40, W41, W42, W43)
    assert Alert.objects.get().closed_period == W42.key

    measure(one, {W42: 80})
    assert judge(W42).alerts_raised == 1, "it is open again"
    assert open_alerts() == [W40.key]

    measure(one, {W44: 100})
    assert judge(W44).alerts_cleared == 1
    measure(one, {W42: 100})
    judge(W42)
    alert = Alert.objects.get()
    assert (alert.state, alert.closed_period) == (Alert.State.CLEARED, W42.key)


def test_values_of_a_future_period_make_no_alert_with_the_one_that_still_runs(cast: Cast) -> None:
    measure(kpi(cast.xiaozhang, aggregation="last"), {W40: 80, W41: 80})
    assert evaluate([W40, W41], today=W40.start).alerts_raised == 0
    assert not Alert.objects.exists()
    assert evaluate(today=after(W40)).alerts_raised == 1
