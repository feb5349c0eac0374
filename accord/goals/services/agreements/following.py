"""What changes among people does to their agreements.

Whoever is the line manager today agrees and signs. Somebody who left answers for nothing from then on. Somebody who has
another position keeps the agreement until their manager or HR, who are told, end it: nothing ends silently.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F

from accord.foundation.clock import organisation_day
from accord.goals.models import Agreement, AgreementTerms
from accord.goals.notices.agreements import CHANGED, MANAGER_FOLLOWED, MOVED
from accord.goals.queries.agreements import moved_on, outgrown, running
from accord.goals.services.agreements.copying import next_wording
from accord.goals.services.agreements.ending import end, withdraw_unfinished
from accord.goals.services.agreements.telling import note, tell
from accord.people.models import Employee
from accord.people.queries.sight import seers_of

State = AgreementTerms.State
_MANAGER_CHANGED, _LEFT = "直属上级变更，合约由现任上级重新商定签署", "员工已离职"


def follow_people(today: date) -> int:
    """Bring all running agreements up to date with the people they are about; return how many changed.

    Running again changes nothing.
    """
    left = Agreement.objects.filter(employee__status=Employee.Status.LEFT, employee__left_on__isnull=False)
    over = running(today).filter(pk__in=left, ends_on__gt=F("employee__left_on"))
    astray = running(today).exclude(manager=F("employee__manager")).exclude(employee__manager=None)
    working = astray.exclude(employee__status=Employee.Status.LEFT).select_related("employee__manager__user")
    changed = sum(_end_with_departure(agreement) for agreement in over)
    changed += sum(_follow_manager(agreement) for agreement in working)
    for agreement in outgrown(today):
        _tell_of_move(agreement)
    return changed


@transaction.atomic
def _follow_manager(agreement: Agreement) -> bool:
    before, after = agreement.manager, agreement.employee.manager
    if after is None or not Agreement.objects.filter(pk=agreement.pk, manager=before).update(manager=after):
        return False
    agreement.manager = after
    _take_back_both(agreement)
    if AgreementTerms.objects.filter(agreement=agreement, state=State.SIGNING).exists():
        withdrawn = withdraw_unfinished(agreement, _MANAGER_CHANGED)
        if withdrawn is not None:
            next_wording(withdrawn, None)
    note("manager_followed", agreement, None, before=before.pk, after=after.pk)
    tell(MANAGER_FOLLOWED, agreement, [after], f"manager {after.pk}")
    return True


def _take_back_both(agreement: Agreement) -> None:
    """The new manager reads for themself, and the employee said yes to another: neither is bound by what was said.

    The next edition, so that a yes of the former manager that is just on its way comes too late.
    """
    drafts = AgreementTerms.objects.filter(agreement=agreement, state=State.DRAFT)
    is_agreed = drafts.filter(employee_agreed_at__isnull=False).exists()
    drafts.update(edition=F("edition") + 1, employee_agreed_at=None, manager_agreed_at=None)
    if is_agreed:
        day, name = organisation_day(), agreement.manager.name
        tell(CHANGED, agreement, [agreement.employee], f"manager {agreement.manager_id} changed {day}", name=name)


@transaction.atomic
def _end_with_departure(agreement: Agreement) -> bool:
    last = agreement.employee.left_on
    if last is None:
        return False
    if last < agreement.starts_on:
        return withdraw_unfinished(agreement, _LEFT) is not None
    return end(agreement, last, _LEFT)


def _tell_of_move(agreement: Agreement) -> None:
    day = moved_on(agreement)
    partners = [sight.who for sight in seers_of(agreement.employee) if any(reason.unit for reason in sight.reasons)]
    people = {person.pk: person for person in (agreement.manager, *partners)}
    tell(MOVED, agreement, people.values(), f"moved {day}", day=str(day))
