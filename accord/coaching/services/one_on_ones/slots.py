"""The talks that a rhythm brings: planned some weeks ahead, the next one always."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accord.coaching.models import OneOnOne, Pairing
from accord.coaching.services.one_on_ones.calendars import invite_due
from accord.coaching.services.one_on_ones.points import carry_over
from accord.domain.talk_rhythm import Moment, Rhythm
from accord.foundation.services.events import record_many
from accord.metrics.services.working_days import working_days

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
    return sum(_plan(Pairing.objects.filter(pk__in=part), now or timezone.now()) for part in slices)


def plan_ahead(pairing: Pairing, now: datetime | None = None) -> int:
    """Plan the talks of one pair, in the caller's transaction."""
    return _plan([pairing], now or timezone.now()) if pairing.state == Pairing.State.ACTIVE else 0


@transaction.atomic
def _plan(pairings: Iterable[Pairing], now: datetime) -> int:
    pairs = {pairing.pk: pairing for pairing in pairings}
    wanted = {key: rhythm_of(pairing).ahead(now, now + AHEAD, working_days) for key, pairing in pairs.items()}
    standing = _standing(wanted, now)
    new = [
        OneOnOne(pairing_id=key, slot=moment.slot, planned_at=moment.planned, minutes=pairs[key].minutes)
        for key, moments in wanted.items()
        for moment in moments
        if moment.slot not in standing[key]
    ]
    revived = _revive(wanted, standing, pairs)
    OneOnOne.objects.bulk_create(new, ignore_conflicts=True)
    if new or revived:
        _record(new)
        for pairing in pairs.values():
            carry_over(pairing, now)
        invite_due(now, pairs)
    return len(new) + revived


def _standing(wanted: dict[int, list[Moment]], now: datetime) -> defaultdict[int, dict[datetime, str]]:
    standing: defaultdict[int, dict[datetime, str]] = defaultdict(dict)
    talks = OneOnOne.objects.filter(pairing__in=wanted, slot__gt=now)
    for pairing, slot, state in talks.values_list("pairing_id", "slot", "state"):
        standing[pairing][slot] = state
    return standing


def _revive(
    wanted: dict[int, list[Moment]], standing: defaultdict[int, dict[datetime, str]], pairs: dict[int, Pairing]
) -> int:
    """Plan again what a former rhythm had at the same moment and was called off."""
    revived = 0
    for key, moments in wanted.items():
        for moment in moments:
            if standing[key].get(moment.slot) != State.CALLED_OFF:
                continue
            off = OneOnOne.objects.filter(pairing=key, slot=moment.slot, state=State.CALLED_OFF)
            revived += off.update(
                state=State.PLANNED, planned_at=moment.planned, minutes=pairs[key].minutes, sequence=F("sequence") + 1
            )
    return revived


def _record(new: Sequence[OneOnOne]) -> None:
    counts: defaultdict[int, int] = defaultdict(int)
    for talk in new:
        counts[talk.pairing_id] += 1
    facts = [(f"pairings:{key}", {"pairing_id": key, "count": count}) for key, count in counts.items()]
    if facts:
        record_many("one_on_ones.planned", facts)
