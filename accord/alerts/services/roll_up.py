"""The lights of everybody below a manager, counted once a period for all managers, so that boards read one row each."""

from __future__ import annotations

from datetime import date

from accord.alerts.services.sql import Statement
from accord.domain.periods import Period
from accord.goals.queries.kpis import targets_in_force

# A unit's KPI is answered for by the unit's head.
_COUNTED = """
    WITH targets AS (<targets>),
    answered AS (
        SELECT COALESCE(s.employee_id, u.head_id) AS employee_id, k.light
        FROM targets t
        JOIN series s ON s.id = t.series_id
        LEFT JOIN org_units u ON u.id = s.org_unit_id
        LEFT JOIN kpi_statuses k ON k.period = %s AND k.series_id = t.series_id),
    per_person AS (
        SELECT employee_id, count(*) AS expected,
               sum(CASE WHEN light = 1 THEN 1 ELSE 0 END) AS red,
               sum(CASE WHEN light = 2 THEN 1 ELSE 0 END) AS yellow,
               sum(CASE WHEN light = 3 THEN 1 ELSE 0 END) AS green
        FROM answered GROUP BY employee_id)
    SELECT CAST(%s AS integer), c.ancestor_id, sum(p.red), sum(p.yellow), sum(p.green), sum(p.expected)
    FROM per_person p
    JOIN org_closure c ON c.descendant_id = p.employee_id AND c.depth > 0
     AND c.valid_from <= %s AND (c.valid_to IS NULL OR c.valid_to >= %s)
    GROUP BY c.ancestor_id
"""

_WRITE = "INSERT INTO team_statuses (period, ancestor_id, red, yellow, green, expected) <counted>"


def write_team_statuses(period: Period, today: date) -> int:
    """Write the roll-up rows of `period` anew, by the lines that held on its last day (today while it runs).

    Returns how many there are. Runs in the caller's transaction; readers see the old rows until it commits.
    """
    day = min(period.end, today)
    Statement("DELETE FROM team_statuses WHERE period = %s").run(period.key)
    targets = Statement.of(targets_in_force(period.key).values_list("series_id"))
    counted = Statement(_COUNTED).fill("<targets>", targets)
    return Statement(_WRITE).fill("<counted>", counted).run(period.key, period.key, day, day)
