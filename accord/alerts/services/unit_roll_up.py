"""The lights within every unit and all units in it, by metric and position, counted once a period for boards to read.

People count where they were placed on the period's last day; the tree of units has no history and is today's when the
period is judged. A unit's own KPI counts in the unit, under the position of its head.
"""

from __future__ import annotations

from datetime import date

from accord.alerts.services.sql import Statement
from accord.domain.group_status import BANDS
from accord.domain.periods import Period
from accord.domain.status import Light
from accord.goals.queries.kpis import targets_in_force

# A band lies within its light: rounding at an edge never moves a KPI into another colour.
_JUDGED = """
    SELECT COALESCE(s.org_unit_id, p.org_unit_id, e.org_unit_id) AS unit_id, s.employee_id, s.metric_id,
           COALESCE(p.position_id, e.position_id) AS position_id, k.light,
           CASE WHEN k.target > 0 AND t.lower_is_better THEN 2 - CAST(k.value AS double precision) / k.target
                WHEN k.target > 0 THEN CAST(k.value AS double precision) / k.target END AS attained
    FROM targets t
    JOIN series s ON s.id = t.series_id
    LEFT JOIN org_units u ON u.id = s.org_unit_id
    LEFT JOIN employees e ON e.id = COALESCE(s.employee_id, u.head_id)
    LEFT JOIN placements p ON p.employee_id = s.employee_id
     AND p.valid_from <= %s AND (p.valid_to IS NULL OR p.valid_to >= %s)
    LEFT JOIN kpi_statuses k ON k.period = %s AND k.series_id = t.series_id
"""

# Those within a unit whom its head does not lead: somebody who sees the head's line must not learn of them.
_MIXED = """
    SELECT DISTINCT c.ancestor_id AS unit_id
    FROM (SELECT DISTINCT unit_id, employee_id FROM judged WHERE employee_id IS NOT NULL) w
    JOIN org_unit_closure c ON c.descendant_id = w.unit_id
    JOIN org_units a ON a.id = c.ancestor_id
    WHERE NOT EXISTS (
        SELECT 1 FROM org_closure l WHERE l.ancestor_id = a.head_id AND l.descendant_id = w.employee_id
         AND l.valid_from <= %s AND (l.valid_to IS NULL OR l.valid_to >= %s))
"""

_WRITE = """
    INSERT INTO unit_statuses (period, org_unit_id, metric_id, position_id, of_one_line, red, yellow, green, expected,
                               <columns>)
    WITH targets AS (<targets>), judged AS (<judged>), mixed AS (<mixed>),
    counted AS (
        SELECT unit_id, metric_id, position_id, count(*) AS expected,
               sum(CASE WHEN light = <red> THEN 1 ELSE 0 END) AS red,
               sum(CASE WHEN light = <yellow> THEN 1 ELSE 0 END) AS yellow,
               sum(CASE WHEN light = <green> THEN 1 ELSE 0 END) AS green,
               <bands>
        FROM judged GROUP BY unit_id, metric_id, position_id)
    SELECT CAST(%s AS integer), c.ancestor_id, n.metric_id, n.position_id, m.unit_id IS NULL,
           sum(n.red), sum(n.yellow), sum(n.green), sum(n.expected), <sums>
    FROM counted n
    JOIN org_unit_closure c ON c.descendant_id = n.unit_id
    LEFT JOIN mixed m ON m.unit_id = c.ancestor_id
    GROUP BY c.ancestor_id, n.metric_id, n.position_id, m.unit_id
    ORDER BY c.ancestor_id, n.metric_id
"""


def write_unit_statuses(period: Period, today: date) -> int:
    """Write the roll-up rows of `period` anew; returns how many there are. Runs in the caller's transaction."""
    day = min(period.end, today)
    Statement("DELETE FROM unit_statuses WHERE period = %s").run(period.key)
    targets = Statement.of(targets_in_force(period.key).values_list("series_id", "lower_is_better"))
    statement = Statement(_written()).fill("<targets>", targets)
    statement = statement.fill("<judged>", Statement(_JUDGED, (day, day, period.key)))
    return statement.fill("<mixed>", Statement(_MIXED, (day, day))).run(period.key)


def _written() -> str:
    columns = [f"band_{number}" for number in range(len(BANDS))]
    bands = [f"sum(CASE WHEN {_within(number)} THEN 1 ELSE 0 END) AS {column}" for number, column in enumerate(columns)]
    parts = {
        "<columns>": ", ".join(columns),
        "<bands>": ", ".join(bands),
        "<sums>": ", ".join(f"sum(n.{column})" for column in columns),
        "<red>": str(Light.RED.value),
        "<yellow>": str(Light.YELLOW.value),
        "<green>": str(Light.GREEN.value),
    }
    written = _WRITE
    for place, part in parts.items():
        written = written.replace(place, part)
    return written


def _within(number: int) -> str:
    """The condition for a band: its light, and between the bands beside it of the same light."""
    band = BANDS[number]
    conditions = [f"light = {band.light.value}", "attained IS NOT NULL"]
    if number and BANDS[number - 1].light is band.light:
        conditions.append(f"attained >= {band.lower}")
    if number + 1 < len(BANDS) and BANDS[number + 1].light is band.light:
        conditions.append(f"attained < {band.upper}")
    return " AND ".join(conditions)
