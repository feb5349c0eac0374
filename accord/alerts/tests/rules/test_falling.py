"""Falling trends as the second rule: switched on, corrected, switched off; always where a full recomputation ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.alerts.models import Alert, AlertSwitch, KpiStatus, Rule
from accord.alerts.services.evaluation import evaluate, touch_periods
from accord.alerts.services.switching import switch_rule
from accord.alerts.tests.builders import Number, after, aim, kpi, measure, week
from accord.domain.alert_rules import episodes, falls
from accord.domain.periods import Period
from accord.foundation.models import Event
from accord.goals.models import Kpi
from accord.metrics.models import Series
from accord.people.models import Employee
from tests.cast import Cast

FIRST, COUNT = week(20), 14
TODAY = after(FIRST + COUNT - 1)
CALM = [101, 100, 101, 100, 101]

pytestmark = pytest.mark.django_db


def watch(one: Kpi, on: bool = True) -> None:
    """Switch falling trends for a metric, as if it had been long ago."""
    switch_rule(one.series.metric, Rule.FALLING, on, None)
    AlertSwitch.objects.filter(rule=Rule.FALLING).update(since=FIRST.start)


def live(one: Kpi, numbers: Sequence[Number | None], first: Period = FIRST) -> None:
    """Values of consecutive periods, each judged."""
    measure(one, {first + step: number for step, number in enumerate(numbers) if number is not None})
    evaluate([first + step for step in range(len(numbers))], TODAY)


def of(one: Kpi) -> list[tuple[int, str]]:
    return list(
        Alert.objects.filter(rule=Rule.FALLING, series=one.series).order_by("period").values_list("period", "state")
    )


def facts(name: str) -> int:
    return Event.objects.filter(name=name).count()


def test_it_is_off_until_somebody_switches_it_on(cast: Cast) -> None:
    one = kpi(cast.xiaozhang, 50)
    live(one, [*CALM, 98, 96, 94])
    assert of(one) == []
    assert Alert.objects.count() == 0


def test_a_fall_is_raised_once_and_clears_after_two_periods_without_a_decline(cast: Cast) -> None:
    one = kpi(cast.xiaozhang, 50)
    watch(one)
    live(one, [*CALM, 98, 96, 94, 92])
    alert = Alert.objects.get()
    assert (alert.period, alert.since) == ((FIRST + 7).key, (FIRST + 4).key)
    assert (alert.earlier_value, alert.value, alert.target, alert.kpi) == (101, 94, 50, one)
    assert facts("alert.raised") == 1
    live(one, [93, 93], FIRST + 9)
    alert.refresh_from_db()
    assert (alert.state, alert.closed_period) == (Alert.State.CLEARED, (FIRST + 10).key)
    assert facts("alert.cleared") == 1


def test_it_needs_no_target(cast: Cast) -> None:
    one = kpi(cast.xiaozhang)
    one.targets.all().delete()
    watch(one)
    live(one, [*CALM, 98, 96, 94])
    alert = Alert.objects.get()
    assert (alert.kpi, alert.target, alert.value) == (None, None, 94)


@pytest.mark.parametrize(
    ("step", "number", "reason", "before", "after"),
    [
        (7, 97, Alert.Reason.VALUE, 94, 97),
        (4, 90, Alert.Reason.VALUE, 101, 90),
        (7, None, Alert.Reason.GONE, 94, None),
        (2, 80, Alert.Reason.TREND, None, None),
    ],
)
def test_a_correction_withdraws_it_and_says_why(
    cast: Cast, step: int, number: int | None, reason: str, before: int, after: int | None
) -> None:
    one = kpi(cast.xiaozhang, 50)
    watch(one)
    live(one, [*CALM, 98, 96, 94])
    measure(one, {FIRST + step: number})
    assert evaluate([FIRST + step], TODAY).alerts_withdrawn == 1
    alert = Alert.objects.get()
    assert (alert.state, alert.reason) == (Alert.State.WITHDRAWN, reason)
    assert (alert.reason_before, alert.reason_after) == (before, after)
    assert (alert.earlier_value, alert.value) == (101, 94), "the alert keeps what it was raised on"

    measure(one, {FIRST + step: [*CALM, 98, 96, 94][step]})
    assert evaluate([FIRST + step], TODAY).alerts_raised == 1
    alert.refresh_from_db()
    assert (alert.state, alert.reason) == (Alert.State.OPEN, "")


def test_switched_off_its_open_alerts_are_withdrawn_and_it_sleeps(cast: Cast) -> None:
    one, other = kpi(cast.xiaozhang, 50), kpi(cast.xiaozhang, 50)
    for each in (one, other):
        watch(each)
        live(each, [*CALM, 98, 96, 94])
    watch(one, on=False)
    alert = Alert.objects.get(series=one.series)
    assert (alert.state, alert.reason) == (Alert.State.WITHDRAWN, Alert.Reason.OFF)
    assert facts("alert.withdrawn") == 1
    assert of(other) == [((FIRST + 7).key, "open")]
    touch_periods(range(FIRST.key, (FIRST + COUNT).key))
    assert evaluate(today=TODAY).alerts_raised == 0
    assert not switch_rule(one.series.metric, Rule.FALLING, False, None), "a second click changes nothing"
    assert facts("alert_switch.changed") == 3


def test_what_was_before_a_rule_was_switched_on_raises_nothing(cast: Cast) -> None:
    one = kpi(cast.xiaozhang, 100)
    switch_rule(one.series.metric, Rule.TWO_MISSES, False, None)
    live(one, [80, 80, 120, 120, 80, 80])
    assert not Alert.objects.exists()
    switch_rule(one.series.metric, Rule.TWO_MISSES, True, None)
    AlertSwitch.objects.update(since=(FIRST + 6).start)
    touch_periods(range(FIRST.key, (FIRST + 6).key))
    evaluate(today=TODAY)
    assert not Alert.objects.exists()
    live(one, [80], FIRST + 6)
    alert = Alert.objects.get()
    assert (alert.period, alert.state) == ((FIRST + 6).key, "open")

    # What it raised in an earlier life stays as it was, whatever is corrected.
    switch_rule(one.series.metric, Rule.TWO_MISSES, False, None)
    switch_rule(one.series.metric, Rule.TWO_MISSES, True, None)
    AlertSwitch.objects.update(since=(FIRST + 9).start)
    measure(one, {FIRST + 5: 120})
    evaluate([FIRST + 5], TODAY)
    alert.refresh_from_db()
    assert alert.reason == Alert.Reason.OFF


arrivals = st.tuples(st.integers(0, COUNT - 1), st.sampled_from([None, 60, 80, 85, 90, 95, 100, 100]))
first_evenings = st.lists(st.sampled_from([70, 80, 85, 90, 95, 100, None]), min_size=COUNT, max_size=COUNT).map(
    lambda numbers: list(enumerate(numbers))
)
declines = st.integers(5, COUNT - 4).map(
    lambda start: [(at, 100 + at % 2 if at < start else 100 - 4 * (at - start)) for at in range(COUNT)]
)
evenings = st.tuples(
    st.one_of(declines, first_evenings), st.lists(st.lists(arrivals, min_size=1, max_size=3), min_size=1, max_size=4)
).map(lambda parts: [parts[0], *parts[1]])


@pytest.fixture
def someone(cast: Cast) -> Employee:
    return cast.xiaozhang


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(evenings)
def test_in_any_order_it_ends_where_a_full_recomputation_ends(
    someone: Employee, evenings: Sequence[Sequence[tuple[int, int | None]]]
) -> None:
    for model in (Alert, AlertSwitch, KpiStatus, Kpi):
        model.objects.all().delete()
    one = kpi(someone, 50)
    watch(one)
    for evening in evenings:
        measure(one, {FIRST + step: number for step, number in evening})
        touch_periods({(FIRST + step).key for step, _ in evening})
        evaluate(today=TODAY)
        _check(one.series)
    events = Event.objects.count()
    evaluate([FIRST + step for step in range(COUNT)], TODAY)
    assert Event.objects.count() == events, "a replay changes nothing"


def _check(series: Series) -> None:
    values: Mapping[int, Decimal] = {row.period: row.value for row in series.measurements.all()}
    marks = falls(values, lower_is_better=False)
    alerts = list(Alert.objects.filter(series=series, rule=Rule.FALLING))
    called = {period for period, calls in marks if calls}
    found = episodes(marks)
    assert sum(alert.state == "open" for alert in alerts) == (1 if found and found[-1].cleared is None else 0)
    assert all(alert.state == "withdrawn" or alert.period in called for alert in alerts)
    assert all(alert.reason for alert in alerts if alert.state == "withdrawn")
    for episode in found:
        inside = [one for one in alerts if one.state != "withdrawn" and episode.covers(one.period)]
        assert max(inside, key=lambda alert: alert.period).closed_period == episode.cleared


def test_a_target_that_changes_does_not_matter_to_it(cast: Cast) -> None:
    one = kpi(cast.xiaozhang, 50)
    watch(one)
    live(one, [*CALM, 98, 96, 94])
    aim(one, 60)
    touch_periods([(FIRST + 7).key])
    assert evaluate(today=TODAY).alerts_withdrawn == 0
    assert Alert.objects.get().raised_at <= timezone.now()
