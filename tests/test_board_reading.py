"""Boards read as much for a company of 100,000 as for one of 1,000: everything by key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from accord.alerts.models import JudgedPeriod, TeamStatus, UnitStatus
from accord.alerts.services.judging import write_statuses
from accord.domain.periods import Period
from accord.insights.queries.boards.pages import board_page
from accord.insights.queries.boards.scope import BoardFilter, Scope
from accord.insights.queries.teams import board_of
from accord.people.models import Employee, OrgUnit
from tests.bench.evaluation import OWN, WEEK, WEEK_BEFORE, fill

TODAY = Period(WEEK).end + timedelta(days=3)
SMALL, LARGE = 1_000, 100_000
# Somebody with ten reports, in a company of any size.
MANAGER = 7
FIRST_UNIT = OWN + 1
# Eleven units in thirteen weeks, four pages each: where PostgreSQL reads a small table whole, it looks up a large one.
LOOK_UPS = 11 * 13 * 4
# A tree of units, ten in each, and their rows over fifteen weeks.
UNITS = (
    f"""INSERT INTO org_units (id, parent_id, name, path, is_active)
        SELECT {OWN} + id, CASE WHEN id = 1 THEN NULL ELSE {OWN} + (id - 2) / 10 + 1 END,
               'U' || id, 'U' || id, is_active
        FROM employees CROSS JOIN (SELECT is_active FROM org_units WHERE id = {OWN}) o WHERE employees.id <= %s""",
    f"""INSERT INTO unit_statuses (period, org_unit_id, metric_id, of_one_line, red, yellow, green, expected,
                                   band_0, band_1, band_2, band_3, band_4, band_5, band_6)
        SELECT {WEEK} - w.id + 1, u.id, {OWN}, u.is_active, 1, 2, 7, 10, 0, 1, 1, 1, 7, 0, 0
        FROM org_units u CROSS JOIN employees w WHERE u.id > {OWN} AND w.id <= 15
        ORDER BY w.id DESC, u.id""",
)


@contextmanager
def pages_read() -> Iterator[list[int]]:
    """Counts what the statements inside read: pages on PostgreSQL, steps of the virtual machine on SQLite."""
    counts: list[int] = []

    def explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        with context["connection"].connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
            plan = cursor.fetchone()[0]
            plan = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
            counts.append(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])
        return execute(sql, params, many, context)

    if connection.vendor == "postgresql":
        with connection.execute_wrapper(explain):
            yield counts
        return
    steps = iter(lambda: counts.append(1) or 0, 1)
    connection.connection.set_progress_handler(lambda: next(steps), 10)
    try:
        yield counts
    finally:
        connection.connection.set_progress_handler(None, 0)


def costs_of_boards(people: int) -> tuple[int, int]:
    """What the board of one manager and that of the company read, with so many people, each with one KPI."""
    fill(people, each=1)
    for week in (WEEK_BEFORE, WEEK):
        write_statuses(Period(week), TODAY)
        JudgedPeriod.objects.create(period=week, judged_on=TODAY)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO team_statuses (period, ancestor_id, red, yellow, green, expected)"
            " SELECT %s, manager_id, 1, 2, 7, count(*) FROM employees WHERE manager_id > 0 GROUP BY manager_id",
            [WEEK],
        )
        for statement in UNITS:
            cursor.execute(statement, [people // 10] if "%s" in statement else [])
        cursor.execute("ANALYZE")
    return cost_of_a_team_board(people), cost_of_the_company_board(people)


def cost_of_a_team_board(people: int) -> int:
    manager = Employee.objects.get(pk=MANAGER)
    reports = Employee.objects.filter(manager=manager)
    with pages_read() as counts:
        board = board_of(manager, reports, TODAY)
    assert sum(len(group.rows) for group in board.groups) == 10
    assert TeamStatus.objects.count() == people // 10
    return sum(counts)


def cost_of_the_company_board(people: int) -> int:
    root = OrgUnit.objects.get(pk=FIRST_UNIT)
    scope = Scope([root], list(OrgUnit.objects.filter(parent=root)))
    with pages_read() as counts:
        page = board_page(scope, BoardFilter(TODAY))
    assert (len(page.board.rows), page.board.tally.red) == (10, 1)
    assert UnitStatus.objects.count() == people // 10 * 15
    return sum(counts)


@pytest.mark.django_db
def test_a_board_reads_little_whatever_the_size_of_the_company() -> None:
    costs = []
    for people in (SMALL, LARGE):
        with transaction.atomic():
            costs.append(costs_of_boards(people))
            transaction.set_rollback(True)
    for small, large in zip(*costs, strict=True):
        # A hundred times the people make an index one page higher, no more; reading a table whole would cost thousands.
        assert large <= max(2 * small, LOOK_UPS)
