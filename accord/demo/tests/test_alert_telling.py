"""Who is told: as many a month as a manager can take, the gravest first; the rest is watched until it is taken up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.alerts.errors.rules import BudgetChangedMeanwhile, BudgetTooLarge, NotWatched
from accord.alerts.models import Alert, AlertBudget, AlertSwitch, KpiStatus, Rule
from accord.alerts.queries.switches import budget, limit
from accord.alerts.services.evaluation import evaluate
from accord.alerts.services.switching import set_budget, switch_rule
from accord.alerts.services.telling import gravity
from accord.alerts.services.watching import note_talk, take_up, tell_watched
from accord.alerts.tests.builders import after, kpi, measure, week
from accord.coaching.models import CoachingTask
from accord.coaching.services.coaching_tasks import take_step
from accord.coaching.services.following_alerts import open_coaching_task
from accord.demo.clock import as_of
from accord.foundation.models import Event, Notification
from accord.goals.models import Kpi
from accord.people.models import Employee
from tests.cast import Cast

W = [week(number) for number in range(38, 46)]
LATER = after(W[-1])
NOVEMBER = date(2026, 11, 10)

pytestmark = pytest.mark.django_db


def slip(person: Employee, value: int = 80, weight: str = "1", first: int = 0) -> Kpi:
    """A KPI that misses twice in a row; nobody has judged it yet."""
    one = kpi(person)
    Kpi.objects.filter(pk=one.pk).update(weight=Decimal(weight))
    measure(one, {W[first]: value, W[first + 1]: value})
    return one


def judge(first: int = 0, day: date = NOVEMBER) -> int:
    with as_of(day):
        return evaluate([W[first], W[first + 1]], LATER).alerts_watched


def allow(per_month: int) -> None:
    AlertBudget.objects.update_or_create(pk=AlertBudget.ONLY, defaults={"per_month": per_month})


def watched() -> set[int]:
    return set(Alert.objects.filter(is_watched=True).values_list("series_id", flat=True))


def told() -> set[int]:
    return set(Alert.objects.exclude(told_on=None).values_list("series_id", flat=True))


def test_the_gravest_are_told_and_the_rest_is_watched(cast: Cast) -> None:
    allow(2)
    slight, grave, light, gravest = (
        slip(cast.xiaozhang, 98),
        slip(cast.colleague, 60),
        slip(cast.xiaozhang, 40, "0.1"),
        slip(cast.xiaozhang, 50),
    )
    assert judge() == 2
    assert told() == {grave.series_id, gravest.series_id}
    assert watched() == {slight.series_id, light.series_id}
    assert Event.objects.filter(name="alert.raised").count() == Event.objects.filter(name="alert.watched").count() == 2
    assert set(Alert.objects.values_list("manager", flat=True)) == {cast.manager_li.pk}


def test_each_manager_and_each_month_has_its_own(cast: Cast) -> None:
    allow(1)
    slip(cast.xiaozhang)
    slip(cast.stranger)
    slip(cast.manager_li)
    assert judge() == 0
    late = slip(cast.colleague, first=2)
    assert judge(2, day=date(2026, 11, 30)) == 1
    assert watched() == {late.series_id}
    slip(cast.colleague, first=4)
    assert judge(4, day=date(2026, 12, 1)) == 0


def test_without_a_limit_or_a_manager_everything_is_told(cast: Cast) -> None:
    allow(0)
    for _ in range(6):
        slip(cast.xiaozhang)
    assert judge() == 0
    assert len(told()) == 6
    allow(1)
    for _ in range(3):
        slip(cast.executive_chen, first=2)
    assert judge(2) == 0


def test_more_people_mean_more_talks():
    assert [limit(4, people) for people in (0, 8, 9, 21)] == [4, 4, 5, 11]
    assert limit(0, 100) == 0


def test_a_series_that_is_spoken_of_is_not_told_a_second_time(cast: Cast) -> None:
    one = kpi(cast.xiaozhang, 97)
    switch_rule(one.series.metric, Rule.FALLING, True, None)
    AlertSwitch.objects.update(since=W[0].start)
    measure(one, dict(zip(W, [101, 100, 101, 100, 101, 98, 96, 94], strict=True)))
    with as_of(NOVEMBER):
        evaluate(W, LATER)
    assert Alert.objects.filter(told_on=NOVEMBER).count() == 1
    assert Alert.objects.filter(is_watched=True).count() == 1
    assert set(Alert.objects.values_list("rule", flat=True)) == set(Rule.values)


def test_gravity_is_the_missing_share_times_the_weight():
    assert gravity(Decimal(80), Decimal(100), Decimal(90), Decimal("0.5")) == Decimal("0.1")
    assert gravity(Decimal(30), Decimal(20), Decimal(10), Decimal(1)) == Decimal("0.5")
    assert gravity(Decimal(80), None, Decimal(100), None) == Decimal("0.02")
    assert gravity(Decimal(-5), Decimal(0), Decimal(0), Decimal(1)) == 1


def test_a_watched_alert_opens_no_task_until_it_is_taken_up(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    allow(1)
    slip(cast.xiaozhang)
    slip(cast.xiaozhang, 90)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        judge()
    alert = Alert.objects.get(is_watched=True)
    assert CoachingTask.objects.count() == 1
    open_coaching_task(alert.pk)
    assert CoachingTask.objects.count() == 1
    kinds = list(Notification.objects.filter(recipient=cast.manager_li.user).values_list("kind", flat=True))
    assert sorted(kinds) == ["alerts.watch_list_grew", "coaching.task_opened"]

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        take_up(alert, cast.manager_li)
    task = CoachingTask.objects.get(alert=alert)
    assert task.owner == cast.manager_li
    with pytest.raises(NotWatched):
        take_up(alert, cast.manager_li)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        take_step(task, "evidence", "", cast.manager_li)
    alert.refresh_from_db()
    assert alert.talked_at is None
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        take_step(task, "talk", "谈了", cast.manager_li)
    alert.refresh_from_db()
    assert alert.talked_at is not None


def test_the_digest_gets_one_line_a_day_however_much_came(cast: Cast) -> None:
    allow(1)
    for value in (50, 60, 70, 80):
        slip(cast.xiaozhang, value)
    judge()
    for alert in Alert.objects.filter(is_watched=True):
        tell_watched(alert.pk)
        note_talk(1, "evidence", alert.pk)
    assert Notification.objects.filter(kind="alerts.watch_list_grew").count() == 1


def test_one_that_only_seemed_to_recover_goes_on_as_it_was(cast: Cast) -> None:
    allow(1)
    slip(cast.xiaozhang, 50)
    one = slip(cast.colleague, 90)
    judge()
    measure(one, {W[2]: 120, W[3]: 120})
    judge(2)
    measure(one, {W[3]: 90})
    assert judge(3, day=date(2026, 12, 3)) == 1, "watched again, although December has room"
    alert = Alert.objects.get(series=one.series)
    assert (alert.state, alert.is_watched, alert.told_on) == ("open", True, None)


def test_the_budget_is_changed_by_compare_and_set(cast: Cast) -> None:
    user = cast.hrbp_wang.user
    assert budget().per_month == AlertBudget.DEFAULT
    set_budget(6, 0, user)
    assert (budget().per_month, budget().edition) == (6, 1)
    with pytest.raises(BudgetChangedMeanwhile):
        set_budget(7, 0, user)
    with pytest.raises(BudgetTooLarge):
        set_budget(AlertBudget.MOST + 1, 1, user)
    assert budget().per_month == 6
    assert Event.objects.filter(name="alert_budget.changed").count() == 1


arrivals = st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from([50, 80, 95, 120, 120, None]))
evenings = st.lists(st.lists(arrivals, min_size=1, max_size=12), min_size=1, max_size=5)


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(evenings)
def test_no_replay_or_correction_tells_more_than_the_budget_or_takes_anything_back(
    cast: Cast, evenings: list[list[tuple[int, int, int | None]]]
) -> None:
    for model in (Alert, KpiStatus, Kpi):
        model.objects.all().delete()
    allow(2)
    kpis = [kpi(cast.xiaozhang if number % 2 else cast.colleague) for number in range(6)]
    heard: set[int] = set()
    for evening in evenings:
        for number, step, value in evening:
            measure(kpis[number], {W[step]: value})
        for _ in range(2):
            with as_of(NOVEMBER):
                evaluate(W[:6], LATER)
            now = set(Alert.objects.exclude(told_on=None).filter(state="open").values_list("pk", flat=True))
            still = set(Alert.objects.filter(pk__in=heard, state="open").values_list("pk", flat=True))
            assert still <= now | set(Alert.objects.filter(is_watched=True).values_list("pk", flat=True))
            assert Alert.objects.exclude(told_on=None).count() <= 2
            heard = now
