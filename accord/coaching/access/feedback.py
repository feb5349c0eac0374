"""Who may see and do what with feedback. The table of docs/talks-and-growth.md, in code.

A draft is its author's alone. What was sent is seen by the two; by the line manager who was named when it was sent, for
as long as they are the receiver's line manager; and a recognition for the team by everybody with the same line manager,
by that manager, and by those the receiver leads. Nobody else, whatever their role. The thread below it, the thanks and
the receipt are for the two.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accord.coaching.errors.feedback import FeedbackSent, FeedbackWithdrawn
from accord.coaching.models import Feedback, FeedbackRequest
from accord.coaching.queries.feedback import shared_with_manager
from accord.foundation.shown import was_shown_to
from accord.people.access import Actor, own_employee
from accord.people.models import Employee

Visibility, State = Feedback.Visibility, Feedback.State


@dataclass(frozen=True)
class SeenFeedback:
    """Feedback as one person sees it; `is_mine` to the two it is between."""

    feedback: Feedback
    me: Employee
    is_author: bool
    is_receiver: bool

    @property
    def is_mine(self) -> bool:
        """Whether the reader is one of the two."""
        return self.is_author or self.is_receiver


def myself(actor: Actor) -> Employee:
    """Who writes and reads here. Raises PermissionDenied for an account without employment."""
    me = own_employee(actor)
    if me is None:
        raise PermissionDenied
    return me


def visible_feedback(actor: Actor) -> QuerySet[Feedback]:
    """Everything sent that `actor` may read, and what they wrote themselves."""
    me = own_employee(actor)
    return _readable_by(me) if me else Feedback.objects.none()


def _readable_by(me: Employee) -> QuerySet[Feedback]:
    sent = Q(state=State.SENT) & (Q(receiver=me) | shared_with_manager(me) | _team_recognition(me))
    return _in_full().filter(Q(author=me) | sent)


def _team_recognition(me: Employee) -> Q:
    """The recognition that `me` sees as one of the receiver's team: theirs, their manager's and their people's."""
    team = Q(receiver=me) | Q(receiver__manager=me)
    if me.manager_id:
        team |= Q(receiver__manager=me.manager_id) | Q(receiver=me.manager_id)
    return Q(visibility=Visibility.TEAM) & team


def feedback_for(actor: Actor, pk: int) -> SeenFeedback:
    """Sent feedback as `actor` sees it. Raises Http404; FeedbackWithdrawn for a receiver who was told of it before."""
    me = own_employee(actor)
    if me is None:
        raise Http404
    if Feedback.objects.filter(pk=pk, receiver=me, state=State.WITHDRAWN).exists():
        raise FeedbackWithdrawn
    feedback = get_object_or_404(_readable_by(me).exclude(state=State.DRAFT), pk=pk)
    return SeenFeedback(feedback, me, me.pk == feedback.author_id, me.pk == feedback.receiver_id)


def draft_for(actor: Actor, pk: int) -> Feedback:
    """One's own draft. Raises Http404 for everybody else."""
    return get_object_or_404(_in_full().filter(author__user=actor.pk, state=State.DRAFT), pk=pk)


def draft_to_discard(actor: Actor, pk: int, mark: str) -> Feedback | None:
    """One's own draft; None where it is gone already, as `mark` of its page says. Raises Http404 or FeedbackSent."""
    own = _in_full().filter(author__user=actor.pk, pk=pk).first()
    if own is None and not was_shown_to(actor, Feedback, pk, mark):
        raise Http404
    if own is not None and own.state != State.DRAFT:
        raise FeedbackSent
    return own


def received_feedback(actor: Actor, pk: int) -> Feedback:
    """Feedback that `actor` received, to answer it. PermissionDenied (403) for those who only read it."""
    seen = feedback_for(actor, pk)
    if not seen.is_receiver:
        raise PermissionDenied
    return seen.feedback


def given_feedback(actor: Actor, pk: int) -> Feedback:
    """Feedback that `actor` sent. PermissionDenied (403) for those who only read it."""
    seen = feedback_for(actor, pk)
    if not seen.is_author:
        raise PermissionDenied
    return seen.feedback


def feedback_between(actor: Actor, pk: int) -> SeenFeedback:
    """Feedback with `actor` as one of the two. PermissionDenied (403) for those who only read it."""
    seen = feedback_for(actor, pk)
    if not seen.is_mine or seen.feedback.state != State.SENT:
        raise PermissionDenied
    return seen


def request_to_answer(actor: Actor, pk: int) -> FeedbackRequest:
    """A request that `actor` was asked. PermissionDenied (403) for who asked, Http404 for everybody else."""
    requests = FeedbackRequest.objects.select_related("asker__user", "asker__manager", "asked__user")
    me = myself(actor)
    request = get_object_or_404(requests.filter(Q(asker=me) | Q(asked=me)), pk=pk)
    if request.asked_id != me.pk:
        raise PermissionDenied
    return request


def _in_full() -> QuerySet[Feedback]:
    people = ("author__user", "receiver__user", "receiver__manager", "shared_with")
    return Feedback.objects.select_related(*people, "request")
