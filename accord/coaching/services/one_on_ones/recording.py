"""Writing down what happened to one-on-ones, and whether it has just happened: then this is a second click."""

from __future__ import annotations

from accord.coaching.models import OneOnOne, Pairing
from accord.foundation.queries.events import is_newest_by
from accord.foundation.services.events import record
from accord.people.models import Employee


def of_pairing(what: str, pairing: Pairing, by: Employee | None, **payload: object) -> None:
    """A fact about a pair."""
    actor = by.user if by else None
    record(f"pairing.{what}", subject=f"pairings:{pairing.pk}", actor=actor, pairing_id=pairing.pk, **payload)


def of_talk(what: str, talk: OneOnOne, by: Employee | None, **payload: object) -> None:
    """A fact about a talk."""
    actor = by.user if by else None
    record(f"one_on_one.{what}", subject=f"one_on_ones:{talk.pk}", actor=actor, one_on_one_id=talk.pk, **payload)


def of_pairing_plan(pairing: Pairing, by: Employee) -> None:
    """The fact that one more talk was planned beside the rhythm."""
    subject = f"pairings:{pairing.pk}"
    record("one_on_ones.planned", subject=subject, actor=by.user, pairing_id=pairing.pk, count=1)


def was_just_done_to_talk(what: str, talk: OneOnOne, by: Employee) -> bool:
    """Whether that is the last that happened to a talk, and the same person did it."""
    return is_newest_by(by.user, f"one_on_one.{what}", f"one_on_ones:{talk.pk}")


def was_just_done_to_pairing(name: str, pairing: Pairing, by: Employee) -> bool:
    """Whether `name` is the last that happened to a pair, and the same person did it."""
    return is_newest_by(by.user, name, f"pairings:{pairing.pk}")
