"""The tree of units: made from paths, its closure, and who heads each."""

from __future__ import annotations

from collections.abc import Iterable

from accord.people.models import Employee, OrgUnit
from accord.people.services.staging import drop, run, stage

SEPARATOR = "/"


def ensure_units(paths: Iterable[str]) -> dict[str, int]:
    """Make the units at `paths` that are not there, with all units above them, level by level.

    Returns the key of every unit by its path.
    """
    known = dict(OrgUnit.objects.values_list("path", "pk"))
    missing = {above for path in paths if path not in known for above in _with_all_above(path)} - known.keys()
    by_level: dict[int, list[str]] = {}
    for path in sorted(missing):
        by_level.setdefault(path.count(SEPARATOR), []).append(path)
    for level in sorted(by_level):
        made = OrgUnit.objects.bulk_create([_unit(path, known) for path in by_level[level]])
        known.update((unit.path, unit.pk) for unit in made)
    if missing:
        rebuild_unit_closure()
    return known


def rebuild_unit_closure() -> None:
    """Make `OrgUnitClosure` say exactly what the parents of the units say."""
    stage(
        "wanted_units",
        "ancestor_id bigint, descendant_id bigint, depth smallint, PRIMARY KEY (ancestor_id, descendant_id)",
    )
    run(_UNITS_UP, _DELETE_UNITS, _UPSERT_UNITS)
    drop("wanted_units")


def derive_heads() -> None:
    """Find the heads of the units staged as `headed_units` anew: who works there and is above all others who do."""
    stage("unit_heads", "org_unit_id bigint PRIMARY KEY, head_id bigint")
    run(_FIND_HEADS, _WRITE_HEADS)
    drop("unit_heads")


def _with_all_above(path: str) -> list[str]:
    names = path.split(SEPARATOR)
    return [SEPARATOR.join(names[: level + 1]) for level in range(len(names))]


def _unit(path: str, known: dict[str, int]) -> OrgUnit:
    above, _, name = path.rpartition(SEPARATOR)
    return OrgUnit(path=path, name=name, parent_id=known[above] if above else None)


_UNITS_UP = """
WITH RECURSIVE up (ancestor_id, descendant_id, depth) AS (
    SELECT id, id, 0 FROM org_units
    UNION ALL
    SELECT u.parent_id, up.descendant_id, up.depth + 1
    FROM up JOIN org_units u ON u.id = up.ancestor_id WHERE u.parent_id IS NOT NULL
)
INSERT INTO wanted_units SELECT ancestor_id, descendant_id, depth FROM up
"""
_DELETE_UNITS = """
DELETE FROM org_unit_closure WHERE NOT EXISTS (
    SELECT 1 FROM wanted_units w
    WHERE w.ancestor_id = org_unit_closure.ancestor_id AND w.descendant_id = org_unit_closure.descendant_id
)
"""
_UPSERT_UNITS = """
INSERT INTO org_unit_closure (ancestor_id, descendant_id, depth)
SELECT ancestor_id, descendant_id, depth FROM wanted_units WHERE true
ON CONFLICT (ancestor_id, descendant_id) DO UPDATE SET depth = excluded.depth
WHERE org_unit_closure.depth <> excluded.depth
"""

# Everybody is above themselves, so a head is above as many members as there are.
_FIND_HEADS = f"""
INSERT INTO unit_heads
SELECT m.org_unit_id, c.ancestor_id
FROM headed_units u
JOIN employees m ON m.org_unit_id = u.org_unit_id AND m.status <> '{Employee.Status.LEFT}'
JOIN org_closure c ON c.descendant_id = m.id AND c.valid_to IS NULL
JOIN employees h ON h.id = c.ancestor_id AND h.org_unit_id = m.org_unit_id AND h.status <> '{Employee.Status.LEFT}'
GROUP BY m.org_unit_id, c.ancestor_id
HAVING COUNT(*) = (
    SELECT COUNT(*) FROM employees x WHERE x.org_unit_id = m.org_unit_id AND x.status <> '{Employee.Status.LEFT}'
)
"""  # noqa: S608 (a constant)
_WRITE_HEADS = """
UPDATE org_units SET head_id = (SELECT f.head_id FROM unit_heads f WHERE f.org_unit_id = org_units.id)
WHERE id IN (SELECT org_unit_id FROM headed_units)
"""
