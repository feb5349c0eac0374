"""Keeps `OrgClosure` equal to what the reporting lines say, past and present."""

from __future__ import annotations

from collections.abc import Iterable

from accord.people.services.staging import drop, run, stage, tell_planner

LONGEST_LINE = 100
"""Levels from the top to the bottom of the organisation. A longer line is a mistake in a file."""


def refresh_closure(changed: Iterable[int]) -> None:
    """Make the closure right again after the lines of the employees `changed` were written, and for nobody else.

    The closure is a pure function of placements and reporting lines, dates included: whoever is above somebody is so on
    exactly the days on which every line between them held. So the rows of all people who were below a changed one are
    worked out anew and compared; rows that stay the same are not touched.
    """
    stage("changed_people", "employee_id bigint PRIMARY KEY", ((pk,) for pk in changed))
    stage("closure_scope", "employee_id bigint PRIMARY KEY")
    run(
        "INSERT INTO closure_scope SELECT employee_id FROM changed_people UNION"
        " SELECT c.descendant_id FROM org_closure c JOIN changed_people p ON p.employee_id = c.ancestor_id"
    )
    tell_planner("closure_scope")
    _write_scope()
    drop("changed_people", "closure_scope")


def rebuild_closure() -> None:
    """Work the whole closure out anew from the lines; changes nothing when it was right."""
    stage("closure_scope", "employee_id bigint PRIMARY KEY")
    run("INSERT INTO closure_scope SELECT id FROM employees")
    _write_scope()
    drop("closure_scope")


def _write_scope() -> None:
    stage(
        "wanted_closure",
        "descendant_id bigint, ancestor_id bigint, depth smallint, valid_from date, valid_to date,"
        " PRIMARY KEY (descendant_id, ancestor_id, valid_from)",
    )
    run(_WORK_OUT)
    tell_planner("wanted_closure")
    run(_DELETE, _UPSERT)
    drop("wanted_closure")


# One step up at a time; each step holds on the days that its line and all steps before it share.
_WORK_OUT = f"""
WITH RECURSIVE up (descendant_id, ancestor_id, depth, valid_from, valid_to) AS (
    SELECT p.employee_id, p.employee_id, 0, MIN(p.valid_from), CAST(NULL AS date)
    FROM closure_scope s JOIN placements p ON p.employee_id = s.employee_id
    GROUP BY p.employee_id
    UNION ALL
    SELECT up.descendant_id, l.manager_id, up.depth + 1,
        CASE WHEN l.valid_from > up.valid_from THEN l.valid_from ELSE up.valid_from END,
        CASE WHEN up.valid_to IS NULL OR l.valid_to < up.valid_to THEN l.valid_to ELSE up.valid_to END
    FROM up JOIN reporting_lines l ON l.employee_id = up.ancestor_id
        AND (up.valid_to IS NULL OR l.valid_from <= up.valid_to)
        AND (l.valid_to IS NULL OR l.valid_to >= up.valid_from)
    WHERE up.depth < {LONGEST_LINE}
)
INSERT INTO wanted_closure SELECT descendant_id, ancestor_id, depth, valid_from, valid_to FROM up
"""  # noqa: S608 (a constant of this module)

_DELETE = """
DELETE FROM org_closure WHERE descendant_id IN (SELECT employee_id FROM closure_scope) AND NOT EXISTS (
    SELECT 1 FROM wanted_closure w WHERE w.descendant_id = org_closure.descendant_id
    AND w.ancestor_id = org_closure.ancestor_id AND w.valid_from = org_closure.valid_from
)
"""

# "WHERE true" tells SQLite's parser that ON belongs to the conflict and not to a join.
_UPSERT = """
INSERT INTO org_closure (ancestor_id, descendant_id, depth, valid_from, valid_to)
SELECT ancestor_id, descendant_id, depth, valid_from, valid_to FROM wanted_closure WHERE true
ORDER BY ancestor_id, descendant_id
ON CONFLICT (ancestor_id, descendant_id, valid_from) DO UPDATE
SET depth = excluded.depth, valid_to = excluded.valid_to
WHERE org_closure.depth <> excluded.depth
    OR COALESCE(org_closure.valid_to, '9999-12-31') <> COALESCE(excluded.valid_to, '9999-12-31')
"""
