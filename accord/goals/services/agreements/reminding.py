"""One gentle reminder to everybody for whom an agreement waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accord.foundation.models import Notification, User
from accord.foundation.services.events import record
from accord.foundation.services.notifications import Notice, notify_many
from accord.goals.models import Agreement, AgreementTerms, Cycle
from accord.goals.notices.agreements import REMINDED
from accord.goals.queries.agreement_lists import newest_terms
from accord.people.models import Employee
from accord.workflow.models import DocumentParty

PAUSE = timedelta(days=3)
State = AgreementTerms.State


@transaction.atomic
def remind(cycle: Cycle, agreements: QuerySet[Agreement], actor: Employee) -> int:
    """Remind whoever some agreements that are not in force wait for; return how many people.

    One message a person, however many agreements, and none to somebody who got one within three days.
    """
    now = timezone.now()
    rested = Q(reminded_at=None) | Q(reminded_at__lte=now - PAUSE)
    due = list(agreements.filter(rested).exclude(terms__state=State.SIGNED).values_list("pk", flat=True))
    Agreement.objects.filter(rested, pk__in=due).update(reminded_at=now)
    waiting = Counter(person for terms in newest_terms(due).values() for person in _waited_for(terms))
    lately = Notification.objects.filter(kind=REMINDED.code, created_at__gt=now - PAUSE).values_list("recipient_id")
    people = Employee.objects.filter(pk__in=waiting).exclude(user__in=lately).exclude(user=None)
    told = list(people.select_related("user"))
    _send(cycle, told, waiting, str(now.date()))
    record(
        "agreements.reminded", subject=f"cycles:{cycle.pk}", actor=actor.user, cycle_id=cycle.pk, agreements=len(due)
    )
    return len(told)


def _waited_for(terms: AgreementTerms) -> list[int]:
    """The employees who can take the next step."""
    agreement = terms.agreement
    if terms.state == State.SIGNING and terms.document:
        waiting = [party for party in terms.document.parties.all() if party.state == DocumentParty.State.WAITING]
        return [party.employee_id for party in waiting]
    if terms.state != State.DRAFT or terms.proposed_at is None:
        return [agreement.manager_id]
    sides = ((agreement.employee_id, terms.employee_agreed_at), (agreement.manager_id, terms.manager_agreed_at))
    return [person for person, agreed_at in sides if agreed_at is None]


def _send(cycle: Cycle, people: Iterable[Employee], waiting: Counter[int], day: str) -> None:
    url = reverse("goals:agreements")
    notices = [
        Notice(user, f"cycles:{cycle.pk}:{day}", {"cycle": cycle.name, "count": str(waiting[person.pk])}, url)
        for person in people
        for user in [person.user]
        if isinstance(user, User)
    ]
    notify_many(REMINDED.code, notices)
