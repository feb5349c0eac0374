"""Where people belonged and whom they reported to, as stretches of days without gap or overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from accord.people.services.staging import drop, run, stage


@dataclass(frozen=True)
class History:
    """A table of stretches: `employee_id`, the `columns` that hold from `valid_from` to `valid_to` inclusive."""

    table: str
    columns: tuple[str, ...]


REPORTING = History("reporting_lines", ("manager_id",))
PLACEMENTS = History("placements", ("org_unit_id", "position_id"))

FromDayOn = tuple[int, date, tuple[int | None, ...]]
"""An employee, the first day, and what holds from that day on (all None: nothing)."""


def write_history(history: History, states: Iterable[FromDayOn]) -> None:
    """Let each state hold from its day on, whatever was said about that day and later days before.

    A state that already holds is left as it is; one that held up to the eve is prolonged, so the same past always
    leaves the same rows, whether it was told in one step or in many. The day of a change belongs to the new state.
    """
    places = ", ".join(f"{column} bigint" for column in history.columns)
    stage(
        "new_states",
        f"employee_id bigint PRIMARY KEY, since date, eve date, {places}",
        (
            (employee, since.isoformat(), (since - timedelta(days=1)).isoformat(), *values)
            for employee, since, values in states
        ),
    )
    run(*(statement.format(**_names(history)) for statement in _STATEMENTS))
    drop("new_states")


def _names(history: History) -> dict[str, str]:
    alike = " AND ".join(f"s.{column} = {history.table}.{column}" for column in history.columns)
    return {
        "t": history.table,
        "columns": ", ".join(history.columns),
        "alike": alike,
        "told": f"s.{history.columns[0]} IS NOT NULL",
        "concerned": "employee_id IN (SELECT employee_id FROM new_states)",
        "holds_already": _HOLDS_ALREADY.format(t=history.table, alike=alike),
    }


_HOLDS_ALREADY = """
    valid_to IS NULL AND EXISTS (
        SELECT 1 FROM new_states s WHERE s.employee_id = {t}.employee_id AND {alike} AND {t}.valid_from <= s.since)
"""
_STATEMENTS = (
    # What was to hold from that day or a later one never did.
    """
    DELETE FROM {t} WHERE {concerned} AND NOT ({holds_already}) AND EXISTS (
        SELECT 1 FROM new_states s WHERE s.employee_id = {t}.employee_id AND {t}.valid_from >= s.since)
    """,
    # What held before ends on the eve.
    """
    UPDATE {t} SET valid_to = (SELECT eve FROM new_states s WHERE s.employee_id = {t}.employee_id)
    WHERE {concerned} AND NOT ({holds_already}) AND EXISTS (
        SELECT 1 FROM new_states s
        WHERE s.employee_id = {t}.employee_id AND ({t}.valid_to IS NULL OR {t}.valid_to >= s.since))
    """,
    # The same as held on the eve goes on.
    """
    UPDATE {t} SET valid_to = NULL WHERE {concerned} AND EXISTS (
        SELECT 1 FROM new_states s WHERE s.employee_id = {t}.employee_id AND {t}.valid_to = s.eve AND {alike})
    """,
    """
    INSERT INTO {t} (employee_id, {columns}, valid_from) SELECT employee_id, {columns}, since FROM new_states s
    WHERE {told} AND NOT EXISTS (SELECT 1 FROM {t} h WHERE h.employee_id = s.employee_id AND h.valid_to IS NULL)
    """,
)
