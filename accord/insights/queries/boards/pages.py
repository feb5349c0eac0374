"""What one page of a board shows, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from accord.foundation.components.charts import Trend
from accord.insights.queries.boards.counting import Choices, choices_of
from accord.insights.queries.boards.own import own_kpis
from accord.insights.queries.boards.people import PeopleOnBoard, people_on_board
from accord.insights.queries.boards.scope import BoardFilter, Scope
from accord.insights.queries.boards.units import History, UnitBoard, board_of_units, history_of
from accord.insights.queries.lights import KpiLight
from accord.insights.queries.people import trend_of
from accord.people.models import Employee


@dataclass(frozen=True)
class OwnKpi:
    """A KPI that a unit answers for itself, and its thirteen periods."""

    light: KpiLight
    trend: Trend


@dataclass(frozen=True)
class BoardPage:
    """A board with what it can be narrowed to. `people` are None on a board that has rows of units instead."""

    scope: Scope
    wanted: BoardFilter
    board: UnitBoard
    choices: Choices
    own: Sequence[OwnKpi]
    history: History
    people: PeopleOnBoard | None

    @property
    def is_withheld(self) -> bool:
        """Whether nothing is counted because somebody in the unit stands outside the reader's line."""
        return self.scope.of_one_line and not self.board.tally.expected


def board_page(
    scope: Scope, wanted: BoardFilter, people: QuerySet[Employee] | None = None, page: str = "1"
) -> BoardPage:
    """The page of a scope: a constant number of statements for a company of any size."""
    board = board_of_units(scope, wanted)
    own = own_kpis(scope.units, board.periods) if not wanted.position else []
    shown = [light for light in own if wanted.metric in (None, light.metric)]
    return BoardPage(
        scope=scope,
        wanted=wanted,
        board=board,
        choices=choices_of(scope, [period.key for period in board.periods.values()]),
        own=[OwnKpi(light, trend_of(light)) for light in shown],
        history=history_of(scope, wanted, board),
        people=people_on_board(people, wanted, board.periods, page) if people is not None else None,
    )
