"""Recording facts."""

import json
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import chain
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django_tasks.utils import normalize_json

from accord.foundation.events import EventKind
from accord.foundation.inserting import insert_rows
from accord.foundation.jobs.options import job_options
from accord.foundation.models import Delivery, Event, User
from accord.foundation.registry import table
from accord.foundation.services.deliveries import dispatch

AT_ONCE = 200
"""As many reactions follow in the process that recorded their facts. Whoever judges a large company does not wait for
thousands of them: the worker takes the rest."""

_encode = json.JSONEncoder(ensure_ascii=False).encode
_PLACES = "(%s, %s, %s, %s, %s, %s)"
_PLAIN_INSERT = f"INSERT INTO events (name, subject, actor_id, actor_name, payload, at) VALUES {_PLACES}"  # noqa: S608
# Six values each: below the 32,766 that SQLite takes at once.
_IN_ONE_INSERT = 5_000


def record(name: str, *, subject: str = "", actor: User | None = None, **payload: Any) -> Event:
    """Write the fact `name` in the caller's transaction and owe its reactions, which run after commit.

    `payload` holds ids and plain values only; each reaction gets exactly these keywords and must be idempotent.
    Raises ValueError for an event or a field that its app's `events.py` does not declare.
    """
    return record_many(name, [(subject, payload)], actor=actor)[0]


def record_many(name: str, facts: Sequence[tuple[str, dict[str, Any]]], *, actor: User | None = None) -> list[Event]:
    """Write many facts of one name, each a subject and its payload: one INSERT of facts and one of what they cause.

    (A database takes a limited number of values at once: there one of each per some thousand facts.)
    """
    kind = _declared(name)
    checked = [(subject, _checked(name, kind, payload)) for subject, payload in facts]
    with transaction.atomic(savepoint=False):
        events = _written(name, checked, actor)
        deliveries = Delivery.objects.bulk_create(_owed(events, table("ACCORD_REACTIONS").get(name, ())))
        if deliveries:
            transaction.on_commit(partial(dispatch, deliveries[:AT_ONCE]), robust=True)
    return events


def record_plainly(name: str, subject: str, payloads: Sequence[dict[str, Any]], *, actor: User | None = None) -> None:
    """`record_many` about one subject for commands that count microseconds: where nothing follows from the fact, it is
    one plain INSERT.
    """
    if table("ACCORD_REACTIONS").get(name):
        record_many(name, [(subject, payload) for payload in payloads], actor=actor)
        return
    kind, now = _declared(name), connection.ops.adapt_datetimefield_value(timezone.now())
    actor_id, actor_name = (actor.pk, actor.get_full_name()) if actor else (None, "")
    with connection.cursor() as cursor:
        for payload in payloads:
            told = _encode(_checked(name, kind, payload))
            cursor.execute(_PLAIN_INSERT, (name, subject, actor_id, actor_name, told, now))


def record_batch(name: str, facts: Iterable[tuple[str, dict[str, Any]]], *, actor: User | None = None) -> None:
    """Write very many facts of one name that another fact sums up, such as those of an import.

    They stand in the trail like any other, but none of them owes a reaction: what follows, follows once, from the fact
    that sums them up.
    """
    kind = _declared(name)
    actor_id, actor_name = (actor.pk, actor.get_full_name()) if actor else (None, "")
    insert_rows(
        Event,
        ("name", "subject", "actor_id", "actor_name", "payload"),
        (
            (name, subject, actor_id, actor_name, json.dumps(_checked(name, kind, payload), ensure_ascii=False))
            for subject, payload in facts
        ),
    )


def _written(name: str, facts: Sequence[tuple[str, dict[str, Any]]], actor: User | None) -> list[Event]:
    """The facts with the keys they got, by plain SQL: models would cost more than the facts themselves."""
    now = timezone.now()
    actor_id, actor_name = (actor.pk, actor.get_full_name()) if actor else (None, "")
    at = connection.ops.adapt_datetimefield_value(now)
    events = []
    for start in range(0, len(facts), _IN_ONE_INSERT):
        part = facts[start : start + _IN_ONE_INSERT]
        values = [(name, subject, actor_id, actor_name, _encode(payload), at) for subject, payload in part]
        with connection.cursor() as cursor:
            sql = f"{_PLAIN_INSERT}{f', {_PLACES}' * (len(part) - 1)} RETURNING id"
            cursor.execute(sql, list(chain.from_iterable(values)))
            keys = cursor.fetchall()
        for (pk,), (subject, payload) in zip(keys, part, strict=True):
            told = {"subject": subject, "payload": payload, "actor": actor, "actor_name": actor_name}
            events.append(Event(pk=pk, name=name, at=now, **told))
    return events


def _declared(name: str) -> EventKind:
    kinds: dict[str, EventKind] = table("ACCORD_EVENTS")
    if name not in kinds:
        raise ValueError(f"no app declares the event {name!r} in its events.py")
    return kinds[name]


def _checked(name: str, kind: EventKind, payload: dict[str, Any]) -> dict[str, Any]:
    if set(payload) != set(kind.fields):
        raise ValueError(f"{name} carries {sorted(kind.fields)}, not {sorted(payload)}")
    plain: dict[str, Any] = normalize_json(payload)
    return plain


def _owed(events: Sequence[Event], reactions: Sequence[str]) -> list[Delivery]:
    # The sweep leaves a fresh delivery alone for a moment: the process that recorded the fact is about to run it.
    now, grace = timezone.now(), job_options().dispatch_grace
    owed = [(event, name) for event in events for name in reactions]
    return [
        Delivery(event=event, reaction=name, next_attempt_at=now + grace if place < AT_ONCE else now)
        for place, (event, name) in enumerate(owed)
    ]
