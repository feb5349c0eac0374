"""What a board of units says: where it is red, what changed, since when; and filters that live in its address."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.insights.tests.boards.builders import head_units, judged, last_week
from tests.cast import Cast, client_of, employee, org_unit

pytestmark = pytest.mark.django_db


def company(cast: Cast, query: str = "", **headers: str):
    return client_of(cast.executive_chen).get(reverse("insights:board_company") + query, headers=headers)


def test_the_company_is_counted_by_unit_with_the_reddest_first(cast: Cast) -> None:
    judged(cast.stranger, 100)
    judged(cast.xiaozhang, 60)
    board = company(cast).context["board"]
    assert [(row.unit.name, row.tally.red, row.tally.green) for row in board.rows] == [
        ("销售部", 1, 0),
        ("客服部", 0, 1),
    ]
    assert (board.tally.red, board.tally.green, board.tally.expected) == (1, 1, 2)


def test_what_got_worse_and_what_got_better_since_the_last_period(cast: Cast) -> None:
    worse = judged(cast.xiaozhang, 100, 60, name="签约额")
    better = judged(cast.stranger, 60, 100, name="解决率")
    board = company(cast).context["board"]
    assert [(one.unit.name, one.metric, one.more_red) for one in board.worse] == [("销售部", worse.series.metric, 1)]
    assert [(one.unit.name, one.metric) for one in board.better] == [("客服部", better.series.metric)]
    assert (board.before.period.red, board.before.quarter) == (1, None)


def test_thirteen_weeks_say_since_when(cast: Cast) -> None:
    judged(cast.xiaozhang, 100, 100, 60, 60)
    page = company(cast).context["page"]
    assert [period.label for period, _ in page.board.course] == [
        (last_week() - back).label for back in range(12, -1, -1)
    ]
    (row,) = [tallies for unit, tallies in page.history.rows if unit.name == "销售部"]
    assert [tally.red for tally in row][-4:] == [0, 0, 1, 1]


def test_every_cell_leads_down_to_the_person_and_the_number(cast: Cast) -> None:
    one = judged(cast.xiaozhang, 60, name="签约额")
    below = f"{reverse('insights:board_unit', args=[cast.sales.pk])}?metric={one.series.metric_id}"
    assert below in company(cast).content.decode()
    client = client_of(cast.executive_chen)
    sales = client.get(below).content.decode()
    leaf = f"{reverse('insights:board_unit', args=[cast.east.pk])}?metric={one.series.metric_id}"
    assert leaf in sales
    assert f"{reverse('insights:person', args=[cast.xiaozhang.pk])}#kpi-{one.pk}" in client.get(leaf).content.decode()


def test_a_unit_shows_its_own_kpis_with_the_way_to_their_origin(cast: Cast) -> None:
    one = judged(cast.east, 90, name="组回款率")
    page = client_of(cast.hrbp_wang).get(reverse("insights:board_unit", args=[cast.east.pk]))
    assert reverse("metrics:origin", args=[one.series_id, last_week().key]) in page.content.decode()
    assert [own.light.kpi for own in page.context["page"].own] == [one]


def test_filters_narrow_and_can_be_shared(cast: Cast) -> None:
    one = judged(cast.xiaozhang, 60, 60, name="签约额")
    judged(cast.xiaozhang, 100, 100, name="回款率")
    judged(cast.stranger, 100, 100, name="解决率")
    assert company(cast, f"?metric={one.series.metric_id}").context["board"].tally.expected == 1
    assert company(cast, f"?position={cast.stranger.position_id}").context["board"].tally.expected == 1
    assert [row.unit.name for row in company(cast, "?light=red").context["board"].rows] == ["销售部"]
    assert company(cast, f"?period={(last_week() - 1).label}").context["board"].tally.expected == 3
    both = company(cast, f"?metric={one.series.metric_id}&position={cast.stranger.position_id}")
    assert both.context["board"].tally.expected == 0


@pytest.mark.parametrize(
    "query",
    [
        "position=9999",
        "position=x",
        "metric=²",
        "metric=" + "9" * 40,
        "period=2026-W99",
        "period=9999-W01",
        "light=pink",
    ],
)
def test_a_filter_that_means_nothing_costs_a_sentence_and_not_the_page(cast: Cast, query: str) -> None:
    judged(cast.xiaozhang, 60)
    page = company(cast, f"?{query}")
    assert page.context["board"].tally.expected == 1
    assert len(page.context["wanted"].ignored) == 1
    assert page.context["wanted"].ignored[0] in page.content.decode()


def test_fewer_than_five_have_no_distribution(cast: Cast) -> None:
    judged(cast.xiaozhang, 60)
    assert "满 5 项 KPI 才显示分布" in company(cast).content.decode()
    for number in range(4):
        judged(employee(f"B{number}", f"新人{number}", cast.east, cast.manager_li), 100)
    page = company(cast)
    assert "满 5 项" not in page.content.decode()
    assert page.context["board"].tally.bands == (0, 1, 0, 0, 4, 0, 0)


def test_the_age_of_the_data_names_what_lags_behind(cast: Cast) -> None:
    judged(cast.xiaozhang, 100, name="签约额")
    late = judged(cast.stranger, 100, name="解决率")
    age = company(cast).context["board"].age
    assert [period.label for period in age.until] == [last_week().label]
    # Neither has a freshness: these values were laid down by hand, so both say that nobody brought them.
    assert late.series.metric in [metric for metric, _ in age.behind]


def test_a_panel_that_nothing_changed_costs_a_304(cast: Cast) -> None:
    judged(cast.xiaozhang, 100)
    client, address = client_of(cast.executive_chen), reverse("insights:board_company")
    first = client.get(address, headers={"HX-Request": "true"})
    again = client.get(address, headers={"HX-Request": "true", "If-None-Match": first["ETag"]})
    assert (again.status_code, first.content.decode().lstrip().startswith("<div")) == (304, True)
    judged(cast.colleague, 40)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_more_units_metrics_and_people_cost_no_more_statements(cast: Cast) -> None:
    head_units(cast)
    client = client_of(cast.executive_chen)
    addresses = [
        reverse("insights:boards"),
        reverse("insights:board_company"),
        reverse("insights:board_unit", args=[cast.east.pk]),
        reverse("insights:board_position", args=[cast.xiaozhang.position_id]),
        reverse("insights:wall"),
    ]

    def statements() -> list[int]:
        counts = []
        for address in addresses:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            counts.append(len(captured))
        return counts

    judged(cast.xiaozhang, 60)
    judged(cast.east, 60)
    statements()
    before = statements()
    for number in range(10):
        unit = org_unit(f"远航电商/部门{number}")
        judged(employee(f"B{number}", f"新人{number}", unit, cast.executive_chen), 60)
        judged(employee(f"C{number}", f"旧人{number}", cast.east, cast.manager_li), 60)
    assert statements() == before
    assert max(before) <= 25
