"""Key results follow their metric, and owners are reminded once a week."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from accord.domain.periods import Frequency, Period
from accord.foundation.models import Notification
from accord.goals.jobs.objectives import follow_metrics
from accord.goals.models import KeyResult, KeyResultCheckIn, Objective
from accord.goals.services.objectives.following import follow_all
from accord.goals.services.objectives.reminding import remind_of_check_ins
from accord.goals.tests.objectives.builders import FIRST, key_result_of, metric_named, objective_of
from accord.metrics.models import Batch, Measurement, Metric, Series, Source
from accord.people.models import Employee, OrgUnit
from tests.cast import Cast

D = Decimal
THURSDAY = date(2026, 11, 19)


def values(metric: Metric, subject: Employee | OrgUnit, *days_and_values: tuple[date, str]) -> None:
    who = {"employee": subject} if isinstance(subject, Employee) else {"org_unit": subject}
    series, _ = Series.objects.get_or_create(metric=metric, **who)
    batch = Batch.objects.create(source=Source.objects.get_or_create(name="CRM")[0])
    for day, value in days_and_values:
        period = Period.of(day, Frequency(metric.frequency)).key
        Measurement.objects.create(period=period, series=series, value=D(value), batch=batch, row=1)


def current(result: KeyResult) -> Decimal | None:
    result.refresh_from_db()
    value: Decimal | None = result.current
    return value


class TestFollowing:
    def test_a_sum_adds_up_the_periods_that_end_in_the_cycle(self, cast: Cast) -> None:
        metric = metric_named("签约额", aggregation="sum", frequency=Frequency.WEEK)
        result = key_result_of(objective_of(cast.xiaozhang), metric=metric)
        # The week of 28 September ends on 4 October and counts; the one of 28 December ends in January.
        ends = (
            (date(2026, 9, 21), "100"),
            (date(2026, 9, 28), "3"),
            (date(2026, 11, 2), "4"),
            (date(2026, 12, 28), "50"),
        )
        values(metric, cast.xiaozhang, *ends)
        follow_all()
        assert current(result) == 7

    @pytest.mark.parametrize("aggregation", ["mean", "last"])
    def test_any_other_takes_the_newest_value(self, cast: Cast, aggregation: str) -> None:
        metric = metric_named("复购率", aggregation=aggregation, frequency=Frequency.MONTH)
        result = key_result_of(objective_of(cast.xiaozhang), metric=metric)
        values(metric, cast.xiaozhang, (date(2026, 11, 1), "24"), (FIRST, "22"), (date(2026, 9, 1), "30"))
        follow_all()
        assert current(result) == 24

    def test_a_unit_reads_its_own_series_and_else_its_owners(self, cast: Cast) -> None:
        metric = metric_named("复购率", aggregation="last")
        of_unit = key_result_of(objective_of(cast.east, owner=cast.manager_li), metric=metric)
        of_owner = key_result_of(objective_of(cast.sales, owner=cast.manager_li), metric=metric)
        nobody = key_result_of(objective_of(cast.company), metric=metric)
        values(metric, cast.east, (FIRST, "24"))
        values(metric, cast.manager_li, (FIRST, "21"))
        follow_all()
        assert [current(each) for each in (of_unit, of_owner, nobody)] == [24, 21, None]

    def test_what_is_closed_stays_as_it_was(self, cast: Cast) -> None:
        metric = metric_named("复购率", aggregation="last")
        closed = objective_of(cast.xiaozhang, state=Objective.State.CLOSED)
        result = key_result_of(closed, metric=metric, current=D(20))
        values(metric, cast.xiaozhang, (FIRST, "24"))
        follow_metrics.call()
        assert current(result) == 20


class TestReminding:
    def told(self) -> list[tuple[int, dict[str, object]]]:
        return list(Notification.objects.order_by("recipient").values_list("recipient__employee", "values"))

    def line(self, result: KeyResult, by: Employee, at: datetime) -> None:
        KeyResultCheckIn.objects.create(key_result=result, value=1, confidence=5, made_by=by, made_at=at)

    def test_only_those_who_have_lines_to_write_and_once_a_week(self, cast: Cast) -> None:
        mine = objective_of(cast.xiaozhang)
        key_result_of(mine, "0.5")
        key_result_of(mine, "0.5")
        helped = key_result_of(objective_of(cast.east, owner=cast.manager_li), owner=cast.colleague)
        done = key_result_of(objective_of(cast.stranger))
        self.line(done, cast.stranger, datetime(2026, 11, 16, 1, tzinfo=UTC))
        self.line(helped, cast.colleague, datetime(2026, 11, 13, 1, tzinfo=UTC))
        assert remind_of_check_ins(date(2026, 11, 18)) == 0
        remind_of_check_ins(THURSDAY)
        remind_of_check_ins(date(2026, 11, 20))
        assert self.told() == [(cast.xiaozhang.pk, {"count": 2}), (cast.colleague.pk, {"count": 1})]
        remind_of_check_ins(date(2026, 11, 26))
        assert Notification.objects.filter(recipient=cast.xiaozhang.user).count() == 2

    def test_nobody_is_reminded_of_what_is_closed_over_or_does_not_count(self, cast: Cast) -> None:
        key_result_of(objective_of(cast.xiaozhang, state=Objective.State.CLOSED))
        key_result_of(objective_of(cast.colleague), "0")
        key_result_of(objective_of(cast.stranger))
        assert remind_of_check_ins(date(2027, 1, 7)) == 0
        Objective.objects.filter(employee=cast.stranger).delete()
        assert remind_of_check_ins(THURSDAY) == 0
