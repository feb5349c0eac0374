"""People as documents name them: what is signed keeps who they were that day."""

from __future__ import annotations

from collections.abc import Mapping

from accord.people.models import Employee


def person_on_paper(person: Employee) -> dict[str, str]:
    """Number, name, position and unit of today, as plain values."""
    return {
        "number": person.employee_no,
        "name": person.name,
        "position": person.position.name,
        "org_unit": person.org_unit.path,
    }


def person_in_words(person: Mapping[str, str]) -> str:
    """The same as one part of a Chinese sentence."""
    return f"{person['name']}（{person['number']}），{person['org_unit']}，{person['position']}"
