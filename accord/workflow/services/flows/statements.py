"""The statements of a step, written out once for both databases.

Making them anew from models takes several times as long as the database needs to run them (tests/bench/flows.py shows
both). What is not part of every step is left to the models.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection

TASK_COLUMNS = (
    *("instance_id", "node_key", "round", "kind", "assignee_id", "place", "state", "origin", "origin_task_id"),
    *("opened_at", "due_at", "acted_at", "acted_by_id", "is_told", "nudged_at"),
)
ACT_COLUMNS = (
    *("instance_id", "task_id", "kind", "node_key", "round", "actor_id", "other_id", "to_node", "reason"),
    *("mentions", "at"),
)

_CLAIM = (
    "UPDATE flow_instances SET revision = revision + 1 "
    "WHERE id = %s AND state = 'running' AND node_key = %s AND round = %s"
)
_ANSWER = "UPDATE flow_tasks SET state = %s, acted_at = %s, acted_by_id = %s WHERE id = %s AND state = 'open'"
_MOVE = (
    "UPDATE flow_instances SET state = %s, node_key = %s, round = %s, return_to = %s, wake_at = %s, taken = %s, "
    "ended_at = %s WHERE id = %s"
)
_ROWS = (
    "SELECT id, node_key, kind, assignee_id, state, place, origin_task_id, acted_by_id FROM flow_tasks "
    "WHERE instance_id = %s AND round = %s ORDER BY id"
)
_LINE = (
    "SELECT line.ancestor_id FROM org_closure line JOIN employees person ON person.id = line.ancestor_id "
    "WHERE line.descendant_id = %s AND line.valid_to IS NULL AND line.depth > 0 AND person.status <> 'left' "
    "ORDER BY line.depth"
)


_encode = json.JSONEncoder(ensure_ascii=False).encode


class Row(NamedTuple):
    """What counts of a task of this round."""

    id: int
    node_key: str
    kind: str
    assignee_id: int
    state: str
    place: int
    origin_task_id: int | None
    acted_by_id: int | None


def claim_instance(pk: int, node_key: str, round_: int) -> bool:
    """Compare-and-set: true where the running instance stands there."""
    return _changed(_CLAIM, (pk, node_key, round_))


def answer_task(pk: int, state: str, at: datetime, by: int | None) -> bool:
    """Compare-and-set: true where the task was open."""
    return _changed(_ANSWER, (str(state), moment(at), by, pk))


def move_instance(
    pk: int,
    state: str,
    node_key: str,
    round_: int,
    return_to: str,
    wake_at: datetime | None,
    taken: object,
    ended_at: datetime | None,
) -> None:
    """Let a claimed instance stand somewhere else."""
    values = (str(state), node_key, round_, return_to, moment(wake_at), as_json(taken), moment(ended_at), pk)
    _changed(_MOVE, values)


def rows_of_round(instance_id: int, round_: int) -> list[Row]:
    """The tasks of a round, in the order they came."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, (instance_id, round_))
        return [Row(*row) for row in cursor.fetchall()]


def line_above(employee_id: int) -> list[int]:
    """The managers above an employee who work here, the nearest first."""
    with connection.cursor() as cursor:
        cursor.execute(_LINE, (employee_id,))
        return [key for (key,) in cursor.fetchall()]


def insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Add a few rows; their keys are not asked for."""
    with connection.cursor() as cursor:
        cursor.execute(_insert(table, tuple(columns), len(rows)), [value for row in rows for value in row])


def moment(at: datetime | None) -> Any:
    """A point in time as this database takes it."""
    return connection.ops.adapt_datetimefield_value(at)


def as_json(value: object) -> str:
    """A value for a JSON column."""
    return _encode(value)


def _changed(statement: str, values: Sequence[Any]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return bool(cursor.rowcount)


@lru_cache(maxsize=256)
def _insert(table: str, columns: tuple[str, ...], count: int) -> str:
    row = f"({', '.join(['%s'] * len(columns))})"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * count)}"  # noqa: S608 (names only)
