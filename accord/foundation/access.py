"""What of foundation is whose."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accord.foundation.models import Delivery, Job, Notification, User


def notification_for(actor: User, pk: int) -> Notification:
    """The notification `pk` if it was sent to `actor`. Raises Http404 otherwise, as if it did not exist."""
    message = Notification.objects.filter(recipient=actor, pk=pk).first()
    if message is None:
        raise Http404
    return message


def may_see_jobs(request: HttpRequest) -> bool:
    """Whether the side bar leads to the background jobs."""
    return request.user.has_perm("foundation.view_job")


def ensure_may_see_jobs(actor: User | AnonymousUser) -> None:
    """Raises Http404 for everybody without the right."""
    if not actor.has_perm("foundation.view_job"):
        raise Http404


def job_to_run_again(actor: User | AnonymousUser, pk: UUID) -> Job:
    """The job `pk`. Raises Http404, or PermissionDenied for those who may only look."""
    _ensure_may_run_jobs(actor)
    return get_object_or_404(Job, pk=pk)


def delivery_to_run_again(actor: User | AnonymousUser, pk: int) -> Delivery:
    """The delivery `pk`. Raises Http404, or PermissionDenied for those who may only look."""
    _ensure_may_run_jobs(actor)
    return get_object_or_404(Delivery, pk=pk)


def _ensure_may_run_jobs(actor: User | AnonymousUser) -> None:
    ensure_may_see_jobs(actor)
    if not actor.has_perm("foundation.change_job"):
        raise PermissionDenied
