"""Writing a plan in a constant number of set-based steps."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Max

from accord.foundation.imports import ImportOptions
from accord.foundation.inserting import insert_rows
from accord.foundation.models import User
from accord.people.models import Employee, Position
from accord.people.services.accounts import no_password
from accord.people.services.histories import PLACEMENTS, REPORTING, FromDayOn, write_history
from accord.people.services.people_import.columns import number_key
from accord.people.services.people_import.facts import record_facts
from accord.people.services.people_import.known import Person
from accord.people.services.people_import.plan import Plan
from accord.people.services.people_import.rows import NOBODY
from accord.people.services.settling import settle
from accord.people.services.staging import drop, run, stage, tell_planner
from accord.people.services.units import ensure_units

# From here on the tables are not what the database's planner knows of them.
_MANY = 5_000
_OF_EMPLOYEE = (
    "employee_no", "name", "email", "user_id", "org_unit_id", "position_id", "hired_on", "status", "left_on",
)  # fmt: skip


def store(made: Plan, day: date, options: ImportOptions) -> None:
    """Write what `made` comes to, with `day` as the first day of every change, and record the facts."""
    if made.created or made.changed:
        storing = _Storing(made, day)
        storing.write()
        record_facts(made, storing.pks, day, options)


class _Storing:
    """The keys of everything that a plan names, found or made, and the writing that needs them."""

    def __init__(self, made: Plan, day: date) -> None:
        self.made, self.day = made, day
        self.touched = [*made.created, *made.changed]
        people = [made.after(key) for key in self.touched]
        self.units = ensure_units(person.org_unit for person in people)
        self.positions = _ensure_positions({person.position for person in people})
        self.pks = {key: person.pk for key, person in made.draft.known.people.items() if person.pk}
        self.first_days = made.draft.known.first_days

    def write(self) -> None:
        """Rows first, then histories, then what follows from them."""
        self._hire()
        self._update()
        write_history(PLACEMENTS, self._placements())
        write_history(PLACEMENTS, self._departures())
        write_history(REPORTING, self._lines())
        if len(self.touched) > _MANY:
            tell_planner("employees", "placements", "reporting_lines")
        settle(self._in_new_lines(), self._units_concerned())

    def _hire(self) -> None:
        accounts = self._accounts()
        newest = _newest(Employee)
        insert_rows(Employee, _OF_EMPLOYEE, (self._employee(key, accounts[key]) for key in self.made.created))
        hired = Employee.objects.filter(pk__gt=newest).values_list("employee_no", "pk")
        self.pks.update((number_key(number), pk) for number, pk in hired)
        for key in self.made.created:
            self.first_days[key] = min(self.made.after(key).hired_on or self.day, self.day)

    def _accounts(self) -> dict[str, int]:
        """The key of the account of every new person: a free one with their number, or a new one."""
        free, newest = self.made.draft.known.free_accounts, _newest(User)
        people = (self.made.after(key) for key in self.made.created if key not in free)
        rows = ((one.number, one.name, one.email, no_password(), not one.has_left) for one in people)
        insert_rows(User, ("username", "name", "email", "password", "is_active"), rows)
        opened = User.objects.filter(pk__gt=newest).values_list("username", "pk")
        return {**free, **{number_key(username): pk for username, pk in opened}}

    def _employee(self, key: str, account: int) -> tuple[Any, ...]:
        # Managers may be new themselves, so they are set once everybody has a key.
        person = self.made.after(key)
        return (
            person.number,
            person.name,
            person.email,
            account,
            self.units[person.org_unit],
            self.positions[person.position],
            _iso(person.hired_on),
            person.status,
            self.day.isoformat() if person.has_left else None,
        )

    def _update(self) -> None:
        """Bring the rows of changed people up to date, and give everybody new their manager."""
        stage("staged_people", _STAGED, (self._staged(key) for key in self.touched))
        run(_UPDATE_EMPLOYEES, _UPDATE_USERS)
        drop("staged_people")

    def _staged(self, key: str) -> tuple[Any, ...]:
        person = self.made.after(key)
        moved = self.made.differs(key, "status")
        return (
            self.pks[key],
            person.name,
            person.email,
            self.units[person.org_unit],
            self.positions[person.position],
            self._manager(person),
            _iso(person.hired_on),
            person.status,
            self.day.isoformat() if moved and person.has_left else None,
            moved,
            self.made.differs(key, "name", "email", "status"),
            not person.has_left,
        )

    def _manager(self, person: Person) -> int | None:
        return None if person.manager == NOBODY else self.pks[person.manager]

    def _placements(self) -> list[FromDayOn]:
        moved = [key for key in self.made.changed if self.made.differs(key, "org_unit", "position", "status")]
        return [
            (self.pks[key], self._since(key), (self.units[person.org_unit], self.positions[person.position]))
            for key in (*self.made.created, *moved)
            if not self._was_gone(key)
            for person in [self.made.after(key)]
        ]

    def _was_gone(self, key: str) -> bool:
        """Whether somebody had left before and still has."""
        before = self.made.draft.known.people.get(key)
        return before is not None and before.has_left and self.made.after(key).has_left

    def _departures(self) -> list[FromDayOn]:
        """The last day still belongs to the placement."""
        keys = (*self.made.created, *(key for key in self.made.changed if self.made.differs(key, "status")))
        after = self.day + timedelta(days=1)
        return [(self.pks[key], after, (None, None)) for key in keys if self.made.after(key).has_left]

    def _lines(self) -> list[FromDayOn]:
        return [
            (self.pks[key], max(self._since(key), self._first_day_of_manager(key)), (manager,))
            for key in self._in_new_lines_by_key()
            if (manager := self._manager(self.made.after(key))) or key in self.made.changed
        ]

    def _first_day_of_manager(self, key: str) -> date:
        return self.first_days.get(self.made.after(key).manager, date.min)

    def _since(self, key: str) -> date:
        """A change holds from the day of the import on; newcomers belong here since they were hired."""
        return self.day if key in self.made.changed else self.first_days[key]

    def _in_new_lines_by_key(self) -> list[str]:
        return [*self.made.created, *(key for key in self.made.changed if self.made.differs(key, "manager"))]

    def _in_new_lines(self) -> list[int]:
        return [self.pks[key] for key in self._in_new_lines_by_key()]

    def _units_concerned(self) -> set[int]:
        moved = [key for key in self.made.changed if self.made.differs(key, "org_unit", "status")]
        known = {self.units[self.made.before(key).org_unit] for key in moved}
        return known | {self.units[self.made.after(key).org_unit] for key in (*moved, *self.made.created)}


def _newest(model: type[Employee] | type[User]) -> int:
    """The highest key so far; rows that are inserted now get higher ones."""
    return model._default_manager.aggregate(pk=Max("pk"))["pk"] or 0


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _ensure_positions(names: set[str]) -> dict[str, int]:
    known = dict(Position.objects.values_list("name", "pk"))
    made = Position.objects.bulk_create([Position(name=name) for name in sorted(names - known.keys())])
    return known | {position.name: position.pk for position in made}


_STAGED = (
    "id bigint PRIMARY KEY, name varchar(100), email varchar(254), org_unit_id bigint, position_id bigint,"
    " manager_id bigint, hired_on date, status varchar(10), left_on date, moved boolean, told boolean, active boolean"
)
_UPDATE_EMPLOYEES = """
UPDATE employees SET name = s.name, email = s.email, org_unit_id = s.org_unit_id, position_id = s.position_id,
    manager_id = s.manager_id, hired_on = s.hired_on, status = s.status,
    left_on = CASE WHEN s.moved THEN s.left_on ELSE employees.left_on END
FROM staged_people s WHERE s.id = employees.id
"""
# An account that an administrator closed stays closed unless its person leaves or comes back.
_UPDATE_USERS = """
UPDATE users SET name = s.name, email = s.email, is_active = CASE WHEN s.moved THEN s.active ELSE users.is_active END
FROM staged_people s JOIN employees e ON e.id = s.id WHERE users.id = e.user_id AND s.told
"""
