"""Who may hear a recording: exactly those who may read the feedback it belongs to. Only its sender changes it.

What is on its way, and what belongs to a draft, is its sender's alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accord.coaching.access.feedback import visible_feedback
from accord.coaching.errors.recordings import FeedbackIsSent
from accord.coaching.models import Feedback, Recording
from accord.people.access import Actor, own_employee_id

State = Recording.State


@dataclass(frozen=True)
class SeenRecording:
    """A recording as one person sees it; `is_mine` to its sender, `is_for_me` to the receiver of its feedback."""

    recording: Recording
    is_mine: bool
    is_for_me: bool = False

    @property
    def is_open(self) -> bool:
        """Whether its sender may still put words to it."""
        return self.is_mine and self.recording.feedback.state == Feedback.State.DRAFT


def recording_for(actor: Actor, pk: int) -> SeenRecording:
    """The recording `pk` as `actor` sees it, also what is left of a deleted one. Raises Http404."""
    arrived = Recording.objects.select_related("feedback", "owner__user").exclude(state=State.UPLOADING)
    found = get_object_or_404(arrived.filter(feedback__in=visible_feedback(actor).order_by()), pk=pk)
    me = own_employee_id(actor)
    return SeenRecording(found, found.owner_id == me, found.feedback.receiver_id == me)


def recording_to_change(actor: Actor, pk: int) -> Recording:
    """One's own recording. Raises Http404, PermissionDenied for those who only hear it."""
    seen = recording_for(actor, pk)
    if not seen.is_mine:
        raise PermissionDenied
    return seen.recording


def own_upload(actor: Actor, pk: int) -> Recording:
    """One's own recording that is on its way or has just arrived. Raises Http404 for everybody else."""
    uploads = Recording.objects.select_related("owner__user").exclude(state=State.DELETED)
    return get_object_or_404(uploads.filter(owner__user=actor.pk), pk=pk)


def draft_to_record(actor: Actor, pk: int) -> Feedback:
    """One's own draft, to add a recording. Raises Http404, PermissionDenied for a reader, FeedbackIsSent."""
    feedback = get_object_or_404(visible_feedback(actor), pk=pk)
    if feedback.author_id != own_employee_id(actor):
        raise PermissionDenied
    if feedback.state != Feedback.State.DRAFT:
        raise FeedbackIsSent
    return feedback
