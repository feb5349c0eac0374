"""The talks that a rhythm brings: planned some weeks ahead, the next one always."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accord.coaching.models import OneOnOne, Pairing
from accord.coaching.queries.absences import Absences
from accord.coaching.services.one_on_ones.calendars import invite_due, tell_calendars
from accord.coaching.services.one_on_ones.points import carry_over
from accord.domain.talk_rhythm import Moment, Rhythm
from accord.foundation.services.events import record_many
from accord.people.models import Employee

AHEAD = timedelta(days=45)
_AT_ONCE = 200

State = OneOnOne.State


def rhythm_of(pairing: Pairing) -> Rhythm:
    """The rhythm that a pair agreed."""
    return Rhythm(pairing.rhythm, pairing.starts_on, pairing.begins_at, ZoneInfo(pairing.time_zone))


def plan_all(now: datetime | None = None) -> int:
    """Plan the talks of every pair whose rhythm is active; return how many are new. Again changes nothing."""
    keys = list(Pairing.objects.filter(state=Pairing.State.ACTIVE).order_by("pk").values_list("pk", flat=True))
    slices = (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))
    plans = (_plan(Pairing.objects.filter(pk__in=part), now or timezone.now()) for part in slices)
    return sum(len(new) + len(revived) for new, revived in plans)


def plan_ahead(pairing: Pairing, now: datetime | None = None) -> int:
    """Plan the talks of one pair, in the caller's transaction."""
    if pairing.state != Pairing.State.ACTIVE:
        return 0
    new, revived = _plan([pairing], now or timezone.now())
    return len(new) + len(revived)


def plan_around(person: Employee, now: datetime | None = None) -> Sequence[OneOnOne]:
    """Plan the talks of everybody with whom somebody talks; return those that had been called off and take place."""
    theirs = Pairing.objects.filter(Q(manager=person) | Q(employee=person), state=Pairing.State.ACTIVE)
    return _plan(theirs, now or timezone.now())[1]


def wanted_of(pairings: Mapping[int, Pairing], now: datetime) -> dict[int, list[Moment]]:
    """The talks ahead that rhythms want, by pair: on working days on which both are there, where no other talk of the
    two stands; and none while one of them is away until further notice.
    """
    absences, taken = Absences.of(pairings.values(), now), _taken(pairings, now)
    wanted: dict[int, list[Moment]] = {key: [] for key in pairings}
    for key, pairing in pairings.items():
        if not absences.has_no_end(pairing):
            moments = rhythm_of(pairing).ahead(now, now + AHEAD, absences.calendar(pairing))
            wanted[key] = [each for each in moments if taken[key].get(each.planned, each.slot) == each.slot]
    return wanted


def _taken(pairings: Iterable[int], now: datetime) -> defaultdict[int, dict[datetime, datetime]]:
    """The moments ahead at which talks of some pairs are planned, each with the slot of its talk."""
    taken: defaultdict[int, dict[datetime, datetime]] = defaultdict(dict)
    talks = OneOnOne.objects.filter(pairing__in=pairings, state=State.PLANNED, planned_at__gt=now)
    for pairing, moment, slot in talks.values_list("pairing_id", "planned_at", "slot"):
        taken[pairing][moment] = slot
    return taken


@transaction.atomic
def _plan(pairings: Iterable[Pairing], now: datetime) -> tuple[Sequence[OneOnOne], Sequence[OneOnOne]]:
    """Returns the new talks, and those planned again."""
    pairs = {pairing.pk: pairing for pairing in pairings}
    wanted = wanted_of(pairs, now)
    standing = _standing(wanted, now)
    new = [
        OneOnOne(pairing_id=key, slot=moment.slot, planned_at=moment.planned, minutes=pairs[key].minutes)
        for key, moments in wanted.items()
        for moment in moments
        if moment.slot not in standing[key]
    ]
    revived = _revive(wanted, standing, pairs, now)
    OneOnOne.objects.bulk_create(new, ignore_conflicts=True)
    if new or revived:
        _record(new)
        for pairing in pairs.values():
            carry_over(pairing, now)
        invite_due(now, pairs)
    return new, revived


def _standing(wanted: dict[int, list[Moment]], now: datetime) -> defaultdict[int, dict[datetime, str]]:
    standing: defaultdict[int, dict[datetime, str]] = defaultdict(dict)
    talks = OneOnOne.objects.filter(pairing__in=wanted, slot__gt=now)
    for pairing, slot, state in talks.values_list("pairing_id", "slot", "state"):
        standing[pairing][slot] = state
    return standing


def _revive(
    wanted: Mapping[int, Sequence[Moment]],
    standing: Mapping[int, Mapping[datetime, str]],
    pairs: Mapping[int, Pairing],
    now: datetime,
) -> list[OneOnOne]:
    """Plan again what was called off at a moment that a rhythm wants; calendars that know of it are told."""
    off = {
        (key, moment.slot): moment
        for key, moments in wanted.items()
        for moment in moments
        if standing[key].get(moment.slot) == State.CALLED_OFF
    }
    talks = OneOnOne.objects.filter(pairing__in={key for key, _ in off}, state=State.CALLED_OFF)
    revived = []
    for talk in talks.select_related("pairing__manager__user", "pairing__employee__user"):
        moment = off.get((talk.pairing_id, talk.slot))
        if moment is None:
            continue
        talk.state, talk.planned_at, talk.sequence = State.PLANNED, moment.planned, talk.sequence + 1
        talk.minutes = pairs[talk.pairing_id].minutes
        talk.save(update_fields=["state", "planned_at", "sequence", "minutes"])
        tell_calendars(talk, now)
        revived.append(talk)
    return revived


def _record(new: Sequence[OneOnOne]) -> None:
    counts: defaultdict[int, int] = defaultdict(int)
    for talk in new:
        counts[talk.pairing_id] += 1
    facts = [(f"pairings:{key}", {"pairing_id": key, "count": count}) for key, count in counts.items()]
    if facts:
        record_many("one_on_ones.planned", facts)
