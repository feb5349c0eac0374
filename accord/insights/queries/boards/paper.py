"""A board as tables, for files that leave the product: what its reader sees, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accord.foundation.components.signs import LIGHTS, light_code
from accord.foundation.spreadsheets.writing import Cell
from accord.insights.queries.boards.age import DataAge
from accord.insights.queries.boards.counting import Tally
from accord.insights.queries.boards.drawings import on_track
from accord.insights.queries.boards.pages import BoardPage
from accord.insights.queries.boards.scope import BoardFilter
from accord.insights.queries.boards.words import age_text, attained, period_list
from accord.insights.queries.lights import KpiLight
from accord.insights.queries.people import PersonSheet
from accord.insights.queries.teams import Board, Counts, Group
from accord.metrics.templatetags.metrics import metric_name, quantity


@dataclass(frozen=True)
class Shown:
    """A cell in the colour of a light; `value` is what a spreadsheet reckons with."""

    text: str
    light: str = ""
    value: Cell = None


@dataclass(frozen=True)
class PaperTable:
    """One table: a sheet of the workbook, a section of the PDF."""

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Shown]]


@dataclass(frozen=True)
class Paper:
    """A board to take along. `key` names it in the trail; `facts` say what is filtered, for when, how old."""

    title: str
    key: str
    counts: Counts | None
    facts: Sequence[tuple[str, str]]
    tables: Sequence[PaperTable]
    bars: Sequence[tuple[str, str, int]] = field(default=())
    course: Sequence[tuple[str, Sequence[int]]] = field(default=())


def unit_paper(title: str, key: str, page: BoardPage) -> Paper:
    """The board of the company, a unit or a position."""
    board = page.board
    tables = [_units_table(page), _course_table(page)]
    if page.own:
        tables.insert(0, _kpis_table(_("KPIs of the unit"), [own.light for own in page.own]))
    if page.people:
        tables += _people_tables(page.people.groups)
    return Paper(
        title=title,
        key=key,
        counts=board.tally.counts,
        facts=[
            *_filters(page.wanted),
            (_("Periods"), period_list(board.periods)),
            (_("Data until"), age_text(board.age)),
        ],
        tables=[table for table in tables if table.rows],
        course=[(period.label, _four(tally)) for period, tally in board.course],
    )


def team_paper(title: str, key: str, board: Board, age: DataAge) -> Paper:
    """The board of a team."""
    facts = [(_("Periods"), period_list(board.periods)), (_("Data until"), age_text(age))]
    return Paper(title, key, board.counts, facts, _people_tables(board.groups))


def person_paper(title: str, key: str, sheet: PersonSheet, age: DataAge) -> Paper:
    """The page of a person: each KPI, and its thirteen periods."""
    lights = [panel.light for panel in sheet.panels]
    history = [
        [_plain(metric_name(light.metric)), _plain(period.label), *_value(light, period.key)]
        for light in lights
        for period in light.periods
        if period.key in light.statuses
    ]
    headers = [_("Metric"), _("Period"), _("Value"), _("Target"), _("Status light")]
    tables = [_kpis_table(_("KPIs"), lights), PaperTable(_("Thirteen periods"), headers, history)]
    return Paper(title, key, Counts.of(lights), [(_("Data until"), age_text(age))], tables)


def _filters(wanted: BoardFilter) -> list[tuple[str, str]]:
    chosen = [
        (_("Position"), wanted.position.name if wanted.position else ""),
        (_("Metric"), metric_name(wanted.metric) if wanted.metric else ""),
        (_("Status light"), str(LIGHTS[light_code(wanted.light)]) if wanted.light is not None else ""),
    ]
    return [(name, text) for name, text in chosen if text] or [(_("Filters"), pgettext("filters", "none"))]


def _units_table(page: BoardPage) -> PaperTable:
    board = page.board
    headers = [pgettext("organisation", "Unit"), *_light_words(), *(metric_name(metric) for metric in board.columns)]
    rows = [[_plain(row.unit.name), *map(_number, _four(row.tally)), *map(_tally, row.cells)] for row in board.rows]
    return PaperTable(_("Units and metrics: how many of how many are on track"), headers, rows)


def _course_table(page: BoardPage) -> PaperTable:
    rows = [[_plain(period.label), *map(_number, _four(tally))] for period, tally in page.board.course]
    return PaperTable(_("Lights over time"), [_("Period"), *_light_words()], rows)


def _people_tables(groups: Sequence[Group]) -> list[PaperTable]:
    return [_group_table(group) for group in groups]


def _group_table(group: Group) -> PaperTable:
    if not group.metrics:
        headers = [_("Name"), _("Position"), _("Metric"), _("Attainment")]
        rows = [
            [_plain(row.employee.name), _plain(row.employee.position.name), _plain(metric_name(kpi.metric)), _kpi(kpi)]
            for row in group.rows
            for kpi in row.lights
        ]
        return PaperTable(group.position or _("One of a kind"), headers, rows)
    headers = [_("Name"), *(metric_name(metric) for metric in group.metrics)]
    lines = [[_plain(row.employee.name), *(_kpi(cell) for cell in cells)] for row, cells in group.lines]
    return PaperTable(group.position, headers, lines)


def _kpis_table(title: str, lights: Sequence[KpiLight]) -> PaperTable:
    headers = [_("Metric"), _("Period"), _("Value"), _("Target"), _("Status light"), _("Attainment")]
    rows = [
        [_plain(metric_name(kpi.metric)), _plain(kpi.period.label), *_value(kpi, kpi.period.key), _kpi(kpi)]
        for kpi in lights
    ]
    return PaperTable(title, headers, rows)


def _value(kpi: KpiLight, period: int) -> list[Shown]:
    status = kpi.statuses.get(period)
    if status is None:
        return [_plain("–"), Shown(quantity(kpi.target.target, kpi.metric), "", kpi.target.target), _light(None)]
    value = Shown(quantity(status.value, kpi.metric), "", status.value)
    return [value, Shown(quantity(status.target, kpi.metric), "", status.target), _light(status.light)]


def _light(light: int | None) -> Shown:
    code = light_code(light)
    return Shown(str(LIGHTS[code]), code, str(LIGHTS[code]))


def _kpi(kpi: KpiLight | None) -> Shown:
    return Shown(attained(kpi), light_code(kpi.light), attained(kpi)) if kpi else Shown("")


def _tally(tally: Tally | None) -> Shown:
    return Shown(on_track(tally), light_code(tally.light), on_track(tally)) if tally else Shown("")


def _plain(text: str) -> Shown:
    return Shown(text, "", text)


def _number(many: int) -> Shown:
    return Shown(str(many), "", many)


def _four(tally: Tally) -> list[int]:
    return [tally.red, tally.yellow, tally.green, tally.expected - tally.judged]


def _light_words() -> list[str]:
    return [str(LIGHTS[code]) for code in ("red", "yellow", "green", "grey")]
