"""Boards for a screen on the wall: units in large figures, a reader's own team; nobody else's name, no small groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from accord.domain.group_status import MINIMUM
from accord.insights.queries.boards.scope import BoardFilter, Scope
from accord.insights.queries.boards.units import Change, UnitBoard, UnitRow, board_of_units
from accord.people.queries.directory import people_within

_MOST_ROWS, _MOST_COLUMNS, _MOST_OF_UNIT, _MOST_CHANGES = 8, 7, 3, 4


@dataclass(frozen=True)
class WallBoard:
    """A board of units as the wall shows it. `is_small`: so few are counted in all that it shows nothing."""

    title: str
    board: UnitBoard
    worse: Sequence[Change]
    is_small: bool


def wall_board(title: str, scope: Scope, wanted: BoardFilter) -> WallBoard:
    """The board of a scope without what tells of fewer people than may be shown to whoever walks by.

    Of one metric a cell counts as many KPIs as people; over all metrics two people may have ten.
    """
    board = board_of_units(scope, wanted)
    columns = board.columns[:_MOST_COLUMNS]
    people = people_within([*scope.units, *scope.rows])
    large = [row for row in board.rows if min(people.get(row.unit.pk, 0), row.tally.expected) >= MINIMUM]
    rows = [_for_passers_by(row, len(columns)) for row in large[:_MOST_ROWS]]
    worse = [change for change in board.worse if change.now.expected >= MINIMUM]
    is_small = min(sum(people.get(unit.pk, 0) for unit in scope.units), board.tally.expected) < MINIMUM
    return WallBoard(title, replace(board, columns=columns, rows=rows), worse[:_MOST_CHANGES], is_small)


def _for_passers_by(row: UnitRow, columns: int) -> UnitRow:
    cells = [cell if cell and cell.expected >= MINIMUM else None for cell in row.cells[:columns]]
    troubled = [(metric, tally) for metric, tally in row.troubled if tally.expected >= MINIMUM]
    return UnitRow(row.unit, row.tally, cells, troubled[:_MOST_OF_UNIT], row.calm)
