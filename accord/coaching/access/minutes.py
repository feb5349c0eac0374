"""Who may see and do what with minutes.

The two who talked read and write them. Confirmed ones are read also by the employee's manager of today, where both who
talked have allowed it for their pairing. Nobody else: not the line above, not HR, not administrators.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accord.coaching.access.one_on_ones import talk_for, visible_talks
from accord.coaching.models import Minutes, OneOnOne
from accord.coaching.queries.minutes import minutes_in_full, of_sides
from accord.people.access import Actor, own_employee, own_employee_id
from accord.people.models import Employee
from accord.workflow.models import Document

MOST_TALKS = 5
State = Minutes.State


@dataclass(frozen=True)
class SeenMinutes:
    """Minutes as one person sees them: `is_side` for the two who talked."""

    minutes: Minutes
    me: Employee
    is_side: bool

    @property
    def may_correct(self) -> bool:
        """Whether the next wording may be begun from this one."""
        if not self.is_side or self.minutes.state == State.CONFIRMING:
            return self.is_side
        return self.minutes.state in (State.REFUSED, State.LAPSED, State.TAKEN_BACK) and not self._is_followed

    @property
    def _is_followed(self) -> bool:
        later = Minutes.objects.filter(one_on_one=self.minutes.one_on_one_id, number__gt=self.minutes.number)
        return later.exists()


def visible_minutes(actor: Actor) -> QuerySet[Minutes]:
    """The minutes that `actor` may read."""
    me = own_employee_id(actor)
    if me is None:
        return minutes_in_full().none()
    handed_over = Q(
        state=State.CONFIRMED,
        one_on_one__pairing__employee__manager=me,
        one_on_one__pairing__manager_shares=True,
        one_on_one__pairing__employee_shares=True,
    )
    return minutes_in_full().filter(of_sides(me) | handed_over)


def minutes_for(actor: Actor, pk: int) -> SeenMinutes:
    """The minutes `pk` as `actor` sees them. Raises Http404 for whoever may not read them."""
    minutes, me = get_object_or_404(visible_minutes(actor), pk=pk), own_employee(actor)
    if me is None:
        raise Http404
    pairing = minutes.one_on_one.pairing
    return SeenMinutes(minutes, me, me.pk in (pairing.employee_id, pairing.manager_id))


def minutes_to_write(actor: Actor, pk: int) -> SeenMinutes:
    """The same for one of the two sides. Raises PermissionDenied for a later manager."""
    seen = minutes_for(actor, pk)
    if not seen.is_side:
        raise PermissionDenied
    return seen


def talk_to_minute(actor: Actor, pk: int) -> tuple[OneOnOne, Employee]:
    """The talk `pk` and whichever of its two sides asks. Raises Http404 for everybody else."""
    seen = talk_for(actor, pk)
    return seen.talk, seen.me


def may_read_document(actor: Actor, document: Document) -> bool:
    """Whether `actor` may read the signed document beside its two parties."""
    return visible_minutes(actor).filter(document=document).exists()


def talks_without_minutes(actor: Actor) -> list[OneOnOne]:
    """The last talks that `actor` held without any minutes so far, the newest first."""
    begun = Q(state=OneOnOne.State.HELD) | Q(state=OneOnOne.State.PLANNED, begun_at__isnull=False)
    return list(visible_talks(actor).filter(begun, minutes_wordings=None).order_by("-planned_at")[:MOST_TALKS])
