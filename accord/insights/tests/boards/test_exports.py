"""Files of boards, read back: exactly what the reader sees, no formulas, and a trace of who took them."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from accord.foundation.models import Event
from accord.insights.tests.boards.builders import head_units, judged, last_week
from tests.cast import Cast, client_of, employee

pytestmark = pytest.mark.django_db


def workbook(response) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(BytesIO(response.content))


def cells(book: CalamineWorkbook) -> list[object]:
    return [cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]


def test_a_workbook_says_what_it_holds_for_when_and_who_took_it(cast: Cast) -> None:
    one = judged(cast.xiaozhang, 60, name="签约额")
    address = reverse("insights:board_company")
    response = client_of(cast.executive_chen).get(f"{address}?as=xlsx&metric={one.series.metric_id}")
    book = workbook(response)
    about = dict(book.get_sheet_by_name("关于本文件").to_python()[1:])
    assert about["指标"] == "签约额"
    assert about["周期"] == last_week().label
    assert about["导出人"] == cast.executive_chen.user.get_full_name()
    assert {"数据截至", "时间"} <= set(about)
    (units,) = [name for name in book.sheet_names if name.startswith("部门与指标")]
    assert book.get_sheet_by_name(units).to_python()[1] == ["销售部", 1, 0, 0, 0, "0/1"]


def test_whoever_takes_a_board_leaves_a_trace_without_values(cast: Cast) -> None:
    one = judged(cast.xiaozhang, 60)
    address = reverse("insights:board_unit", args=[cast.east.pk])
    client_of(cast.hrbp_wang).get(f"{address}?as=pdf&metric={one.series.metric_id}")
    event = Event.objects.get(name="board.exported")
    assert event.actor == cast.hrbp_wang.user
    assert event.payload == {"board": f"unit:{cast.east.pk}", "filter": f"metric={one.series.metric_id}", "kind": "pdf"}


def test_a_file_holds_nobody_whom_the_reader_does_not_see(cast: Cast) -> None:
    head_units(cast)
    judged(cast.xiaozhang, 60)
    guest = employee("A013", "借调者", cast.east, cast.stranger_manager)
    judged(guest, 60)
    address = reverse("insights:board_unit", args=[cast.east.pk])
    mine, all_of_them = (
        workbook(client_of(who).get(f"{address}?as=xlsx")) for who in (cast.manager_li, cast.hrbp_wang)
    )
    assert "小张" in cells(mine)
    assert "借调者" not in cells(mine)
    assert {"小张", "借调者"} <= set(cells(all_of_them))
    assert client_of(cast.stranger).get(f"{address}?as=xlsx").status_code == 404
    assert Event.objects.filter(name="board.exported").count() == 2


def test_a_name_that_begins_like_a_formula_stays_a_text(cast: Cast) -> None:
    judged(employee("A015", "=1+1", cast.east, cast.manager_li), 60)
    address = reverse("insights:team-of", args=[cast.manager_li.pk])
    assert "=1+1" in cells(workbook(client_of(cast.manager_li).get(f"{address}?as=xlsx")))


def test_a_pdf_lies_across_with_name_periods_and_pages(cast: Cast) -> None:
    for number in range(30):
        judged(employee(f"B{number:02d}", f"新人{number}", cast.east, cast.manager_li), 60, name=f"新指标{number}")
    address = reverse("insights:board_unit", args=[cast.east.pk])
    response = client_of(cast.hrbp_wang).get(f"{address}?as=pdf")
    pages = PdfReader(BytesIO(response.content)).pages
    assert len(pages) > 1
    assert float(pages[0].mediabox.width) > float(pages[0].mediabox.height)
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert "华东组" in text
        assert last_week().label in text
        assert f"第 {number} 页，共 {len(pages)} 页" in text


@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_a_person_takes_their_own_page(cast: Cast, kind: str) -> None:
    judged(cast.xiaozhang, 90, 60, name="签约额")
    address = reverse("insights:person", args=[cast.xiaozhang.pk])
    response = client_of(cast.xiaozhang).get(f"{address}?as={kind}")
    assert response.status_code == 200
    if kind == "xlsx":
        rows = workbook(response).get_sheet_by_name("近 13 期").to_python()[1:]
        assert [row[2] for row in rows] == [90, 60]
    assert "no-store" in response["Cache-Control"]


def test_an_unknown_kind_of_file_is_not_found(cast: Cast) -> None:
    assert client_of(cast.executive_chen).get(reverse("insights:board_company") + "?as=exe").status_code == 404
    assert not Event.objects.filter(name="board.exported").exists()
