"""What the learning system tells: who finished which course. A delivery is taken once, however often it comes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accord.coaching.errors.learning import HookNotUnderstood, HookNumberReused
from accord.coaching.models import LearningDelivery, LearningResource, LearningSystem
from accord.coaching.services.learning import finish_from_system
from accord.foundation.services.events import record
from accord.people.models import Employee

MOST, MOST_BYTES, LONGEST_NUMBER = 1_000, 256 << 10, 100
_AHEAD = timedelta(minutes=5)
KEPT = timedelta(days=90)
"""How long a delivery is remembered. One that came again later would find its completions known."""


@dataclass(frozen=True)
class Known:
    """The people and courses that a delivery names, by number."""

    people: Mapping[str, Employee]
    courses: Mapping[str, LearningResource]


def take_delivery(system: LearningSystem, body: bytes) -> dict[str, Any]:
    """Take `{"id": …, "completions": [{"employee_no", "course", "finished_at"}]}`; the answer, the same every time.

    Completions that name somebody or something unknown are refused with a reason each, all others are taken.
    Raises HookNotUnderstood, HookNumberReused.
    """
    number, completions = _read(body)
    digest = sha256(body).hexdigest()
    try:
        with transaction.atomic():
            delivery = LearningDelivery.objects.create(system=system, number=number, digest=digest)
            delivery.answer = _take(system, completions)
            delivery.save(update_fields=["answer"])
    except IntegrityError:
        delivery = LearningDelivery.objects.get(system=system, number=number)
        if delivery.digest != digest:
            raise HookNumberReused(number=number) from None
    return dict(delivery.answer)


def forget_old(now: datetime) -> int:
    """Delete the deliveries that were remembered long enough; return how many."""
    return LearningDelivery.objects.filter(taken_at__lt=now - KEPT).delete()[0]


def not_understood(what: str) -> HookNotUnderstood:
    """What is wrong with a delivery as a whole."""
    return HookNotUnderstood(what=what, most=MOST, kilobytes=MOST_BYTES >> 10)


def _read(body: bytes) -> tuple[str, list[dict[str, Any]]]:
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise not_understood(_("it is no JSON")) from None
    number, completions = (sent.get("id"), sent.get("completions")) if isinstance(sent, dict) else (None, None)
    if not isinstance(number, str) or not number.isprintable() or not 0 < len(number) <= LONGEST_NUMBER:
        raise not_understood(_("“id” is missing or longer than %(most)s characters") % {"most": LONGEST_NUMBER})
    if not isinstance(completions, list) or not all(isinstance(each, dict) for each in completions):
        raise not_understood(_("“completions” is no list of objects"))
    if len(completions) > MOST:
        raise not_understood(_("it holds %(found)s completions") % {"found": len(completions)})
    return number, completions


def _take(system: LearningSystem, completions: list[dict[str, Any]]) -> dict[str, Any]:
    known, now = _known(completions), timezone.now()
    counts = {"taken": 0, "known": 0, "refused": 0}
    refused = []
    for place, each in enumerate(completions, 1):
        reason = _refusal(each, known, now)
        if reason:
            refused.append({"place": place, "code": reason[0], "message": reason[1]})
            counts["refused"] += 1
            continue
        person, course = known.people[each["employee_no"]], known.courses[each["course"]]
        is_new = finish_from_system(course, person, _moment(each, now) or now)
        counts["taken" if is_new else "known"] += 1
    subject = f"learning_systems:{system.pk}"
    record("learning_system.delivered", subject=subject, system_id=system.pk, counts=counts)
    return {"taken": counts["taken"], "known": counts["known"], "refused": refused}


def _known(completions: list[dict[str, Any]]) -> Known:
    # What is not printable is nobody's number, and no database looks for it.
    numbers = [text for each in completions if (text := str(each.get("employee_no"))).isprintable()]
    courses = [text for each in completions if (text := str(each.get("course"))).isprintable()]
    people = Employee.objects.exclude(status=Employee.Status.LEFT).filter(employee_no__in=numbers)
    resources = LearningResource.objects.exclude(course="").filter(course__in=courses)
    return Known({each.employee_no: each for each in people}, {each.course: each for each in resources})


def _refusal(each: Mapping[str, Any], known: Known, now: datetime) -> tuple[str, str] | None:
    if str(each.get("employee_no")) not in known.people or not isinstance(each["employee_no"], str):
        return "employee_unknown", _("Nobody who works here has this employee number.")
    if str(each.get("course")) not in known.courses or not isinstance(each["course"], str):
        return "course_unknown", _("No resource of the library has this course number.")
    moment = _moment(each, now)
    if moment is None:
        return "moment_not_understood", _("“finished_at” is no moment with a time zone, such as 2026-11-02T09:30:00Z.")
    if moment > now + _AHEAD:
        return "moment_in_future", _("“finished_at” lies in the future.")
    return None


def _moment(each: Mapping[str, Any], now: datetime) -> datetime | None:
    """When it was finished: now where nothing is said, None where it cannot be understood."""
    if each.get("finished_at") in (None, ""):
        return now
    try:
        found = parse_datetime(str(each["finished_at"]))
        return found.astimezone(UTC) if found and timezone.is_aware(found) else None
    except (ValueError, OverflowError):
        return None
