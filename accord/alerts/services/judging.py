"""Judging a period: one status row for every KPI that has a target and a value in it, by set-based SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from accord.alerts.services.sql import Statement
from accord.domain.periods import Period
from accord.domain.status import Light, Pace
from accord.goals.queries.kpis import targets_in_force

_TARGET_COLUMNS = ("series_id", "kpi_id", "lower_is_better", "target", "green_from", "yellow_from")

_IN_FULL = """
    SELECT series_id, kpi_id, lower_is_better, target, target AS due, green_from, yellow_from FROM targets
"""

# A summed metric of a running period is due in part: see domain.status.Pace, which this repeats on whole numbers.
# Quotient and remainder are multiplied apart, so that the largest targets stay within 64 bits.
_PART = """
    CASE WHEN x.aggregation <> 'sum' OR t.<bound> <= 0 THEN t.<bound>
         WHEN t.lower_is_better THEN t.<bound> / p.days * p.down + t.<bound> %% p.days * p.down / p.days
         ELSE t.<bound> / p.days * p.up + (t.<bound> %% p.days * p.up + p.days - 1) / p.days END
"""
_BY_PACE = """
    SELECT t.series_id, t.kpi_id, t.lower_is_better, t.target,
           <target> AS due, <green_from> AS green_from, <yellow_from> AS yellow_from
    FROM targets t
    JOIN series s ON s.id = t.series_id
    JOIN metrics x ON x.id = s.metric_id
    CROSS JOIN (SELECT CAST(%s AS bigint) AS up, CAST(%s AS bigint) AS down, CAST(%s AS bigint) AS days) p
"""

# In the order of the series both sides are read along their keys, and new rows are appended instead of scattered.
_JUDGE = """
    INSERT INTO kpi_statuses (period, series_id, kpi_id, value, target, light, missed)
    WITH targets AS (<targets>), bounds AS (<bounds>)
    SELECT m.period, b.series_id, b.kpi_id, m.value, b.target,
           CASE WHEN (b.lower_is_better AND m.value <= b.green_from)
                  OR (NOT b.lower_is_better AND m.value >= b.green_from) THEN <green>
                WHEN (b.lower_is_better AND m.value <= b.yellow_from)
                  OR (NOT b.lower_is_better AND m.value >= b.yellow_from) THEN <yellow>
                ELSE <red> END,
           CASE WHEN b.lower_is_better THEN m.value > b.due ELSE m.value < b.due END
    FROM bounds b
    JOIN measurements m ON m.series_id = b.series_id
    WHERE m.period = %s
    ORDER BY m.series_id
    ON CONFLICT (period, series_id) DO UPDATE
    SET kpi_id = excluded.kpi_id, value = excluded.value, target = excluded.target,
        light = excluded.light, missed = excluded.missed
    WHERE kpi_statuses.value <> excluded.value OR kpi_statuses.target <> excluded.target
       OR kpi_statuses.light <> excluded.light OR kpi_statuses.missed <> excluded.missed
       OR kpi_statuses.kpi_id <> excluded.kpi_id
"""

_DELETE_VANISHED = """
    DELETE FROM kpi_statuses
    WHERE NOT EXISTS (
        SELECT 1 FROM (<targets>) t
        JOIN measurements m ON m.series_id = t.series_id AND m.period = kpi_statuses.period
        WHERE t.series_id = kpi_statuses.series_id)
    AND period = %s
"""

_COUNT = """
    SELECT COALESCE(sum(CASE WHEN light = <red> THEN 1 ELSE 0 END), 0),
           COALESCE(sum(CASE WHEN light = <yellow> THEN 1 ELSE 0 END), 0), count(*)
    FROM kpi_statuses WHERE period = %s
"""

_MANY = 20_000

_LIGHTS = {"<red>": Light.RED, "<yellow>": Light.YELLOW, "<green>": Light.GREEN}


@dataclass(frozen=True)
class Judgement:
    """Lights shown in a period after it was judged, and the number of status rows that differ from before."""

    red: int
    yellow: int
    green: int
    changed: int

    @property
    def judged(self) -> int:
        return self.red + self.yellow + self.green


def write_statuses(period: Period, today: date) -> Judgement:
    """Write the status rows of `period` from the targets in force and the values; rows without either are deleted.

    A period that runs on `today` is judged by pace. Runs in the caller's transaction.
    """
    gone = _targets(_DELETE_VANISHED, period).run(period.key)
    written = _judge(period, Pace.of(period, today))
    _refresh_statistics(written)
    ((red, yellow, judged),) = _in_lights(Statement(_COUNT)).rows(period.key)
    return Judgement(int(red), int(yellow), judged - int(red) - int(yellow), changed=gone + written)


def _judge(period: Period, pace: Pace | None) -> int:
    statement = _in_lights(_targets(_JUDGE, period))
    if pace is None:
        return statement.fill("<bounds>", Statement(_IN_FULL)).run(period.key)
    bounds = Statement(_BY_PACE)
    for bound in ("target", "green_from", "yellow_from"):
        bounds = bounds.fill(f"<{bound}>", Statement(_PART.replace("<bound>", bound)))
    return statement.fill("<bounds>", bounds).run(pace.up, pace.down, pace.days, period.key)


def _refresh_statistics(written: int) -> None:
    """Tell PostgreSQL's planner of a period it has never seen; what it believes of the old ones misleads it here."""
    if connection.vendor == "postgresql" and written >= _MANY:
        Statement("ANALYZE kpi_statuses").run()


def _in_lights(statement: Statement) -> Statement:
    for place, light in _LIGHTS.items():
        statement = statement.fill(place, Statement(str(light.value)))
    return statement


def _targets(sql: str, period: Period) -> Statement:
    """`sql` with the one truth about targets in its place."""
    return Statement(sql).fill("<targets>", Statement.of(targets_in_force(period.key).values_list(*_TARGET_COLUMNS)))
