"""Whatever arrives, in whatever order: evaluation ends where the fold over the final history ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.alerts.models import Alert, KpiStatus
from accord.alerts.services.evaluation import evaluate, touch_periods
from accord.alerts.tests.builders import aim, kpi, measure, week
from accord.domain.alert_rules import episodes
from accord.foundation.models import Event
from accord.goals.models import Kpi
from accord.people.models import Employee, OrgUnit, Position

FIRST, COUNT = week(20), 8
TODAY = (FIRST + COUNT).start

steps = st.integers(0, COUNT - 1)
values = st.sampled_from([None, 80, 80, 95, 120, 120])


@dataclass(frozen=True)
class Value:
    """A value that arrives, late or not, new or corrected; None takes it back."""

    series: int
    step: int
    value: int | None


@dataclass(frozen=True)
class Target:
    """A target that holds for one period instead of what held before."""

    series: int
    step: int
    target: int


arrivals = st.one_of(
    st.builds(Value, st.integers(0, 1), steps, values),
    st.builds(Value, st.integers(0, 1), steps, values),
    st.builds(Target, st.integers(0, 1), steps, st.sampled_from([90, 100, 130])),
)
evenings = st.lists(st.lists(arrivals, min_size=1, max_size=8), min_size=1, max_size=6)


@pytest.fixture
def someone(db: None) -> Employee:
    unit = OrgUnit.objects.create(name="部", path="部")
    return Employee.objects.create(
        employee_no="1", name="小张", org_unit=unit, position=Position.objects.create(name="销售")
    )


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(evenings)
def test_evaluation_agrees_with_the_fold(someone: Employee, evenings: Sequence[Sequence[Value | Target]]) -> None:
    for model in (Alert, KpiStatus, Kpi):
        model.objects.all().delete()
    kpis = [_stepwise(someone), _stepwise(someone)]
    for evening in evenings:
        for arrival in evening:
            _arrive(kpis[arrival.series], arrival)
        touch_periods({(FIRST + arrival.step).key for arrival in evening})
        evaluate(today=TODAY)
        for one in kpis:
            _check(one)
    events = Event.objects.count()
    settled = evaluate(today=TODAY), evaluate([FIRST + step for step in range(COUNT)], TODAY)
    assert all(one.alerts_raised == one.alerts_cleared == one.alerts_withdrawn == 0 for one in settled)
    assert Event.objects.count() == events


def _stepwise(someone: Employee) -> Kpi:
    """A KPI with a target for each period of its own."""
    one = kpi(someone, first=FIRST.key, last=FIRST.key)
    for step in range(COUNT):
        aim(one, 100, first=FIRST.key + step, last=FIRST.key + step)
    return one


def _arrive(one: Kpi, arrival: Value | Target) -> None:
    period = FIRST + arrival.step
    if isinstance(arrival, Value):
        measure(one, {period: arrival.value})
    else:
        aim(one, arrival.target, first=period.key, last=period.key)


def _check(one: Kpi) -> None:
    values = {row.period: row.value for row in one.series.measurements.all()}
    targets = {row.from_period: row.target for row in one.targets.all()}
    history = [(period, value < targets[period]) for period, value in sorted(values.items())]
    found = episodes(history)
    alerts = list(one.alerts.all())
    open_now = [alert for alert in alerts if alert.state == Alert.State.OPEN]
    assert len(open_now) == (1 if found and found[-1].cleared is None else 0)
    misses = {period for period, missed in history if missed}
    for alert in alerts:
        assert alert.state == Alert.State.WITHDRAWN or {alert.period, alert.period - 1} <= misses
        assert alert.state != Alert.State.WITHDRAWN or alert.reason
    for episode in found:
        assert any(episode.covers(alert.period) for alert in alerts if alert.state != Alert.State.WITHDRAWN)
