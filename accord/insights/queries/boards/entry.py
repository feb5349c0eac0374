"""Where to begin: the units and positions somebody may look at, with the lights of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accord.insights.queries.boards.counting import NOTHING, Tally, by_unit, cells_of, positions_in
from accord.insights.queries.boards.scope import BoardFilter, Scope
from accord.insights.queries.lights import newest_periods
from accord.people.models import OrgUnit, Position


@dataclass(frozen=True)
class Entry:
    """The whole scope, its units with those that have most off track first, and its positions."""

    tally: Tally
    units: Sequence[tuple[OrgUnit, Tally]]
    positions: Sequence[tuple[Position, Tally]]


def entry_of(scope: Scope, on: date) -> Entry:
    """The way in to the boards of a scope; a constant number of statements."""
    periods = [period.key for period in newest_periods(on).values()]
    units = {unit.pk: unit for unit in (*scope.units, *scope.rows)}
    found = by_unit(cells_of(scope, BoardFilter(on), units, periods))
    tallies = {pk: sum(found.get(pk, {}).values(), NOTHING) for pk in units}
    rows = [(unit, tallies[unit.pk]) for unit in scope.rows or scope.units]
    return Entry(
        tally=sum((tallies[unit.pk] for unit in scope.units), NOTHING),
        units=sorted(rows, key=lambda row: (-row[1].red, -row[1].yellow, row[0].name)),
        positions=positions_in(scope, periods),
    )
