"""Checking in, correcting a check-in, and being reminded of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from accord.foundation.clock import organisation_day
from accord.foundation.services.events import record
from accord.foundation.services.notifications import Notice, notify_many, settle
from accord.goals.errors.check_ins import CheckInCorrected, TooMuchEvidence
from accord.goals.models import CheckIn, CheckInFile, CheckInRhythm, KeyResult
from accord.goals.notices.check_ins import CHECK_IN_DUE
from accord.goals.queries.check_ins_due import people_to_remind, period_asked_for
from accord.metrics.models import Metric
from accord.people.models import Employee
from accord.workflow.services.attachments import TakenFile, take

MOST_FILES = 3
_FOLDER = "check-ins"


@dataclass(frozen=True)
class Words:
    """What a person writes in a check-in; the fields mean what they mean in CheckIn."""

    moved: str
    confidence: int
    metric: Metric | None = None
    key_result: KeyResult | None = None
    value: Decimal | None = None
    obstacle: str = ""
    link: str = ""


def check_in(
    employee: Employee,
    words: Words,
    *,
    files: Sequence[UploadedFile[Any]] = (),
    page: UUID | None = None,
    on: date | None = None,
) -> CheckIn:
    """Keep what moved on a day (today). What was sent twice from one opened page is kept once.

    Raises TooMuchEvidence, or what `workflow` refuses a file for; nothing is kept then.
    """
    page = page or uuid4()
    if sent := CheckIn.objects.filter(page=page, employee=employee).first():
        return sent
    try:
        with _taken(files) as taken, transaction.atomic():
            made = _store(employee, words, taken, on=on or organisation_day(), page=page)
            record("check_in.made", subject=f"check_ins:{made.pk}", actor=employee.user, check_in_id=made.pk)
            if employee.user:
                settle(employee.user, CHECK_IN_DUE.code)
    except IntegrityError:
        # The other press of the button was faster. Or two people share a browser, and the page was opened by the other.
        sent = CheckIn.objects.filter(page=page).first()
        if sent is None:
            raise
        return sent if sent.employee_id == employee.pk else check_in(employee, words, files=files, on=on)
    return made


def correct(earlier: CheckIn, words: Words, *, files: Sequence[UploadedFile[Any]] = ()) -> CheckIn:
    """Put another wording in the place of `earlier`, which stays to be read. Only its author may ask for it.

    Raises CheckInCorrected where somebody was faster, TooMuchEvidence, or what `workflow` refuses a file for.
    """
    author = earlier.employee
    try:
        with _taken(files) as taken, transaction.atomic():
            made = _store(author, words, taken, on=earlier.on, page=uuid4(), corrects=earlier)
            facts = {"check_in_id": made.pk, "earlier_id": earlier.pk}
            record("check_in.corrected", subject=f"check_ins:{made.pk}", actor=author.user, **facts)
    except IntegrityError as error:
        raise CheckInCorrected from error
    return made


@transaction.atomic
def set_rhythm(employee: Employee, rhythm: str) -> None:
    """Let `employee` be reminded daily, weekly or not at all."""
    CheckInRhythm.objects.update_or_create(employee=employee, defaults={"rhythm": CheckInRhythm.Rhythm(rhythm)})
    record("check_in.rhythm_set", subject=f"employees:{employee.pk}", actor=employee.user, rhythm=rhythm)


def remind(today: date) -> int:
    """Leave a quiet message for everybody whose check-in is due and not made; return for how many.

    Once for each day or week; it goes out with the digest, unless they have checked in before.
    """
    address, told = reverse("goals:check-ins_new"), 0
    for rhythm in (CheckInRhythm.Rhythm.WEEKLY, CheckInRhythm.Rhythm.DAILY):
        label = period_asked_for(rhythm, today).label
        notices = [
            Notice(person.user, f"check_ins:{label}", {"period": label}, address)
            for person in people_to_remind(rhythm, today)
            if person.user
        ]
        notify_many(CHECK_IN_DUE.code, notices)
        told += len(notices)
    return told


@contextmanager
def _taken(uploads: Sequence[UploadedFile[Any]]) -> Iterator[list[TakenFile]]:
    """Files in the store; if the block fails, they are removed again."""
    if len(uploads) > MOST_FILES:
        raise TooMuchEvidence(most=MOST_FILES)
    taken: list[TakenFile] = []
    try:
        # One by one, so that those before a refused one are known and removed.
        taken.extend(take(upload, folder=_FOLDER) for upload in uploads)
        yield taken
    except BaseException:
        for each in taken:
            each.forget()
        raise


def _store(employee: Employee, words: Words, files: Sequence[TakenFile], **more: Any) -> CheckIn:
    made = CheckIn.objects.create(employee=employee, **vars(words), **more)
    CheckInFile.objects.bulk_create(CheckInFile(check_in=made, **asdict(each)) for each in files)
    return made
