"""The facts that an import of people leaves behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from accord.foundation.imports import ImportOptions
from accord.foundation.services.events import record, record_batch
from accord.people.models import Employee
from accord.people.services.people_import.plan import Plan

MOVES = frozenset({"org_unit", "position", "manager"})
_LEFT = Employee.Status.LEFT

Fact = tuple[str, dict[str, object]]
"""The name of an event and what it carries beside the employee."""


def record_facts(made: Plan, pks: Mapping[str, int], day: date, options: ImportOptions) -> None:
    """Record who joined, moved, left, came back or was corrected, and the import that sums them up.

    Only the import has reactions: a file that moves everybody must not set off as many of them as there are people.
    """
    facts: dict[str, list[Fact]] = defaultdict(list)
    for key in (*made.created, *made.changed):
        for name, payload in _facts(made, key, day.isoformat()):
            facts[name].append((f"employees:{pks[key]}", {"employee_id": pks[key], **payload}))
    for name, those in facts.items():
        record_batch(name, those, actor=options.actor)
    counts = {"created": len(made.created), "changed": len(made.changed), "same": made.same}
    run_id = options.run.pk if options.run else None
    record("people.imported", actor=options.actor, run_id=run_id, counts=counts)


def _facts(made: Plan, key: str, on: str) -> Iterator[Fact]:
    if key not in made.changed:
        yield "employee.joined", {"on": made.draft.known.first_days[key].isoformat()}
        if made.after(key).has_left:
            yield "employee.left", {"on": on}
        return
    changed = {name: made.words(key, name) for name in made.changed[key]}
    was, now = changed.get("status", ["", ""])
    if _LEFT in (was, now):
        del changed["status"]
        yield ("employee.left" if now == _LEFT else "employee.returned"), {"on": on}
    if moves := {name: pair for name, pair in changed.items() if name in MOVES}:
        yield "employee.moved", {"on": on, "changed": moves}
    if corrections := {name: pair for name, pair in changed.items() if name not in MOVES}:
        yield "employee.changed", {"changed": corrections}
