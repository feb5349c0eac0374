"""One person joins, moves, gets another manager, goes on leave, leaves, comes back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import transaction

from accord.foundation.clock import organisation_day
from accord.foundation.models import User
from accord.foundation.services.events import record
from accord.people.models import Employee, OrgUnit, Placement, Position
from accord.people.services.accounts import open_account
from accord.people.services.histories import PLACEMENTS, REPORTING, write_history
from accord.people.services.line_checks import check_day, check_manager
from accord.people.services.settling import settle
from accord.people.services.staging import take_turn

Status = Employee.Status


@dataclass(frozen=True)
class Employment:
    """Where somebody belongs: what an administrator may change from a day on."""

    org_unit: OrgUnit
    position: Position
    manager: Employee | None
    status: str

    @classmethod
    def of(cls, employee: Employee) -> Employment:
        """Today's."""
        return cls(employee.org_unit, employee.position, employee.manager, employee.status)

    def changes(self, after: Employment) -> dict[str, list[str]]:
        """What differs in `after`, as {field: [before, after]} in words."""
        fields = ("org_unit", "position", "manager", "status")
        pairs = {field: [_word(getattr(self, field)), _word(getattr(after, field))] for field in fields}
        return {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}


@transaction.atomic
def hire(
    employee_no: str,
    name: str,
    *,
    org_unit: OrgUnit,
    position: Position,
    manager: Employee | None = None,
    email: str = "",
    hired_on: date | None = None,
    actor: User | None = None,
) -> Employee:
    """Take somebody on, with an account that has no password yet. They belong here from `hired_on` (today) on."""
    take_turn()
    today = organisation_day()
    since = min(hired_on or today, today)
    person = Employee(
        employee_no=employee_no,
        name=name,
        email=email,
        org_unit=org_unit,
        position=position,
        manager=manager,
        hired_on=hired_on,
    )
    if manager:
        check_manager(person, manager, since)
    person.user = open_account(employee_no, name, email)
    person.save(force_insert=True)
    write_history(PLACEMENTS, [(person.pk, since, (org_unit.pk, position.pk))])
    if manager:
        write_history(REPORTING, [(person.pk, max(since, _first_day(manager)), (manager.pk,))])
    settle([person.pk], {org_unit.pk})
    record(
        "employee.joined", subject=f"employees:{person.pk}", actor=actor, employee_id=person.pk, on=since.isoformat()
    )
    return person


def set_manager(
    employee: Employee, manager: Employee | None, *, on: date | None = None, actor: User | None = None
) -> None:
    """Let `employee` report to `manager` from a day (today) on. The former line loses sight with the same commit."""
    change_employment(employee, replace(Employment.of(employee), manager=manager), on=on, actor=actor)


def move(
    employee: Employee,
    *,
    org_unit: OrgUnit | None = None,
    position: Position | None = None,
    on: date | None = None,
    actor: User | None = None,
) -> None:
    """Let `employee` belong to another unit or have another position from a day (today) on."""
    now = Employment.of(employee)
    after = replace(now, org_unit=org_unit or now.org_unit, position=position or now.position)
    change_employment(employee, after, on=on, actor=actor)


def leave(employee: Employee, *, on: date | None = None, actor: User | None = None) -> None:
    """`employee` left, `on` (today) was their last day. They cannot sign in any more; an open session ends at once.

    Their own line stays as it was: those above go on seeing them and, through them, the people whom they led until
    these get another manager.
    """
    change_employment(employee, replace(Employment.of(employee), status=Status.LEFT), on=on, actor=actor)


@transaction.atomic
def change_employment(
    employee: Employee, after: Employment, *, on: date | None = None, actor: User | None = None
) -> dict[str, list[str]]:
    """Let `after` hold for `employee` from a day (today) on; returns what changed, as {field: [before, after]}.

    Raises a BusinessError for a manager who cannot be theirs and for a day in the future or before the last change.
    """
    take_turn()
    employee.refresh_from_db()
    before = Employment.of(employee)
    changed = before.changes(after)
    if not changed:
        return {}
    day = on or organisation_day()
    check_day(employee, after.manager if "manager" in changed else None, day)
    if after.manager and "manager" in changed:
        check_manager(employee, after.manager, day)
    _write(employee, after, day)
    _write_histories(employee, after, day)
    settle([employee.pk], {before.org_unit.pk, after.org_unit.pk})
    _tell(employee, changed, day, actor)
    return changed


def _write(employee: Employee, after: Employment, day: date) -> None:
    employee.org_unit, employee.position, employee.manager = after.org_unit, after.position, after.manager
    if after.status != employee.status:
        employee.left_on = day if after.status == Status.LEFT else None
    employee.status = after.status
    employee.save(update_fields=["org_unit", "position", "manager", "status", "left_on"])
    User.objects.filter(employee=employee).update(is_active=after.status != Status.LEFT)


def _write_histories(employee: Employee, after: Employment, day: date) -> None:
    write_history(REPORTING, [(employee.pk, day, (after.manager.pk if after.manager else None,))])
    if after.status != Status.LEFT or employee.left_on == day:
        write_history(PLACEMENTS, [(employee.pk, day, (after.org_unit.pk, after.position.pk))])
    if after.status == Status.LEFT and employee.left_on:
        # The last day still belongs to the placement.
        write_history(PLACEMENTS, [(employee.pk, employee.left_on + timedelta(days=1), (None, None))])


def _tell(employee: Employee, changed: dict[str, list[str]], day: date, actor: User | None) -> None:
    subject, on = f"employees:{employee.pk}", day.isoformat()
    moves = {field: pair for field, pair in changed.items() if field != "status"}
    if moves:
        record("employee.moved", subject=subject, actor=actor, employee_id=employee.pk, on=on, changed=moves)
    if "status" not in changed:
        return
    was, now = changed["status"]
    if now == Status.LEFT:
        record("employee.left", subject=subject, actor=actor, employee_id=employee.pk, on=on)
    elif was == Status.LEFT:
        record("employee.returned", subject=subject, actor=actor, employee_id=employee.pk, on=on)
    else:
        changes = {"status": changed["status"]}
        record("employee.changed", subject=subject, actor=actor, employee_id=employee.pk, changed=changes)


def _first_day(employee: Employee) -> date:
    return Placement.objects.filter(employee=employee).earliest("valid_from").valid_from


def _word(value: object) -> str:
    if isinstance(value, Employee):
        return f"{value.name} ({value.employee_no})"
    return "" if value is None else str(value)
