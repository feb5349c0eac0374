"""Who may open which board, and what is counted for whom."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accord.insights.tests.boards.builders import head_units, judged
from accord.people.models import OrgUnit, RoleGrant
from tests.cast import Cast, client_of, employee, grant
from tests.ladder import Ladder

pytestmark = pytest.mark.django_db

OUTSIDERS = ("xiaozhang", "colleague", "stranger", "administrator", "auditor")


class TestBoards(Ladder):
    url_name = "insights:boards"
    may_open = ("executive_chen", "hrbp_wang", "manager_li", "xiaozhang", "administrator")
    hidden_from = ()


class TestCompanyBoard(Ladder):
    url_name = "insights:board_company"
    may_open = ("executive_chen",)
    hidden_from = (*OUTSIDERS, "manager_li", "hrbp_wang")


class TestUnitBoard(Ladder):
    url_name = "insights:board_unit"
    may_open = ("executive_chen", "hrbp_wang", "manager_li")
    hidden_from = (*OUTSIDERS, "stranger_manager")

    def make(self, cast: Cast) -> None:
        head_units(cast)

    def args(self, cast: Cast) -> list[int]:
        return [cast.east.pk]


class TestPositionBoard(Ladder):
    url_name = "insights:board_position"
    may_open = ("executive_chen", "hrbp_wang", "manager_li", "xiaozhang")
    hidden_from = ("stranger", "stranger_manager", "administrator")

    def args(self, cast: Cast) -> list[int]:
        return [cast.xiaozhang.position_id]


class TestWall(Ladder):
    url_name = "insights:wall"
    may_open = ("executive_chen", "hrbp_wang", "manager_li", "xiaozhang")
    hidden_from = ()


def unit_board(person, unit: OrgUnit, query: str = ""):
    return client_of(person).get(reverse("insights:board_unit", args=[unit.pk]) + query)


def test_the_way_in_names_what_the_reader_may_open_and_nothing_else(cast: Cast) -> None:
    head_units(cast)
    judged(cast.xiaozhang, 60)
    judged(cast.stranger, 60)
    pages = {
        name: client_of(getattr(cast, name)).get(reverse("insights:boards")).content.decode()
        for name in ("executive_chen", "hrbp_wang", "manager_li", "xiaozhang", "stranger_manager")
    }
    company, east, service = (
        reverse("insights:board_company"),
        reverse("insights:board_unit", args=[cast.east.pk]),
        reverse("insights:board_unit", args=[cast.service.pk]),
    )
    assert [name for name, html in pages.items() if company in html] == ["executive_chen"]
    assert [name for name, html in pages.items() if east in html] == ["hrbp_wang", "manager_li"]
    assert [name for name, html in pages.items() if service in html] == ["executive_chen", "stranger_manager"]
    position = reverse("insights:board_position", args=[cast.stranger.position_id])
    assert [name for name, html in pages.items() if position in html] == ["executive_chen", "stranger_manager"]


def test_a_head_gets_no_counts_once_somebody_outside_their_line_counts_in_the_unit(cast: Cast) -> None:
    head_units(cast)
    judged(cast.xiaozhang, 60)
    assert unit_board(cast.manager_li, cast.east).context["board"].tally.red == 1
    guest = employee("A013", "借调者", cast.east, cast.stranger_manager)
    judged(guest, 60)
    page = unit_board(cast.manager_li, cast.east)
    assert page.context["board"].tally.expected == 0
    assert "不显示合计" in page.content.decode()
    assert guest.name not in page.content.decode()
    for reader in (cast.hrbp_wang, cast.executive_chen):
        assert unit_board(reader, cast.east).context["board"].tally.red == 2


def test_a_unit_in_a_unit_is_no_row_for_a_head_whose_line_its_head_is_not_in(cast: Cast) -> None:
    head_units(cast)
    OrgUnit.objects.filter(pk=cast.east.pk).update(head=cast.stranger_manager)
    guest = employee("A013", "借调者", cast.east, cast.stranger_manager)
    judged(guest, 60)
    page = unit_board(cast.manager_li, cast.sales)
    assert page.context["board"].rows == []
    assert cast.east.name not in [unit.name for unit, _ in page.context["page"].history.rows]


def test_a_grant_that_ended_shows_nothing_from_the_next_request_on(cast: Cast) -> None:
    assert unit_board(cast.hrbp_wang, cast.east).status_code == 200
    RoleGrant.objects.filter(employee=cast.hrbp_wang).delete()
    assert unit_board(cast.hrbp_wang, cast.east).status_code == 404


def test_units_that_lie_in_one_another_are_counted_once_for_their_partner(cast: Cast) -> None:
    grant(cast.hrbp_wang, RoleGrant.Role.HRBP, cast.east)
    judged(cast.xiaozhang, 60)
    page = client_of(cast.hrbp_wang).get(reverse("insights:board_position", args=[cast.xiaozhang.position_id]))
    assert page.context["board"].tally.expected == 1


def test_an_hr_partner_learns_nothing_of_people_below_a_manager_who_are_not_theirs(cast: Cast) -> None:
    """李经理 is in 王HRBP's units, one of his people is not: the counts over all of them would tell of that one."""
    judged(cast.xiaozhang, 60)
    address = reverse("insights:team-of", args=[cast.manager_li.pk])
    assert client_of(cast.hrbp_wang).get(address).context["board"].counts.red == 1
    elsewhere = employee("A014", "外派者", cast.service, cast.manager_li)
    judged(elsewhere, 60)
    seen = client_of(cast.hrbp_wang).get(address)
    assert seen.context["board"].counts is None
    assert "因此不显示合计" in seen.content.decode()
    for reader in (cast.manager_li, cast.executive_chen):
        assert client_of(reader).get(address).context["board"].counts.red == 2
