"""What moved since last week: lights that turned, and the KPIs that came or went farthest against their targets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from accord.alerts.models import Light
from accord.alerts.services.sql import Statement
from accord.domain.numbers import from_micro
from accord.insights.queries.weekly_reports.facts import Fact, fact, number, series_by_id
from accord.insights.queries.weekly_reports.groups import LISTED, ReaderGroup

FARTHEST = 3
TURNS = {Light.RED: "red", Light.YELLOW: "yellow", Light.GREEN: "green"}

# Direct reports before those farther down; then the worst first. Attainment without a positive target does not exist.
_SQL = f"""
    WITH reach AS (<reach>),
    compared AS (
        SELECT r.reader_id, r.series_id, CASE WHEN r.depth > 1 THEN 1 ELSE 0 END AS far, n.kpi_id,
               n.period, n.value, n.target, n.light,
               t.period AS then_period, t.value AS then_value, t.target AS then_target, t.light AS then_light,
               CASE WHEN m.direction = 'down' THEN -1 ELSE 1 END * n.value * 1.0 / NULLIF(n.target, 0) AS attained,
               CASE WHEN m.direction = 'down' THEN -1 ELSE 1 END * t.value * 1.0 / NULLIF(t.target, 0) AS attained_then
        FROM reach r CROSS JOIN series s CROSS JOIN metrics m CROSS JOIN kpi_statuses n CROSS JOIN kpi_statuses t
        WHERE s.id = r.series_id AND m.id = s.metric_id
          AND n.series_id = r.series_id AND n.period IN (<now>)
          AND t.series_id = r.series_id AND t.period = CASE n.period <cases> END),
    ranked AS (
        SELECT compared.*,
               ROW_NUMBER() OVER (
                   PARTITION BY reader_id, light <> then_light, light ORDER BY far, attained, series_id) AS place,
               COUNT(*) OVER (PARTITION BY reader_id, light <> then_light, light) AS many,
               ROW_NUMBER() OVER (
                   PARTITION BY reader_id ORDER BY COALESCE(attained - attained_then, 0), far, series_id) AS fall,
               ROW_NUMBER() OVER (
                   PARTITION BY reader_id ORDER BY COALESCE(attained_then - attained, 0), far, series_id) AS rise
        FROM compared)
    SELECT reader_id, series_id, far, kpi_id, period, value, target, light,
           then_period, then_value, then_target, then_light, place, many,
           CASE WHEN fall <= {FARTHEST} AND attained < attained_then THEN 'fell'
                WHEN rise <= {FARTHEST} AND attained > attained_then THEN 'rose' ELSE '' END
    FROM ranked
    WHERE (light <> then_light AND place <= {LISTED})
       OR (fall <= {FARTHEST} AND attained < attained_then) OR (rise <= {FARTHEST} AND attained > attained_then)
    ORDER BY reader_id, light, place
"""  # noqa: S608 (numbers of this code only)


class _Row(NamedTuple):
    reader: int
    series: int
    far: int
    kpi: int
    period: int
    value: int
    target: int
    light: int
    then_period: int
    then_value: int
    then_target: int
    then_light: int
    place: int
    many: int
    course: str

    @property
    def has_turned(self) -> bool:
        return self.light != self.then_light and self.place <= LISTED


@dataclass
class Movements:
    """`turned` counts lights by the colour they have now; `turns` are the facts of the first, `courses` of the rest."""

    turned: dict[str, int] = field(default_factory=lambda: dict.fromkeys(TURNS.values(), 0))
    turns: list[Fact] = field(default_factory=list)
    courses: list[Fact] = field(default_factory=list)


def movements_of(group: ReaderGroup) -> Mapping[int, Movements]:
    """What moved for each reader: two statements."""
    if not group.pairs:
        return {}
    rows = [_Row(*row) for row in _statement(group).rows()]
    series = series_by_id(row.series for row in rows)
    found: defaultdict[int, Movements] = defaultdict(Movements)
    for row in rows:
        told = fact(series[row.series], *_numbers(row), kpi=row.kpi, direct=not row.far)
        mine = found[row.reader]
        if row.has_turned:
            mine.turned[TURNS[Light(row.light)]] = row.many
            mine.turns.append(told)
        elif row.course:
            mine.courses.append({**told, "course": row.course})
    return found


def _statement(group: ReaderGroup) -> Statement:
    pairs: Sequence[tuple[int, int]] = group.pairs
    now = Statement(", ".join(["%s"] * len(pairs)), tuple(now for now, _then in pairs))
    cases = Statement(" ".join(["WHEN %s THEN %s"] * len(pairs)), tuple(key for pair in pairs for key in pair))
    return Statement(_SQL).fill("<reach>", group.reach()).fill("<now>", now).fill("<cases>", cases)


def _numbers(row: _Row) -> tuple[dict[str, Any], dict[str, Any]]:
    now = number(row.period, from_micro(row.value), from_micro(row.target), row.light)
    then = number(row.then_period, from_micro(row.then_value), from_micro(row.then_target), row.then_light)
    return now, then
