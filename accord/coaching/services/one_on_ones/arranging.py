"""The rhythm of a pair: begun, changed, paused, ended; and whether the next manager may read what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accord.coaching.errors.one_on_ones import RhythmChanged, RhythmEnded, RhythmRefused, RhythmStands
from accord.coaching.models import OneOnOne, Pairing
from accord.coaching.notices import one_on_ones as notices
from accord.coaching.rhythm_words import why_wrong
from accord.coaching.services.one_on_ones import recording
from accord.coaching.services.one_on_ones.meeting import call_off
from accord.coaching.services.one_on_ones.points import carry_over
from accord.coaching.services.one_on_ones.slots import plan_ahead
from accord.coaching.services.one_on_ones.telling import tell_of_rhythm
from accord.domain.talk_rhythm import RhythmError, read_rule
from accord.people.models import Employee

SHORTEST, LONGEST = 10, 180

State = Pairing.State


@dataclass(frozen=True)
class Plan:
    """What a pair agrees on: a rule from a day on, at a time on the clock of a zone, how long, and where."""

    rule: str
    starts_on: date
    at: time
    minutes: int = 30
    zone: str = "Asia/Shanghai"
    place: str = ""

    def checked(self, now: datetime) -> dict[str, object]:
        """The columns of a pair. Raises RhythmRefused for a rule that is none or has no talk left."""
        if not SHORTEST <= self.minutes <= LONGEST:
            raise ValueError("a talk lasts from ten minutes to three hours")
        try:
            rhythm = read_rule(self.rule, self.starts_on, now, self.at, ZoneInfo(self.zone))
        except RhythmError as error:
            raise RhythmRefused(reason=why_wrong(error.wrong)) from error
        return {
            "rhythm": rhythm.rule,
            "starts_on": self.starts_on,
            "begins_at": self.at,
            "minutes": self.minutes,
            "time_zone": self.zone,
            "place": self.place.strip(),
        }


@transaction.atomic
def arrange(manager: Employee, employee: Employee, plan: Plan, by: Employee, now: datetime | None = None) -> Pairing:
    """Begin a rhythm of two and plan its first talks. Raises RhythmStands or RhythmRefused."""
    columns = plan.checked(now or timezone.now())
    try:
        with transaction.atomic():
            pairing = Pairing.objects.create(manager=manager, employee=employee, made_by=by, **columns)
    except IntegrityError as error:
        same = {"manager": manager, "employee": employee, "state": State.ACTIVE, "made_by": by}
        first = Pairing.objects.filter(**same, **columns).first()
        if first is None:
            raise RhythmStands from error
        return first  # This is the second click.
    recording.of_pairing("arranged", pairing, by, employee_id=employee.pk)
    plan_ahead(pairing, now)
    tell_of_rhythm(pairing, notices.RHYTHM_ARRANGED, by)
    return pairing


@transaction.atomic
def change_rhythm(pairing: Pairing, plan: Plan, by: Employee, now: datetime | None = None) -> list[str]:
    """Change the rhythm from now on; talks that have begun or are over stay. Return what changed.

    What somebody moved by hand is planned anew too. Raises RhythmRefused, RhythmChanged or RhythmEnded.
    """
    now = now or timezone.now()
    columns = plan.checked(now)
    changed = sorted(name for name, value in columns.items() if getattr(pairing, name) != value)
    if not changed:
        return []
    if not _change(pairing, by, columns):
        return []
    recording.of_pairing("changed", pairing, by, fields=changed)
    if pairing.state == State.ACTIVE:
        _call_off(pairing, now)
        plan_ahead(pairing, now)
    tell_of_rhythm(pairing, notices.RHYTHM_CHANGED, by)
    return changed


@transaction.atomic
def pause(pairing: Pairing, by: Employee) -> None:
    """Stop planning talks until somebody resumes; what is planned is called off. Twice is once. Raises RhythmEnded."""
    if not _turn(pairing, State.PAUSED):
        return
    recording.of_pairing("paused", pairing, by)
    _call_off(pairing, timezone.now())
    tell_of_rhythm(pairing, notices.RHYTHM_PAUSED, by)


@transaction.atomic
def resume(pairing: Pairing, by: Employee) -> None:
    """Go on with the rhythm from now. Twice is once.

    Raises RhythmRefused where its rule has no talk left, RhythmEnded.
    """
    plan_of(pairing).checked(timezone.now())
    if not _turn(pairing, State.ACTIVE):
        return
    recording.of_pairing("resumed", pairing, by)
    plan_ahead(pairing)
    tell_of_rhythm(pairing, notices.RHYTHM_RESUMED, by)


@transaction.atomic
def end_pairing(pairing: Pairing, now: datetime | None = None) -> bool:
    """End the rhythm of two who are no longer manager and employee; false where it has ended already."""
    now = now or timezone.now()
    going_on = Pairing.objects.filter(pk=pairing.pk).exclude(state=State.ENDED)
    if not going_on.update(state=State.ENDED, ended_at=now, edition=F("edition") + 1):
        return False
    pairing.refresh_from_db()
    recording.of_pairing("ended", pairing, None)
    _call_off(pairing, now)
    return True


@transaction.atomic
def allow_reading(pairing: Pairing, allowed: bool, by: Employee) -> None:
    """Say whether one's next manager, or one's successor, may read the confirmed minutes; both have to allow it."""
    side = "manager" if by == pairing.manager else "employee"
    unlike = Pairing.objects.filter(pk=pairing.pk).exclude(**{f"{side}_shares": allowed})
    if unlike.update(**{f"{side}_shares": allowed}):
        recording.of_pairing("reading_allowed", pairing, by, side=side, allowed=allowed)


def plan_of(pairing: Pairing) -> Plan:
    """What a pair agreed on."""
    zone, place = pairing.time_zone, pairing.place
    return Plan(pairing.rhythm, pairing.starts_on, pairing.begins_at, pairing.minutes, zone, place)


def _change(pairing: Pairing, by: Employee, columns: dict[str, object]) -> bool:
    """Compare-and-set on the edition its author saw; false for a second click of the same person."""
    seen = Pairing.objects.filter(pk=pairing.pk, edition=pairing.edition).exclude(state=State.ENDED)
    is_done = bool(seen.update(edition=pairing.edition + 1, **columns))
    pairing.refresh_from_db()
    if is_done or pairing.state == State.ENDED:
        return _unless_ended(pairing, is_done)
    stands = all(getattr(pairing, name) == value for name, value in columns.items())
    if not (stands and recording.was_just_done_to_pairing("pairing.changed", pairing, by)):
        raise RhythmChanged
    return False


def _turn(pairing: Pairing, state: str) -> bool:
    """Pause, or go on; false where that is so already."""
    unlike = Pairing.objects.filter(pk=pairing.pk).exclude(state__in=(State.ENDED, state))
    is_done = bool(unlike.update(state=state, edition=F("edition") + 1))
    pairing.refresh_from_db()
    return _unless_ended(pairing, is_done)


def _unless_ended(pairing: Pairing, is_done: bool) -> bool:
    if pairing.state == State.ENDED:
        raise RhythmEnded
    return is_done


def _call_off(pairing: Pairing, now: datetime) -> None:
    """Take back the talks ahead that nobody has begun; calendars that know of them are told."""
    ahead = OneOnOne.objects.filter(
        pairing=pairing, state=OneOnOne.State.PLANNED, begun_at=None, planned_at__gt=now
    ).select_related("pairing__manager__user", "pairing__employee__user")
    for talk in ahead:
        call_off(talk, now)
    carry_over(pairing, now)
