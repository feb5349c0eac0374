"""Files and agreements side by side: never two targets of one series for one period."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from accord.domain.periods import Period
from accord.foundation.imports import ImportOptions, ImportResult
from accord.goals.models import KpiTarget
from accord.goals.queries.kpis import kpi_sheets
from accord.goals.services.agreements.amending import draft_amendment
from accord.goals.services.agreements.terms import edit_line
from accord.goals.services.kpi_import import import_kpis
from accord.goals.tests.agree.builders import drafted, metric, on, quarter, signed
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 16)


@pytest.fixture
def load(tmp_path: Path, cast: Cast):
    def run(*lines: str) -> ImportResult:
        path = tmp_path / "kpis.csv"
        text = "\n".join(["工号,指标,权重,目标,生效自,生效至", *lines])
        people = (("小张", cast.xiaozhang), ("小林", cast.colleague))
        for name, person in people:
            text = text.replace(name, person.employee_no)
        path.write_text(text, "utf-8")
        with on(NOVEMBER):
            return import_kpis(path, ImportOptions())

    return run


@pytest.fixture
def agreement(cast: Cast):
    quarter()
    metric("客单价", unit="元")
    with on(date(2026, 10, 5)):
        made = drafted(cast.xiaozhang)
        signed(made)
    return made


def spans(of: str) -> list[tuple[str, str]]:
    rows = KpiTarget.objects.filter(series__metric__name=of).order_by("from_period")
    return [(Period(row.from_period).label, Period(row.to_period).label) for row in rows]


@pytest.mark.parametrize("when", [",", "2026-10-01,2026-12-31", "2026-W50,", "2026-12,"])
def test_rows_for_somebody_whose_agreement_is_in_force_are_refused(load, cast: Cast, agreement, when: str) -> None:
    result = load(f"小张,签约额,100%,30,{when}", f"小林,签约额,100%,30,{when}")
    assert (result.created, result.refused) == (1, 1)
    [refused] = [remark for remark in result.remarks if remark.is_refusal]
    assert (refused.row, refused.code, refused.values["name"]) == (2, "agreement_in_force", "小张")
    mine = KpiTarget.objects.get(series__employee=cast.xiaozhang, series__metric=metric())
    assert (Period(mine.from_period).label, Period(mine.to_period).label, mine.target) == ("2026-W40", "2026-W52", 24)


@pytest.mark.parametrize("name", ["签约额", "客单价"])
def test_a_row_that_begins_earlier_ends_where_the_agreement_begins(load, agreement, name: str) -> None:
    result = load(f"小张,{name},100%,30,2026-07-01,2026-11-30")
    assert (result.created, result.refused) == (1, 0)
    assert [remark.code for remark in result.remarks] == ["agreement_follows"]
    assert spans(name)[0] == ("2026-W27", "2026-W39")


def test_the_next_cycle_is_free_for_a_file(load, agreement) -> None:
    assert load("小张,签约额,100%,30,2027-01-01,2027-03-31").created == 1
    assert spans("签约额") == [("2026-W40", "2026-W52"), ("2026-W53", "2027-W12")]


def test_the_page_of_goals_shows_what_holds_now_and_not_what_an_amendment_ended(cast: Cast, agreement) -> None:
    with on(date(2026, 11, 2)):
        terms = draft_amendment(agreement, cast.xiaozhang, effective_on=date(2026, 12, 7), reason="旺季")
        edit_line(terms, cast.xiaozhang, 0, metric().pk, {"target": Decimal(40)})
        signed(agreement)
    for day, number in ((NOVEMBER, 1), (date(2026, 12, 6), 1), (date(2026, 12, 7), 2), (date(2027, 2, 1), 2)):
        [sheet] = kpi_sheets([cast.xiaozhang], quarter(), day)
        assert ({kpi.line.terms.number for kpi in sheet.kpis if kpi.line}, sheet.weight) == ({number}, 1)
