"""A former line manager with a page still open is told that the right has ended; everybody else learns nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from accord.coaching.errors.handovers import NoLongerManager
from accord.foundation.clock import organisation_day
from accord.people.access import Actor, own_employee_id
from accord.people.models import ReportingLine

_EVE = timedelta(days=1)


@contextmanager
def former_manager_told(actor: Actor, about: QuerySet[Any], person: str, since: str = "") -> Iterator[None]:
    """Where `actor` is refused what they could open as line manager of `person` of `about`: raises NoLongerManager.

    `since` names the moment from which `about` could be opened at all; whoever led before that is a stranger to it.
    """
    try:
        yield
    except (Http404, PermissionDenied):
        found = about.values_list(person, since or person).first()
        if found:
            _tell(actor, found[0], found[1] if since else None)
        raise


def _tell(actor: Actor, person: int, since: datetime | None) -> None:
    lines = ReportingLine.objects.filter(employee=person, manager=own_employee_id(actor), valid_to__isnull=False)
    if since is not None:
        lines = lines.filter(valid_to__gte=organisation_day(since) - _EVE)
    line = lines.exclude(employee__manager=own_employee_id(actor)).order_by("-valid_to").first()
    if line is not None and line.valid_to is not None:
        raise NoLongerManager(employee=line.employee.name, day=(line.valid_to + _EVE).isoformat())
