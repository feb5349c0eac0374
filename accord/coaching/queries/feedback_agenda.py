"""Feedback in one-on-ones: what the agenda writes by itself, and where a receiver can take theirs."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accord.coaching.models import AgendaPoint, Feedback, OneOnOne, Pairing
from accord.coaching.queries.agenda import MOST_OF_A_KIND, Suggestion
from accord.coaching.queries.feedback import shared_with_manager
from accord.coaching.queries.sources import parts_of
from accord.foundation.clock import organisation_day
from accord.foundation.language import in_each_language
from accord.people.models import Employee

Visibility = Feedback.Visibility
_STILL_TODAY = timedelta(hours=12)
"""A talk that has just begun, or begins late, is still the next one."""


def feedback(talk: OneOnOne, since: datetime) -> list[Suggestion]:
    """What was said since last time that both may read: between the two, or for the employee and not for them alone."""
    employee, manager = talk.pairing.employee, talk.pairing.manager
    between = Q(author=manager, receiver=employee) | Q(author=employee, receiver=manager)
    sent = Feedback.objects.filter(between | Q(receiver=employee) & for_manager(manager))
    sent = sent.filter(state=Feedback.State.SENT, received_at__isnull=False, sent_at__gte=since)
    found = sent.select_related("author", "receiver").order_by("-sent_at", "-pk")[:MOST_OF_A_KIND]
    return [_suggestion(each) for each in found]


def for_manager(manager: Employee) -> Q:
    """Feedback for somebody `manager` leads that `manager` may read too: named when it was sent, or for the team."""
    return shared_with_manager(manager) | Q(visibility=Visibility.TEAM, receiver__manager=manager)


def both_may_read(feedback: Feedback, one: Employee, other: Employee) -> bool:
    """Whether two people who talk may both read it."""
    pair = {one.pk, other.pk}
    if {feedback.author_id, feedback.receiver_id} == pair:
        return True
    receiver = feedback.receiver_id
    manager = other if one.pk == receiver else one
    return receiver in pair and Feedback.objects.filter(for_manager(manager), pk=feedback.pk).exists()


def next_talk_about(feedback: Feedback) -> OneOnOne | None:
    """The receiver's next talk: with the author where the two have one, else with their line manager."""
    receiver, author, ahead = feedback.receiver_id, feedback.author_id, _ahead()
    led = Q(pairing__employee=receiver, pairing__manager=author)
    leads = Q(pairing__employee=author, pairing__manager=receiver)
    return ahead.filter(led | leads).first() or ahead.filter(pairing__employee=receiver).first()


def stands_in(feedback: Feedback) -> OneOnOne | None:
    """The coming talk on whose agenda it stands already."""
    points = AgendaPoint.objects.filter(source=source_of(feedback), author=feedback.receiver_id)
    return _ahead().filter(pk__in=points.values("one_on_one")).first()


def source_of(feedback: Feedback) -> str:
    """How it is named as a source."""
    return f"feedback:{feedback.pk}"


def point_about(feedback: Feedback, *, names_author: bool) -> str:
    """What stands on the agenda: whose and of which day, never its words."""
    day = organisation_day(feedback.sent_at).isoformat()
    names = {"author": feedback.author.name, "receiver": feedback.receiver.name, "day": day}
    if names_author:
        return _("Feedback of %(author)s to %(receiver)s, %(day)s") % names
    return _("Feedback that %(receiver)s was given, %(day)s") % names


def words_for(point: AgendaPoint, one: Employee, other: Employee) -> tuple[str, str]:
    """What a point says before two people, in Chinese and in English: one about feedback names its author only if both
    may read that.
    """
    table, key = parts_of(point.source)
    is_feedback = table == "feedback" and key is not None
    told = Feedback.objects.select_related("author", "receiver").filter(pk=key or 0).first() if is_feedback else None
    if told is None:
        return point.text, point.text_en
    names_author = both_may_read(told, one, other)
    return in_each_language(lambda: point_about(told, names_author=names_author))


def _suggestion(feedback: Feedback) -> Suggestion:
    url = reverse("coaching:feedback_page", args=[feedback.pk])
    text = point_about(feedback, names_author=True)
    return Suggestion(AgendaPoint.Section.GROWTH, text, source_of(feedback), url)


def _ahead() -> QuerySet[OneOnOne]:
    to_come = timezone.now() - _STILL_TODAY
    planned = OneOnOne.objects.filter(state=OneOnOne.State.PLANNED, ended_at=None, planned_at__gte=to_come)
    planned = planned.exclude(pairing__state=Pairing.State.ENDED)
    people = ("pairing__manager__user", "pairing__employee__user")
    return planned.select_related(*people).order_by("planned_at", "pk")
