"""Whatever arrives, in whatever order: evaluation ends where the fold over the final history ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.alerts.models import Alert, KpiStatus
from accord.alerts.services.evaluation import evaluate, touch_periods
from accord.alerts.tests.builders import aim, batch, kpi, measure, week
from accord.domain.alert_rules import episodes, turning_points
from accord.foundation.models import Event
from accord.goals.models import Kpi
from accord.metrics.models import Measurement
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
# A first evening with most of the history, so that what is corrected later had already led to something.
histories = st.lists(st.sampled_from([80, 80, 120, 120, None]), min_size=COUNT, max_size=COUNT)
first_evenings = st.tuples(histories, histories).map(
    lambda both: [Value(series, step, value) for series, found in enumerate(both) for step, value in enumerate(found)]
)
evenings = st.tuples(first_evenings, st.lists(st.lists(arrivals, min_size=1, max_size=3), min_size=1, max_size=5)).map(
    lambda parts: [parts[0], *parts[1]]
)


@pytest.fixture
def someone(db: None) -> Employee:
    unit = OrgUnit.objects.create(name="部", path="部")
    return Employee.objects.create(
        employee_no="1", name="小张", org_unit=unit, position=Position.objects.create(name="销售")
    )


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


@pytest.mark.parametrize("seed", range(2))
def test_many_histories_at_once(someone: Employee, seed: int) -> None:
    """The same with histories that have more to correct: two hundred KPIs, most with a full first evening."""
    random = Random(seed)  # noqa: S311
    kpis = [kpi(someone) for _ in range(200)]
    delivery = batch()
    Measurement.objects.bulk_create(
        Measurement(period=FIRST.key + step, series=one.series, value=random.choice([80, 120]), batch=delivery, row=2)
        for one in kpis
        for step in range(COUNT)
        if random.random() < 0.9
    )
    touch_periods(range(FIRST.key, FIRST.key + COUNT))
    evaluate(today=TODAY)
    for _evening in range(5):
        late = [(random.choice(kpis), FIRST + random.randrange(COUNT)) for _ in range(120)]
        for one, period in late:
            measure(one, {period: random.choice([None, 80, 80, 120, 120])})
        touch_periods({period.key for _, period in late})
        evaluate(today=TODAY)
        for one in Kpi.objects.prefetch_related("series__measurements", "targets", "alerts"):
            _check(one)


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
    targets = [(row.from_period, row.to_period, row.target) for row in one.targets.all()]
    aims = {period: target for period in values for first, last, target in targets if first <= period <= last}
    history = [(period, value < aims[period]) for period, value in sorted(values.items())]
    found = episodes(turning_points(history))
    alerts = list(one.alerts.all())
    open_now = [alert for alert in alerts if alert.state == Alert.State.OPEN]
    assert len(open_now) == (1 if found and found[-1].cleared is None else 0)
    misses = {period for period, missed in history if missed}
    for alert in alerts:
        assert alert.state == Alert.State.WITHDRAWN or {alert.period, alert.period - 1} <= misses
        assert alert.state != Alert.State.WITHDRAWN or alert.reason
    for episode in found:
        inside = [one for one in alerts if one.state != Alert.State.WITHDRAWN and episode.covers(one.period)]
        assert max(inside, key=lambda alert: alert.period).closed_period == episode.cleared
