"""The people as the database knows them before a file is taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Max, Min

from accord.foundation.models import User
from accord.people.models import Employee, Placement, ReportingLine
from accord.people.services.people_import.columns import number_key
from accord.people.services.people_import.rows import NOBODY


@dataclass(slots=True)
class Person:
    """Somebody as they are or are to be. `pk` is None for somebody new; `manager` is a key or NOBODY."""

    pk: int | None
    number: str
    name: str
    email: str
    org_unit: str
    position: str
    manager: str
    hired_on: date | None
    status: str

    @property
    def has_left(self) -> bool:
        return self.status == Employee.Status.LEFT


@dataclass
class Known:
    """Everybody by key, with the first day each belonged here, and the accounts that are not their own employee's."""

    people: dict[str, Person] = field(default_factory=dict)
    first_days: dict[str, date] = field(default_factory=dict)
    free_accounts: dict[str, int] = field(default_factory=dict)
    taken_accounts: set[str] = field(default_factory=set)
    account_emails: dict[str, str] = field(default_factory=dict)


def load_known() -> Known:
    """Read everybody, in a constant number of queries."""
    known = Known()
    first_days = dict(Placement.objects.values_list("employee_id").annotate(day=Min("valid_from")))
    rows = Employee.objects.values_list(
        "pk", "employee_no", "name", "email", "org_unit__path", "position__name", "manager__employee_no", "hired_on",
        "status",
    )  # fmt: skip
    for pk, number, name, email, path, position, manager, hired_on, status in rows.iterator(20_000):
        key, above = number_key(number), number_key(manager or NOBODY)
        known.people[key] = Person(pk, number, name, email, path, position, above, hired_on, status)
        known.first_days[key] = first_days[pk]
    _load_accounts(known)
    return known


def last_change() -> date | None:
    """The newest day from which something is known of anybody."""
    days = (
        Placement.objects.aggregate(day=Max("valid_from"))["day"],
        ReportingLine.objects.aggregate(day=Max("valid_from"))["day"],
        Employee.objects.aggregate(day=Max("left_on"))["day"],
    )
    return max((day for day in days if day), default=None)


def _load_accounts(known: Known) -> None:
    others = User.objects.exclude(employee__employee_no=F("username")).values_list(
        "pk", "username", "email", "employee"
    )
    for pk, username, email, employee in others:
        key = number_key(username)
        if employee is None:
            known.free_accounts[key] = pk
            if email:
                known.account_emails[email.casefold()] = key
        elif key not in known.people:
            known.taken_accounts.add(key)
