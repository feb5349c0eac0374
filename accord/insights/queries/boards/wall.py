"""Boards for a screen on the wall: units in large figures, a reader's own team; nobody else's name, no small groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from accord.domain.group_status import MINIMUM
from accord.insights.queries.boards.counting import Tally
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
    people = people_within([*scope.units, *scope.rows])
    large = [row for row in board.rows if min(people.get(row.unit.pk, 0), row.tally.expected) >= MINIMUM][:_MOST_ROWS]
    # A column of which nothing may be shown would only take up room.
    places = [place for place in range(len(board.columns)) if any(_is_large(row.cells[place]) for row in large)]
    rows = [_for_passers_by(row, places[:_MOST_COLUMNS]) for row in large]
    columns = [board.columns[place] for place in places[:_MOST_COLUMNS]]
    worse = [change for change in board.worse if _is_large(change.now)]
    is_small = min(sum(people.get(unit.pk, 0) for unit in scope.units), board.tally.expected) < MINIMUM
    return WallBoard(title, replace(board, columns=columns, rows=rows), worse[:_MOST_CHANGES], is_small)


def _is_large(tally: Tally | None) -> bool:
    return tally is not None and tally.expected >= MINIMUM


def _for_passers_by(row: UnitRow, places: Sequence[int]) -> UnitRow:
    cells = [row.cells[place] if _is_large(row.cells[place]) else None for place in places]
    troubled = [(metric, tally) for metric, tally in row.troubled if _is_large(tally)]
    return UnitRow(row.unit, row.tally, cells, troubled[:_MOST_OF_UNIT], row.calm)
