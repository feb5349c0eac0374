"""What follows from placements and lines, brought up to date after they were written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from accord.people.services.closure import refresh_closure
from accord.people.services.staging import drop, run, stage, tell_planner
from accord.people.services.units import derive_heads


def settle(in_new_lines: Sequence[int], units: Iterable[int]) -> None:
    """Make the closure right below everybody whose line changed, and the heads of `units` and of all their people's."""
    refresh_closure(in_new_lines)
    stage("headed_units", "org_unit_id bigint PRIMARY KEY", ((pk,) for pk in set(units)))
    stage("risen_people", "employee_id bigint PRIMARY KEY", ((pk,) for pk in in_new_lines))
    run(_UNITS_BELOW)
    tell_planner("headed_units")
    derive_heads()
    drop("risen_people", "headed_units")


_UNITS_BELOW = """
INSERT INTO headed_units
SELECT DISTINCT e.org_unit_id
FROM risen_people p
JOIN org_closure c ON c.ancestor_id = p.employee_id AND c.valid_to IS NULL
JOIN employees e ON e.id = c.descendant_id
WHERE NOT EXISTS (SELECT 1 FROM headed_units u WHERE u.org_unit_id = e.org_unit_id)
"""
