"""When one of two who talk is away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accord.coaching.models import Pairing
from accord.domain.working_time import Calendar
from accord.foundation.clock import organisation_day
from accord.metrics.services.working_days import working_days
from accord.people.models import Employee
from accord.people.queries.leaves import Stretch, away_from


@dataclass(frozen=True)
class Absences:
    """The days away of everybody in some pairs, by their keys."""

    by_person: Mapping[int, Sequence[Stretch]]

    @classmethod
    def of(cls, pairings: Iterable[Pairing], now: datetime) -> Absences:
        """From a moment on."""
        people = {key for pairing in pairings for key in (pairing.manager_id, pairing.employee_id)}
        return cls(away_from(organisation_day(now), people))

    def who(self, pairing: Pairing, day: date) -> Employee | None:
        """The one of the two who is away on a day."""
        if _is_in(day, self._of(pairing.employee_id)):
            return pairing.employee
        return pairing.manager if _is_in(day, self._of(pairing.manager_id)) else None

    def has_no_end(self, pairing: Pairing) -> bool:
        """Whether one of the two is away until further notice."""
        return any(stretch.is_open for stretch in self._of_both(pairing))

    def calendar(self, pairing: Pairing) -> Calendar:
        """The working days on which both are there."""
        away = self._of_both(pairing)
        return (lambda day: False if _is_in(day, away) else working_days(day)) if away else working_days

    def _of_both(self, pairing: Pairing) -> Sequence[Stretch]:
        return (*self._of(pairing.manager_id), *self._of(pairing.employee_id))

    def _of(self, person: int) -> Sequence[Stretch]:
        return self.by_person.get(person, ())


def _is_in(day: date, stretches: Iterable[Stretch]) -> bool:
    return any(day in stretch for stretch in stretches)
