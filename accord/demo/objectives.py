"""The objectives of 远航电商, lived through: made as a quarter begins, reported on each Friday, closed after it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from accord.demo.clock import Calendar, Story, at
from accord.demo.company import COMPANY
from accord.demo.directions import ABOVE, BELOW, DONE, LAST_QUARTER, THIS_QUARTER, Direction, Result
from accord.demo.paperwork import Desk
from accord.domain.periods import Frequency, Period
from accord.goals.models import KeyResult, Objective
from accord.goals.services.cycles import cycle_on
from accord.goals.services.objectives.breaking_down import KpiDraft, break_down
from accord.goals.services.objectives.checking_in import Line, check_in
from accord.goals.services.objectives.closing import close_objective
from accord.goals.services.objectives.following import follow_all
from accord.goals.services.objectives.key_results import KeyResultDraft, set_key_results
from accord.goals.services.objectives.writing import Words, make_objective
from accord.metrics.queries.library import metrics_by_name
from accord.people.models import Employee, OrgUnit, Position

WEEKS = 13
_STILL_WAITING = 3
"""In the week that runs, every third owner has not reported yet."""


def tell_of_objectives(desk: Desk, calendar: Calendar, today: date) -> None:
    """Let the stories of this quarter's objectives, and of those of the one before, begin."""
    quarter = Period.of(today, Frequency.QUARTER)
    for period, directions in ((quarter - 1, LAST_QUARTER), (quarter, THIS_QUARTER)):
        calendar.add(_quarter(desk, period, directions, today))
    calendar.add(_following(quarter.start, today))


def _quarter(desk: Desk, quarter: Period, directions: Sequence[Direction], today: date) -> Story:
    made: dict[str, Objective] = {}
    for place, direction in enumerate(directions):
        yield at(quarter.start + timedelta(days=place // 6), 9 + place % 6, 20)
        made[direction.key] = _make(desk, direction, quarter, made.get(direction.serves))
    friday = Period.of(quarter.start, Frequency.WEEK).start + timedelta(days=4)
    for week in range(1, WEEKS + 1):
        day = friday + timedelta(weeks=week)
        is_running = Period.of(day, Frequency.WEEK) == Period.of(today, Frequency.WEEK)
        for place, direction in enumerate(directions):
            if is_running and not place % _STILL_WAITING:
                continue
            last = today - timedelta(days=1) if is_running else quarter.end
            yield at(min(day, last), 15 + place % 3, place * 2)
            _report(desk.people[direction.owner], made[direction.key], direction, week)
    for place, direction in enumerate(directions):
        if direction.score:
            yield at(quarter.end + timedelta(days=3), 10 + place, 15)
            _close(made[direction.key], direction, desk.people[direction.owner])


def _following(first: date, today: date) -> Story:
    """The worker follows the metrics whenever values arrive; here it does once a week."""
    for week in range((today - first).days // 7 + 1):
        yield at(min(first + timedelta(weeks=week, days=1), today), 6, 30)
        follow_all()
    yield at(today, 6, 45)
    follow_all()


def _make(desk: Desk, direction: Direction, quarter: Period, parent: Objective | None) -> Objective:
    owner = desk.people[direction.owner]
    subject: Employee | OrgUnit = owner
    if direction.unit is not None:
        subject = OrgUnit.objects.get(path=f"{COMPANY}/{direction.unit}".rstrip("/"))
    author = desk.people["YH0001"] if direction.unit == "" else owner
    words = Words(direction.title, direction.why, owner)
    objective = make_objective(cycle_on(quarter.start), subject, words, author, parent)
    edition = set_key_results(objective, objective.edition, [_draft(result) for result in direction.results], author)
    for made, result in zip(_results(objective), direction.results, strict=True):
        if result.kpis:
            edition = break_down(made, edition, [_kpi(*kpi) for kpi in result.kpis], author)
    return objective


def _draft(result: Result) -> KeyResultDraft:
    return KeyResultDraft(
        title=result.title,
        kind=result.kind,
        start=_number(result.start),
        target=_number(result.target),
        unit=result.unit,
        metric=metrics_by_name([result.metric]).get(result.metric),
        weight=Decimal(result.weight),
    )


def _kpi(metric: str, position: str, level: float) -> KpiDraft:
    return KpiDraft(metrics_by_name([metric])[metric].pk, Position.objects.get(name=position).pk, _number(level))


def _report(owner: Employee, objective: Objective, direction: Direction, week: int) -> None:
    for made, result in zip(_results(objective), direction.results, strict=True):
        dice = random.Random(f"{direction.key} {result.title} {week}")  # noqa: S311 (a story, not a secret)
        sure = max(1, min(10, result.sure + dice.choice((-1, 0, 0, 0, 1))))
        value = None if result.metric else _value(result, week, dice)
        check_in(made, Line(value, sure, result.notes.get(week, "")), owner)


def _value(result: Result, week: int, dice: random.Random) -> Decimal:
    """On the way from the start to where it will stand, a little uneven; a level is held from the first week."""
    if result.kind in (ABOVE, BELOW):
        return _number(round(result.reach * dice.uniform(0.99, 1.01), 1 if result.reach > 1 else 2))
    share = min(1, max(0, (week / WEEKS) ** 0.75 + dice.uniform(-0.04, 0.04)))
    value = result.start + (result.reach - result.start) * share
    step = 0.05 if result.kind == DONE or abs(result.target - result.start) < 1 else 0.1
    return _number(round(round(value / step) * step, 2) if result.target < 30 else round(value))


def _close(objective: Objective, direction: Direction, owner: Employee) -> None:
    now = Objective.objects.get(pk=objective.pk)
    close_objective(now, now.edition, Decimal(direction.score), direction.retrospective, owner)


def _results(objective: Objective) -> list[KeyResult]:
    results = KeyResult.objects.filter(objective=objective).select_related("objective", "metric")
    return list(results.order_by("order"))


def _number(value: float) -> Decimal:
    return Decimal(str(value))
