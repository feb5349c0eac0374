"""The closure against a naive model that remembers every day by itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.people.errors import DayNotPossible, ManagerCycle, ReportsToThemselves
from accord.people.models import Employee, OrgClosure
from accord.people.services.closure import rebuild_closure
from accord.people.services.employment import set_manager
from tests.cast import SINCE, employee, org_unit

SIZE, DAYS = 6, 6
Managers = list["int | None"]

moves = st.lists(
    st.tuples(
        st.integers(0, SIZE - 1),
        st.one_of(st.none(), st.integers(0, SIZE - 1)),
        st.integers(0, DAYS - 1),
    ),
    min_size=1,
    max_size=12,
)


class EveryDay:
    """Who reports to whom, written down for each day on its own."""

    def __init__(self) -> None:
        self.days: list[Managers] = [[None] * SIZE for _ in range(DAYS)]
        self.last_change = [0] * SIZE

    def above(self, person: int, day: int) -> list[int]:
        line, at = [person], self.days[day][person]
        while at is not None:
            line.append(at)
            at = self.days[day][at]
        return line

    def refusal(self, person: int, manager: int | None, day: int) -> type[Exception] | None:
        if self.days[-1][person] == manager:
            return None
        if day < self.last_change[person]:
            return DayNotPossible
        if manager == person:
            return ReportsToThemselves
        if manager is not None and any(person in self.above(manager, later) for later in range(day, DAYS)):
            return ManagerCycle
        return None

    def set(self, person: int, manager: int | None, day: int) -> None:
        if self.days[-1][person] == manager:
            return
        for later in range(day, DAYS):
            self.days[later][person] = manager
        # What is known of the person begins with the line that is open now.
        self.last_change[person] = max(
            (d for d in range(DAYS) if d and self.days[d][person] is not None and self._begins(person, d)), default=0
        )

    def _begins(self, person: int, day: int) -> bool:
        return self.days[day][person] != self.days[day - 1][person]


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(moves)
def test_random_moves_give_the_closure_of_every_day(steps: list[tuple[int, int | None, int]]) -> None:
    with transaction.atomic():
        people = [employee(f"P{n}", f"人{n}", org_unit("公司")) for n in range(SIZE)]
        model = EveryDay()
        for person, manager, day in steps:
            _step(people, model, person, manager, day)
        assert _closure(people) == _expected(model)
        rows = list(OrgClosure.objects.order_by("pk").values())
        rebuild_closure()
        assert list(OrgClosure.objects.order_by("pk").values()) == rows
        transaction.set_rollback(True)


def _step(people: list[Employee], model: EveryDay, person: int, manager: int | None, day: int) -> None:
    chosen = None if manager is None else people[manager]
    refusal = model.refusal(person, manager, day)
    if refusal:
        with pytest.raises(refusal):
            set_manager(people[person], chosen, on=SINCE + timedelta(days=day))
    else:
        set_manager(people[person], chosen, on=SINCE + timedelta(days=day))
        model.set(person, manager, day)


def _closure(people: list[Employee]) -> set[tuple[int, int, int, int]]:
    number = {person.pk: n for n, person in enumerate(people)}
    return {
        (number[row.ancestor_id], number[row.descendant_id], row.depth, day)
        for row in OrgClosure.objects.all()
        for day in range(DAYS)
        if row.valid_from <= _date(day) and (row.valid_to is None or row.valid_to >= _date(day))
    }


def _expected(model: EveryDay) -> set[tuple[int, int, int, int]]:
    return {
        (above, person, depth, day)
        for day in range(DAYS)
        for person in range(SIZE)
        for depth, above in enumerate(model.above(person, day))
    }


def _date(day: int) -> date:
    return SINCE + timedelta(days=day)
