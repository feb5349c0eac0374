"""Telling somebody of feedback, and keeping the fact: who and which, never what was written."""

from django.urls import reverse

from accord.coaching.models import Feedback
from accord.foundation.models import User
from accord.foundation.notices import NoticeKind
from accord.foundation.services.events import record
from accord.foundation.services.notifications import notify
from accord.people.models import Employee


def tell(recipient: Employee | None, kind: NoticeKind, feedback: Feedback, occasion: str = "", **values: str) -> None:
    """Notify `recipient` once per `occasion`; somebody without an account is told nothing."""
    if recipient is None or recipient.user is None:
        return
    cause, url = f"feedback:{feedback.pk}:{occasion}", reverse("coaching:feedback_page", args=[feedback.pk])
    notify(recipient.user, kind.code, cause=cause, values=values, url=url)


def record_of(what: str, feedback: Feedback, actor: User | None, **payload: object) -> None:
    """Keep that something happened to a feedback."""
    record(f"feedback.{what}", subject=f"feedback:{feedback.pk}", actor=actor, feedback_id=feedback.pk, **payload)
