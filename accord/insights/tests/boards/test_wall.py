"""The wall: no names of others, no small groups, nothing that breaks it when nobody is there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accord.insights.tests.boards.builders import head_units, judged, last_week
from tests.cast import Cast, client_of, employee

pytestmark = pytest.mark.django_db


def wall(person, query: str = "", **headers: str):
    return client_of(person).get(reverse("insights:wall") + query, headers=headers)


def test_the_wall_names_units_and_nobody(cast: Cast) -> None:
    head_units(cast)
    people = [employee(f"B{number}", f"新人{number}", cast.east, cast.manager_li) for number in range(6)]
    for person in people:
        judged(person, 100, 60)
    judged(people[0], 60, name="一人独有的指标")
    html = wall(cast.executive_chen, f"?show=company&show=unit-{cast.east.pk}").content.decode()
    assert "销售部" in html
    assert "一人独有的指标" not in html
    assert last_week().label in html
    assert not [person.name for person in (*people, cast.manager_li) if person.name in html]


def test_fewer_than_five_are_not_shown_to_whoever_walks_by(cast: Cast) -> None:
    judged(cast.xiaozhang, 100, 60, name="签约额")
    html = wall(cast.executive_chen, f"?show=unit-{cast.east.pk}").content.decode()
    assert "wall-figure" not in html
    assert "0/1" not in html
    assert "不宜上大屏" in html


def test_many_kpis_of_few_people_are_few(cast: Cast) -> None:
    for name in ("签约额", "回款率", "客单价", "新客数", "拜访数"):
        judged(cast.xiaozhang, 60, name=name)
    html = wall(cast.executive_chen, f"?show=unit-{cast.east.pk}").content.decode()
    assert "不宜上大屏" in html
    assert "wall-figure" not in html


def test_a_manager_may_put_their_own_team_on_the_wall_and_no_other(cast: Cast) -> None:
    judged(cast.xiaozhang, 60)
    own = wall(cast.manager_li, f"?show=team-{cast.manager_li.pk}").content.decode()
    assert "小张" in own
    other = wall(cast.executive_chen, f"?show=team-{cast.manager_li.pk}").content.decode()
    assert "小张" not in other
    assert "1 个看板不存在" in other


@pytest.mark.parametrize("query", ["?show=x", "?show=unit-99999999999", "?show=company&seconds=-4", "?show=unit-0"])
def test_a_strange_address_says_so_and_stands(cast: Cast, query: str) -> None:
    page = wall(cast.manager_li, query)
    assert page.status_code == 200
    assert page.context["left_out"] == 1
    assert 10 <= page.context["seconds"] <= 600


def test_the_wall_asks_again_and_learns_that_nothing_changed(cast: Cast) -> None:
    client = client_of(cast.executive_chen)
    first = client.get(reverse("insights:wall"), headers={"HX-Request": "true"})
    assert first.content.decode().lstrip().startswith('<div id="wall"')
    headers = {"HX-Request": "true", "If-None-Match": first["ETag"]}
    assert client.get(reverse("insights:wall"), headers=headers).status_code == 304
