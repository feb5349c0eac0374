"""The numbers of a board as charts take them."""

from __future__ import annotations

from accord.alerts.models import Light
from accord.domain.group_status import BANDS
from accord.foundation.components.charts import Distribution, HeatMap, LightCourse
from accord.foundation.components.signs import LIGHTS, light_code
from accord.insights.queries.boards.counting import Tally
from accord.insights.queries.boards.units import History, UnitBoard


def words() -> dict[str, str]:
    """The word of each light in the reader's language."""
    return {code: str(word) for code, word in LIGHTS.items()}


def spread_drawing(board: UnitBoard, name: str) -> Distribution:
    """How attainment spreads over the KPIs of a board."""
    return Distribution(
        [band.label for band in BANDS], [light_code(band.light) for band in BANDS], board.tally.bands, name, words()
    )


def course_drawing(board: UnitBoard) -> LightCourse:
    """The lights of a board over thirteen periods."""
    tallies = [tally for _, tally in board.course]
    counts = {light_code(light): [_many(tally, light) for tally in tallies] for light in (*Light, 0)}
    return LightCourse([period.label for period, _ in board.course], counts, words())


def history_drawing(history: History, corner: str) -> HeatMap:
    """One metric by unit and period."""
    return HeatMap(
        rows=[unit.name for unit, _ in history.rows],
        columns=[period.label for period in history.periods],
        cells=[[(light_code(tally.light), on_track(tally)) for tally in tallies] for _, tallies in history.rows],
        words=words(),
        corner=corner,
    )


def on_track(tally: Tally) -> str:
    """How many of how many are on track: 19/21; a dash where nothing is judged."""
    return f"{tally.green}/{tally.judged}" if tally.judged else "–"


def _many(tally: Tally, light: int) -> int:
    return (tally.expected - tally.judged, tally.red, tally.yellow, tally.green)[light]
