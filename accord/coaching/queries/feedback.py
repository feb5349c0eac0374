"""Reads of feedback: one's own lists, and what a person may take along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, DateTimeField, F, Q, QuerySet, When

from accord.coaching.models import Feedback, FeedbackMessage, FeedbackRequest
from accord.foundation.models import User
from accord.people.models import Employee

State = Feedback.State
_LAST_FEW = 4


def shared_with_manager(manager: Employee) -> Q:
    """What `manager` reads as the line manager who was named when it was sent, while they are that."""
    is_named = Q(shared_with=manager, receiver__manager=F("shared_with"))
    return Q(visibility=Feedback.Visibility.MANAGER) & is_named


def received(visible: QuerySet[Feedback], me: Employee) -> QuerySet[Feedback]:
    """What `me` was given, the newest first."""
    return visible.filter(receiver=me, state=State.SENT).order_by("-sent_at", "-pk")


def given(visible: QuerySet[Feedback], me: Employee) -> QuerySet[Feedback]:
    """What `me` wrote: drafts first, then what was sent, the newest first."""
    unsent = Case(When(state=State.DRAFT, then=F("kept_at")), output_field=DateTimeField())
    return visible.filter(author=me).order_by(unsent.desc(nulls_last=True), F("sent_at").desc(nulls_last=True), "-pk")


def of_team(visible: QuerySet[Feedback], me: Employee) -> QuerySet[Feedback]:
    """What others may read too and `me` is neither author nor receiver of, the newest first."""
    others = visible.filter(state=State.SENT).exclude(author=me).exclude(receiver=me)
    return others.order_by("-sent_at", "-pk")


@dataclass(frozen=True)
class Requests:
    """Open requests: those somebody is asked, and those they wait for."""

    for_me: list[FeedbackRequest]
    mine: list[FeedbackRequest]


def open_requests(me: Employee) -> Requests:
    """The open requests of a person, both ways, in one statement."""
    found = FeedbackRequest.objects.select_related("asker", "asked").filter(Q(asked=me) | Q(asker=me))
    still = list(found.filter(state=FeedbackRequest.State.OPEN).order_by("made_at", "pk"))
    for_me = [each for each in still if each.asked_id == me.pk]
    return Requests(for_me, [each for each in still if each.asker_id == me.pk])


def unread_by(me: Employee) -> list[Feedback]:
    """What somebody was given and has not opened yet, the newest first; beyond twenty it is only more."""
    unread = Feedback.objects.filter(receiver=me, state=State.SENT, received_at=None).select_related("author")
    return list(unread.order_by("-sent_at")[:20])


def kinds_before(author: Employee, receiver: Employee) -> list[str]:
    """The kinds of the last few feedbacks from one to another, the newest first."""
    sent = Feedback.objects.filter(author=author, receiver=receiver, state=State.SENT)
    return list(sent.order_by("-sent_at", "-pk").values_list("kind", flat=True)[:_LAST_FEW])


def draft_of_form(author: Employee, token: UUID) -> Feedback | None:
    """What a form has made so far."""
    return Feedback.objects.filter(author=author, token=token).first()


def thread_of(feedback: Feedback) -> list[FeedbackMessage]:
    """What was asked and answered, in order."""
    return list(feedback.messages.select_related("author").order_by("pk"))


def own_data(user: User) -> dict[str, list[dict[str, Any]]]:
    """What a person wrote, drafts included, what they were given and have read, and their requests.

    Of others it holds what was addressed to this person: not what was withdrawn, no draft, no decline of others.
    """
    every = Feedback.objects.select_related("author", "receiver").prefetch_related("messages__author", "competencies")
    wrote = every.filter(author__user=user).order_by("pk")
    got = every.filter(receiver__user=user, state=State.SENT, received_at__isnull=False).order_by("pk")
    requests = FeedbackRequest.objects.select_related("asker", "asked").order_by("pk")
    return {
        "given": [_told(each) for each in wrote],
        "received": [_told(each) for each in got],
        "asked_for": [_request(each) for each in requests.filter(asker__user=user)],
        "asked_of_me": [_request(each) for each in requests.filter(asked__user=user)],
    }


def _told(feedback: Feedback) -> dict[str, Any]:
    columns = ("kind", "visibility", "state", "situation", "happened_on", "behaviour", "impact", "suggestion")
    times = ("resources", "sent_at", "received_at", "thanked_at")
    thread = [{"by": each.author.name, "text": each.text, "at": each.made_at} for each in feedback.messages.all()]
    people = {"from": feedback.author.name, "to": feedback.receiver.name}
    about = [each.name for each in feedback.competencies.all()]
    told = {name: getattr(feedback, name) for name in (*columns, *times)}
    return people | told | {"competencies": about, "thread": thread}


def _request(request: FeedbackRequest) -> dict[str, Any]:
    people = {"from": request.asker.name, "to": request.asked.name}
    return people | {name: getattr(request, name) for name in ("occasion", "state", "decline_note", "made_at")}
