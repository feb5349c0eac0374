"""The rows of a file against each other and against the people who are known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_noop as _

from accord.foundation.imports import Remark
from accord.foundation.imports.rows import refusal
from accord.people.models import Employee
from accord.people.services.people_import.known import Known, Person
from accord.people.services.people_import.rows import NOBODY, PersonRow


class Draft:
    """The organisation as it would be: known people, changed and joined by the rows that are still accepted.

    A refused row leaves its person as known, or out; what then no longer fits is refused in turn by the next check.
    """

    def __init__(self, known: Known) -> None:
        self.known = known
        self.rows: dict[str, PersonRow] = {}
        self.people: dict[str, Person] = dict(known.people)
        self.remarks: list[Remark] = []
        self.refused: dict[str, int] = {}
        self.revision = 0

    def take(self, row: PersonRow) -> None:
        """Accept a row, unless its number stands in the file before or it lacks what a new person needs."""
        if row.key in self.rows:
            sentence = _("The number %(number)s stands in row %(first)s already; that row was taken.")
            first = self.rows[row.key].row
            self.remarks.append(
                refusal(row.row, "employee_no", "number_twice", sentence, number=row.number, first=first)
            )
        elif remark := self._lacks(row):
            self.reject(row.key, remark)
        else:
            self.rows[row.key] = row
            self.people[row.key] = self._after(row)

    def reject(self, key: str, remark: Remark) -> None:
        """Leave out a row that was never accepted."""
        self.remarks.append(remark)
        self.refused[key] = remark.row

    def refuse(self, key: str, column: str, code: str, sentence: str, **values: object) -> None:
        """Take an accepted row back, with the reason."""
        row = self.rows.pop(key)
        self.reject(key, refusal(row.row, column, code, sentence, **values))
        self.revision += 1
        if key in self.known.people:
            self.people[key] = self.known.people[key]
        else:
            del self.people[key]

    def warn(self, key: str, column: str, code: str, sentence: str, **values: object) -> None:
        """Say something about a row that is taken all the same."""
        told = {name: str(value) for name, value in values.items()}
        self.remarks.append(Remark(self.rows[key].row, column, code, sentence, told, is_refusal=False))

    def keep_manager(self, key: str) -> None:
        """Accept the row without its manager: the one whom the person has stays."""
        self.revision += 1
        self.rows[key] = row = replace(self.rows[key], manager=None)
        self.people[key] = self._after(row)

    def manager_changes(self, key: str) -> bool:
        """Whether the file, and not what was known, says to whom this person reports."""
        before = self.known.people.get(key)
        return key in self.rows and (before is None or before.manager != self.people[key].manager)

    def name(self, key: str) -> str:
        """How messages call a person."""
        person = self.people[key]
        return f"{person.name} ({person.number})"

    def sorted_remarks(self) -> list[Remark]:
        """All remarks in the order of the rows; what was warned of a row that was refused later is left out."""
        left_out = {remark.row for remark in self.remarks if remark.is_refusal}
        said = (remark for remark in self.remarks if remark.is_refusal or remark.row not in left_out)
        return sorted(said, key=lambda remark: remark.row)

    def _lacks(self, row: PersonRow) -> Remark | None:
        if row.key in self.known.people:
            return None
        if row.key in self.known.taken_accounts:
            sentence = _("The account %(number)s belongs to somebody else.")
            return refusal(row.row, "employee_no", "account_taken", sentence, number=row.number)
        if row.name is None:
            return refusal(row.row, "name", "name_missing", _("There is no name."))
        if row.org_unit is None:
            return refusal(row.row, "org_unit", "org_unit_missing", _("A new person needs a unit."))
        if row.position is None:
            return refusal(row.row, "position", "position_missing", _("A new person needs a position."))
        return None

    def _after(self, row: PersonRow) -> Person:
        before = self.known.people.get(row.key)
        if before is None:
            return Person(
                pk=None,
                number=row.number,
                name=row.name or "",
                email=row.email or "",
                org_unit=row.org_unit or "",
                position=row.position or "",
                manager=row.manager or NOBODY,
                hired_on=row.hired_on,
                status=row.status or Employee.Status.ACTIVE,
            )
        told: dict[str, Any] = {
            "name": row.name,
            "email": row.email,
            "org_unit": row.org_unit,
            "position": row.position,
            "manager": row.manager,
            "hired_on": row.hired_on,
            "status": row.status,
        }
        return replace(before, **{field: value for field, value in told.items() if value is not None})
