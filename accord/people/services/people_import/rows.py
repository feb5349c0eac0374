"""One row of a file of people, read and checked on its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_noop as _

from accord.foundation.imports.rows import read_day, refuse
from accord.people.models import Employee, OrgUnit, Position
from accord.people.services.people_import.columns import STATUS_WORDS, number_key
from accord.people.services.units import SEPARATOR

NOBODY = ""
"""The manager of somebody who reports to nobody."""

Cells = Mapping[str, str | None]


@dataclass(slots=True)
class PersonRow:
    """What one row tells. None: the file leaves it as it is. `manager` and `key` are keys of employee numbers."""

    row: int
    key: str
    number: str
    name: str | None
    email: str | None
    org_unit: str | None
    position: str | None
    manager: str | None
    manager_number: str
    hired_on: date | None
    status: str | None


def read_row(cells: Cells, row: int) -> PersonRow:
    """Read one row; a column that the file does not have is missing in `cells`. Raises RowRefused."""
    number = cells.get("employee_no") or refuse(row, "employee_no", "number_missing", _("There is no employee number."))
    _fits(row, "employee_no", number, Employee, "employee_no")
    status = _status(cells, row)
    manager_number = cells.get("manager_no") or ""
    return PersonRow(
        row=row,
        key=number_key(number),
        number=number,
        name=_name(cells, row),
        email=_email(cells, row),
        org_unit=_path(cells, row),
        position=_position(cells, row),
        # Who has left reports to nobody new, whatever an old file says.
        manager=number_key(manager_number) if "manager_no" in cells and status != Employee.Status.LEFT else None,
        manager_number=manager_number,
        hired_on=_day(cells, row),
        status=status,
    )


def _fits(row: int, column: str, text: str, model: type[Employee | OrgUnit | Position], field: str) -> str:
    described: Any = model._meta.get_field(field)
    limit = described.max_length
    if len(text) > limit:
        sentence = _("“%(text)s…” is too long: %(length)s characters, where %(limit)s fit.")
        refuse(row, column, "too_long", sentence, text=text[:20], length=len(text), limit=limit)
    return text


def _name(cells: Cells, row: int) -> str | None:
    if "name" not in cells:
        return None
    name = cells["name"] or refuse(row, "name", "name_missing", _("There is no name."))
    return _fits(row, "name", name, Employee, "name")


def _email(cells: Cells, row: int) -> str | None:
    email = cells.get("email")
    if not email:
        return None
    _fits(row, "email", email, Employee, "email")
    try:
        validate_email(email)
    except ValidationError:
        refuse(row, "email", "email_unreadable", _("“%(text)s” is not an e-mail address."), text=email[:60])
    return email


def _path(cells: Cells, row: int) -> str | None:
    text = cells.get("org_unit")
    if not text:
        return None
    names = [name.strip() for name in text.strip(SEPARATOR).split(SEPARATOR)]
    if not all(names):
        sentence = _("“%(text)s” names a unit without a name between two strokes.")
        refuse(row, "org_unit", "org_unit_unreadable", sentence, text=text[:60])
    for name in names:
        _fits(row, "org_unit", name, OrgUnit, "name")
    return _fits(row, "org_unit", SEPARATOR.join(names), OrgUnit, "path")


def _position(cells: Cells, row: int) -> str | None:
    name = cells.get("position")
    return _fits(row, "position", name, Position, "name") if name else None


def _day(cells: Cells, row: int) -> date | None:
    text = cells.get("hired_on")
    return read_day(row, "hired_on", text) if text else None


def _status(cells: Cells, row: int) -> str | None:
    text = cells.get("status")
    if not text:
        return None
    status = STATUS_WORDS.get(text.lower())
    if status is None:
        sentence = _("“%(text)s” is no status. Write active, on leave or left.")
        refuse(row, "status", "status_unknown", sentence, text=text[:40])
    return status
