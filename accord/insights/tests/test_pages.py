"""Today, a person's page and the team board: who may open them, what they say, and that they stay cheap."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accord.alerts.services.evaluation import evaluate
from accord.alerts.tests.builders import kpi, measure
from accord.domain.periods import Frequency, Period
from accord.people.services.employment import set_manager
from tests.cast import Cast, employee
from tests.ladder import Ladder

pytestmark = pytest.mark.django_db


def last_week() -> Period:
    return Period.of(timezone.localdate(), Frequency.WEEK) - 1


def judged(subject, *values, target=100, **metric):
    """A KPI with a value in each of the last weeks, oldest first, evaluated."""
    one = kpi(subject, target, **metric)
    newest = last_week()
    measure(one, {newest - back: value for back, value in enumerate(reversed(values))})
    evaluate([newest - back for back in range(len(values))])
    return one


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


class TestToday(Ladder):
    url_name = "insights:today"
    may_open = ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen", "stranger", "administrator")
    hidden_from = ()


class TestPersonPage(Ladder):
    url_name = "insights:person"
    may_open = ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen")
    hidden_from = ("colleague", "stranger", "stranger_manager", "administrator", "auditor")

    def args(self, cast: Cast) -> list[int]:
        return [cast.xiaozhang.pk]


class TestTeamBoard(Ladder):
    url_name = "insights:team-of"
    may_open = ("manager_li", "executive_chen", "hrbp_wang")
    hidden_from = ("xiaozhang", "stranger", "administrator")

    def args(self, cast: Cast) -> list[int]:
        return [cast.manager_li.pk]


class TestTeamBoardByItsOldAddress(TestTeamBoard):
    url_name = "insights:team-of-before"

    def opened(self, response, cast: Cast) -> None:
        assert response["Location"] == reverse("insights:team-of", args=[cast.manager_li.pk])


class TestTeamEntrance(Ladder):
    url_name = "insights:team"
    may_open = ("manager_li", "executive_chen", "xiaozhang")
    hidden_from = ()


def test_today_shows_my_lights_and_who_of_my_team_needs_me(cast: Cast) -> None:
    judged(cast.xiaozhang, 100, 60, name="签约额")
    judged(cast.manager_li, 100, 120, name="团队目标达成率")
    html = signed_in(cast.manager_li).get(reverse("insights:today")).content.decode()
    assert "团队目标达成率" in html
    assert cast.xiaozhang.name in html
    assert "1 项偏离" in html


def test_an_alert_brings_the_talk_to_the_managers_list(cast: Cast, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        judged(cast.xiaozhang, 60, 60, name="签约额")
    html = signed_in(cast.manager_li).get(reverse("insights:today")).content.decode()
    assert "小张：签约额连续两期未达标" in html
    assert "下一步：看数据" in html
    assert "没有要跟进的谈话" in signed_in(cast.executive_chen).get(reverse("insights:today")).content.decode()
    assert "待我跟进" not in signed_in(cast.xiaozhang).get(reverse("insights:today")).content.decode(), "leads nobody"


def test_the_person_page_explains_each_score_and_opens_each_number(cast: Cast) -> None:
    one = judged(cast.xiaozhang, 90, 92, name="签约额", unit="万元")
    html = signed_in(cast.xiaozhang).get(reverse("insights:person", args=[cast.xiaozhang.pk])).content.decode()
    assert "92.00 万元" in html
    assert "完成率 92.00%" in html
    for back in range(2):
        assert reverse("metrics:origin", args=[one.series_id, last_week().key - back]) in html


def test_a_kpi_without_a_value_is_grey_and_never_green(cast: Cast) -> None:
    judged(cast.colleague, 100, name="签约额")
    kpi(cast.xiaozhang, 100, name="回款率")
    html = signed_in(cast.xiaozhang).get(reverse("insights:person", args=[cast.xiaozhang.pk])).content.decode()
    assert "light-grey" in html
    assert "light-green" not in html


def test_the_board_shows_people_by_metric_and_leads_down(cast: Cast) -> None:
    judged(cast.xiaozhang, 60, name="签约额")
    board = signed_in(cast.executive_chen).get(reverse("insights:team-of", args=[cast.executive_chen.pk]))
    html = board.content.decode()
    assert reverse("insights:team-of", args=[cast.manager_li.pk]) in html
    assert "1 项偏离" in html
    team = signed_in(cast.manager_li).get(reverse("insights:team-of", args=[cast.manager_li.pk])).content.decode()
    assert "60%" in team


def test_an_earlier_week_shows_how_it_was_then(cast: Cast) -> None:
    judged(cast.xiaozhang, 60, 100, name="签约额")
    address = reverse("insights:team-of", args=[cast.manager_li.pk])
    then = timezone.localdate() - timedelta(days=7)
    html = signed_in(cast.manager_li).get(f"{address}?on={then}").content.decode()
    assert "60%" in html
    assert "hx-get" not in html


def test_the_board_answers_304_until_something_happens(cast: Cast) -> None:
    judged(cast.xiaozhang, 100, name="签约额")
    client, address = signed_in(cast.manager_li), reverse("insights:team-of", args=[cast.manager_li.pk])
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    judged(cast.colleague, 40, name="回款率")
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert "40%" in again.content.decode()


def test_a_former_manager_is_a_stranger_from_the_next_request_on(cast: Cast) -> None:
    client = signed_in(cast.manager_li)
    address = reverse("insights:person", args=[cast.xiaozhang.pk])
    assert client.get(address).status_code == 200
    set_manager(cast.xiaozhang, cast.stranger_manager)
    assert client.get(address).status_code == 404
    assert cast.xiaozhang.name not in client.get(reverse("insights:today")).content.decode()


@pytest.mark.parametrize("page", ["insights:today", "insights:team-of", "goals:kpis"])
def test_ten_more_people_cost_no_more_statements(page, cast: Cast) -> None:
    client = signed_in(cast.manager_li)
    address = reverse(page, args=[cast.manager_li.pk] if page == "insights:team-of" else [])

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    judged(cast.xiaozhang, 60, name="签约额")
    client.get(address)
    before = statements()
    for number in range(10):
        judged(employee(f"B{number:03d}", f"新人{number}", cast.east, cast.manager_li), 80, name=f"新指标{number}")
    assert statements() == before
    # One statement for each kind of thing that may wait for somebody, whatever its number.
    assert before <= 27


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "x"])
def test_a_day_that_is_no_day_of_a_board_shows_today(cast: Cast, day: str) -> None:
    address = reverse("insights:team-of", args=[cast.manager_li.pk])
    response = signed_in(cast.manager_li).get(f"{address}?on={day}")
    assert (response.status_code, response.context["on"]) == (200, timezone.localdate())
