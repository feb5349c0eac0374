"""Drafts of feedback. Each is its author's alone: nothing is recorded about them and nobody is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accord.coaching.errors.feedback import (
    DraftChanged,
    FeedbackSent,
    FeedbackTooLong,
    FeedbackToOneself,
    OnlyRecognitionForTeam,
    TooManyCompetencies,
    TooManyDrafts,
)
from accord.coaching.models import Feedback, FeedbackRequest, Recording, RecordingPiece
from accord.coaching.models.feedback import MOST_COMPETENCIES, MOST_WORDS
from accord.coaching.queries.competencies import framework_of
from accord.coaching.services.feedback.holding import hold_draft
from accord.coaching.services.recordings.store import store
from accord.people.models import Employee

MOST_DRAFTS, MOST_IGNORED = 50, 50
# A draft that nobody went on with for so long is thrown away.
DRAFT_WAITS = timedelta(days=180)
PARTS = ("situation", "behaviour", "impact", "suggestion", "resources")


@dataclass(frozen=True)
class Written:
    """What stands in the form: for whom, of which kind, who reads it, the words, and what they are about."""

    receiver: Employee
    kind: str
    visibility: str
    situation: str = ""
    behaviour: str = ""
    impact: str = ""
    suggestion: str = ""
    resources: str = ""
    happened_on: date | None = None
    competencies: tuple[int, ...] = ()
    ignored: tuple[str, ...] = ()

    def columns(self) -> dict[str, object]:
        """As columns of the draft; the line manager who is named beside the words is kept with them."""
        words = {name: getattr(self, name).strip() for name in PARTS}
        named = self.receiver.manager_id if self.visibility == Feedback.Visibility.MANAGER else None
        apart = ("competencies", "ignored")
        told = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in apart}
        return {**told, **words, "shared_with_id": named}

    def ignored_after(self, before: Iterable[str] = ()) -> list[str]:
        """The hints that are put aside: what was, stays so, whichever request comes last."""
        return list(dict.fromkeys([*before, *self.ignored]))[-MOST_IGNORED:]


@dataclass(frozen=True)
class Form:
    """The form it stands in: its token, the edition it began from, and the open page it is."""

    token: UUID
    edition: int
    window: UUID


@transaction.atomic
def keep_draft(author: Employee, form: Form, written: Written, request: FeedbackRequest | None = None) -> Feedback:
    """Keep what stands in a form: a new draft, or the next edition of the one it made.

    A page may follow itself however fast it is; another page has to have seen what was kept last. Raises DraftChanged
    where another was faster, FeedbackSent, FeedbackToOneself, OnlyRecognitionForTeam, FeedbackTooLong, TooManyDrafts or
    TooManyCompetencies.
    """
    _check(author, written)
    draft, is_new = Feedback.objects.get_or_create(
        token=form.token,
        author=author,
        defaults={
            **written.columns(),
            "ignored": written.ignored_after(),
            "request": request,
            "window": form.window,
        },
    )
    if is_new:
        _require_room(author)
        _say_about(draft, written)
        return draft
    unsent = Feedback.objects.filter(pk=draft.pk, state=Feedback.State.DRAFT)
    seen = unsent.filter(Q(edition=form.edition) | Q(window=form.window))
    kept = {"window": form.window, "edition": F("edition") + 1, "kept_at": timezone.now()}
    if seen.update(**written.columns(), **kept, ignored=written.ignored_after(draft.ignored)):
        _say_about(draft, written)
        draft.refresh_from_db()
        return draft
    raise DraftChanged if unsent.exists() else FeedbackSent


def throw_away(draft: Feedback) -> None:
    """Delete a draft for good, and the content of its recordings once that is certain. Twice is once.

    Raises FeedbackSent.
    """
    there = Feedback.objects.filter(pk=draft.pk)
    if not _throw_away(there) and there.exists():
        raise FeedbackSent


def throw_away_old(now: datetime) -> int:
    """Throw away the drafts that nobody went on with; return how many."""
    old = Feedback.objects.filter(state=Feedback.State.DRAFT, kept_at__lt=now - DRAFT_WAITS)
    return sum(_throw_away(old.filter(pk=pk)) for pk in list(old.values_list("pk", flat=True)))


@transaction.atomic
def _throw_away(feedback: QuerySet[Feedback]) -> bool:
    if not hold_draft(feedback):
        return False
    draft = feedback.filter(state=Feedback.State.DRAFT)
    names = list(Recording.objects.filter(feedback__in=draft).values_list("stored_as", flat=True))
    names += RecordingPiece.objects.filter(recording__feedback__in=draft).values_list("stored_as", flat=True)
    draft.delete()
    transaction.on_commit(partial(store().let_go, list(filter(None, names))))
    return True


def _say_about(draft: Feedback, written: Written) -> None:
    """Keep what it is about: competencies in the receiver's framework. What was chosen for somebody else is let go."""
    chosen = set(written.competencies)
    draft.competencies.set([each for each in framework_of(written.receiver) if each.pk in chosen] if chosen else [])


def _require_room(author: Employee) -> None:
    if Feedback.objects.filter(author=author, state=Feedback.State.DRAFT).count() > MOST_DRAFTS:
        raise TooManyDrafts(most=MOST_DRAFTS)


def _check(author: Employee, written: Written) -> None:
    if written.receiver.pk == author.pk:
        raise FeedbackToOneself
    if written.visibility == Feedback.Visibility.TEAM and written.kind != Feedback.Kind.RECOGNITION:
        raise OnlyRecognitionForTeam
    if any(len(getattr(written, name)) > MOST_WORDS for name in PARTS):
        raise FeedbackTooLong(most=MOST_WORDS)
    if len(written.competencies) > MOST_COMPETENCIES:
        raise TooManyCompetencies(most=MOST_COMPETENCIES)
