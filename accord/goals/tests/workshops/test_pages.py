"""The pages of workshops: who gets in, that every form works without a script, and what an unchanged board costs."""

from typing import Any, ClassVar

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.goals.models import CardVote, Workshop, WorkshopCard
from accord.goals.services.workshops.board import discuss, move
from accord.goals.tests.workshops.builders import Column, card_on, closed, team, vote, workshop_of
from accord.metrics.models import Metric
from tests.cast import Cast
from tests.ladder import Ladder

OUTSIDERS = ("stranger", "stranger_manager", "administrator", "auditor")


class OfWorkshop(Ladder):
    may_open: ClassVar = ("manager_li", "xiaozhang", "colleague", "hrbp_wang", "executive_chen")
    hidden_from = OUTSIDERS

    def make(self, cast: Cast) -> WorkshopCard:
        return card_on(workshop_of(cast), cast.xiaozhang)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.workshop_id]


class OfCard(OfWorkshop):
    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class TestWorkshopPage(OfWorkshop):
    url_name = "goals:workshop"


class TestBoard(OfWorkshop):
    url_name = "goals:workshop_board"


class TestCardPage(OfCard):
    url_name = "goals:workshop_card"


class TestClose(OfWorkshop):
    url_name = "goals:workshop_close"
    may_open = ("manager_li", "hrbp_wang")
    refused_to = ("xiaozhang", "colleague", "executive_chen")
    wrong_verbs = ("delete", "put")


class TestPropose(OfWorkshop):
    url_name = "goals:workshop_propose"
    method = "post"
    may_open = ("xiaozhang", "manager_li", "hrbp_wang")
    refused_to = ("executive_chen",)

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"name": "回款率", "why": "钱到账才算数", "how": "每周跟款"}


class TestMark(OfWorkshop):
    url_name = "goals:workshop_mark"
    method = "post"
    may_open = ("xiaozhang", "colleague")
    refused_to = ("manager_li", "hrbp_wang", "executive_chen")

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"card": self.thing.pk, "movable": "1"}


class TestComment(OfCard):
    url_name = "goals:workshop_comment"
    method = "post"
    may_open = ("xiaozhang", "manager_li", "hrbp_wang")
    refused_to = ("executive_chen",)

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"text": "同意"}


class Led(OfCard):
    method = "post"
    may_open = ("manager_li",)
    refused_to = ("xiaozhang", "executive_chen")


class TestMove(Led):
    url_name = "goals:workshop_move"

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"column": "adopted", "edition": 0}


class TestMerge(Led):
    url_name = "goals:workshop_merge"

    def payload(self, cast: Cast) -> dict[str, Any]:
        into = card_on(Workshop.objects.get(), cast.colleague, "另一个")
        return {"into": into.pk, "edition": 0}


class TestOpenPage(Ladder):
    url_name = "goals:workshops_new"
    may_open = ("manager_li", "hrbp_wang", "executive_chen")
    hidden_from = ()
    refused_to = ("xiaozhang", "administrator")
    wrong_verbs = ("delete", "put")


class TestList(Ladder):
    url_name = "goals:workshops"
    may_open = ("manager_li", "xiaozhang", "stranger", "administrator")
    hidden_from = ()


def statements() -> CaptureQueriesContext:
    return CaptureQueriesContext(connection)


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def test_a_team_is_called_together_with_a_form(cast: Cast) -> None:
    li = signed_in(cast.manager_li)
    form = {
        "team": "reports",
        "position": cast.xiaozhang.position_id,
        "title": "华东共建",
        "question": "看什么？",
        "prompts": "",
    }
    assert li.post(reverse("goals:workshops_new"), form).status_code == 302
    workshop = Workshop.objects.get()
    members = set(workshop.members.values_list("employee", flat=True))
    assert members == {cast.xiaozhang.pk, cast.colleague.pk}
    assert (workshop.facilitator, workshop.org_unit) == (cast.manager_li, cast.east)


def test_nobody_calls_the_team_of_somebody_else(cast: Cast) -> None:
    form = {"team": f"unit-{cast.east.pk}", "position": cast.xiaozhang.position_id, "title": "借道", "question": "?"}
    zhao = signed_in(cast.stranger_manager)
    assert zhao.post(reverse("goals:workshops_new"), form).status_code == 422
    assert not Workshop.objects.exists()


def test_a_partner_calls_a_unit_whose_head_then_leads_and_does_not_vote(cast: Cast) -> None:
    cast.east.head = cast.manager_li
    cast.east.save()
    form = {"team": f"unit-{cast.sales.pk}", "position": cast.xiaozhang.position_id, "title": "部门", "question": "?"}
    assert signed_in(cast.hrbp_wang).post(reverse("goals:workshops_new"), form).status_code == 302
    workshop = Workshop.objects.get()
    assert set(workshop.members.values_list("employee", flat=True)) == {cast.xiaozhang.pk, cast.colleague.pk}


def test_a_card_may_name_a_metric_of_the_library(cast: Cast) -> None:
    metric = Metric.objects.create(name="签约额", source="CRM")
    workshop = workshop_of(cast)
    form = {"name": " 签约额 ", "why": "签回才算", "how": "每天跟进"}
    signed_in(cast.xiaozhang).post(reverse("goals:workshop_propose", args=[workshop.pk]), form)
    card = WorkshopCard.objects.get()
    assert (card.metric, card.source, card.author) == (metric, "CRM", cast.xiaozhang)


@pytest.mark.parametrize(
    "form", [{}, {"name": "x" * 101, "why": "好", "how": "能"}, {"name": "好", "why": "y" * 301, "how": ""}]
)
def test_what_is_missing_or_too_long_is_said_beside_the_field(cast: Cast, form: dict[str, str]) -> None:
    workshop = workshop_of(cast)
    answer = signed_in(cast.xiaozhang).post(reverse("goals:workshop_propose", args=[workshop.pk]), form)
    assert answer.status_code == 422
    assert b"errorlist" in answer.content
    assert not WorkshopCard.objects.exists()


def test_one_votes_with_a_form_and_takes_it_back(cast: Cast) -> None:
    card = card_on(workshop_of(cast), cast.xiaozhang)
    zhang, address = signed_in(cast.xiaozhang), reverse("goals:workshop_mark", args=[card.workshop_id])
    here = f"{reverse('goals:workshop', args=[card.workshop_id])}#card-{card.pk}"
    for _press in range(2):  # a double click sets it once
        assert zhang.post(address, {"card": card.pk, "important": "1"})["Location"] == here
    assert CardVote.objects.count() == 1
    zhang.post(address, {"card": card.pk, "important": "0"})
    assert not CardVote.objects.exists()


@pytest.mark.parametrize("form", [{}, {"important": "1", "movable": "1"}, {"important": "2"}])
def test_a_vote_that_says_nothing_is_refused(cast: Cast, form: dict[str, str]) -> None:
    card = card_on(workshop_of(cast), cast.xiaozhang)
    address = reverse("goals:workshop_mark", args=[card.workshop_id])
    assert signed_in(cast.xiaozhang).post(address, {"card": card.pk, **form}).status_code == 400


def test_a_vote_on_a_card_of_another_workshop_is_refused(cast: Cast) -> None:
    workshop, other = workshop_of(cast), card_on(workshop_of(cast), cast.xiaozhang)
    address = reverse("goals:workshop_mark", args=[workshop.pk])
    assert signed_in(cast.xiaozhang).post(address, {"card": other.pk, "movable": "1"}).status_code == 400
    assert not CardVote.objects.exists()


def test_a_script_gets_the_board_and_the_second_mover_a_sentence(cast: Cast) -> None:
    card = card_on(workshop_of(cast), cast.xiaozhang)
    li, address = signed_in(cast.manager_li), reverse("goals:workshop_move", args=[card.pk])
    moved = li.post(address, {"column": "adopted", "edition": 0, "place": 0}, headers={"HX-Request": "true"})
    assert moved.status_code == 200
    assert b"<html" not in moved.content
    again = signed_in(cast.hrbp_wang).post(address, {"column": "parked", "edition": 0})
    assert again.status_code == 409
    assert li.post(address, {"column": "elsewhere", "edition": 0}).status_code == 400


def test_an_unchanged_board_costs_a_304_and_a_closed_one_reloads_the_page(cast: Cast) -> None:
    card = card_on(workshop_of(cast), cast.xiaozhang)
    zhang, address = signed_in(cast.xiaozhang), reverse("goals:workshop_board", args=[card.workshop_id])
    tag = zhang.get(address)["ETag"]
    assert zhang.get(address, headers={"If-None-Match": tag}).status_code == 304
    discuss(card, "说一句", cast.colleague)
    changed = zhang.get(address, headers={"If-None-Match": tag})
    assert (changed.status_code, changed["ETag"] == tag) == (200, False)
    vote(card, cast.xiaozhang)  # in another tab of one's own
    assert zhang.get(address, headers={"If-None-Match": changed["ETag"]}).status_code == 200
    closed(card.workshop, cast.manager_li)
    assert zhang.get(address)["HX-Refresh"] == "true"


def test_a_workshop_is_closed_with_a_form_and_its_minutes_say_all(cast: Cast) -> None:
    workshop = workshop_of(cast, *team(cast, 1))
    card = card_on(workshop, cast.xiaozhang)
    move(card, Column.PARKED, None, 0, cast.manager_li)
    discuss(card, "口径要定", cast.colleague)
    li, address = signed_in(cast.manager_li), reverse("goals:workshop_close", args=[workshop.pk])
    workshop.refresh_from_db()
    assert li.post(address, {"edition": workshop.edition}).status_code == 422
    stale = {"edition": workshop.edition - 1, f"reason-{card.pk}": "下季度再看"}
    assert li.post(address, stale).status_code == 409
    assert li.post(address, {**stale, "edition": workshop.edition}).status_code == 302
    assert li.post(address, {**stale, "edition": workshop.edition}).status_code == 302  # a double click
    page = li.get(reverse("goals:workshop", args=[workshop.pk])).content.decode()
    for told in ("下季度再看", "口径要定", "小张", "小林", "组员0", "李经理"):
        assert told in page
    for name in ("goals:workshop_propose", "goals:workshop_board"):
        assert reverse(name, args=[workshop.pk]) not in page


def test_a_new_metric_is_described_when_it_is_adopted(cast: Cast) -> None:
    workshop = workshop_of(cast)
    card = card_on(workshop, cast.xiaozhang)
    move(card, Column.ADOPTED, None, 0, cast.manager_li)
    workshop.refresh_from_db()
    form = {
        "edition": workshop.edition,
        f"reason-{card.pk}": "能推动",
        f"unit-{card.pk}": "%",
        f"direction-{card.pk}": "down",
        f"frequency-{card.pk}": Metric.Rhythm.MONTH,
    }
    signed_in(cast.manager_li).post(reverse("goals:workshop_close", args=[workshop.pk]), form)
    metric = Metric.objects.get()
    assert (metric.unit, metric.direction, metric.frequency) == ("%", "down", Metric.Rhythm.MONTH)


@pytest.mark.parametrize("who", ["manager_li", "hrbp_wang", "xiaozhang"])
def test_every_page_of_an_open_workshop_says_how_secret_it_is(cast: Cast, who: str) -> None:
    workshop = workshop_of(cast)
    assert "workshop-secrecy" in signed_in(getattr(cast, who)).get(reverse("goals:workshop", args=[workshop.pk])).text


def test_a_list_of_any_length_takes_the_same_statements(cast: Cast) -> None:
    li, counts = signed_in(cast.manager_li), []
    for _round in range(2):
        for _number in range(9):
            card_on(workshop_of(cast), cast.xiaozhang)
        with statements() as counted:
            li.get(reverse("goals:workshops"))
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_the_board_of_any_size_takes_the_same_statements(cast: Cast) -> None:
    workshop, zhang, counts = workshop_of(cast), signed_in(cast.xiaozhang), []
    for _round in range(2):
        for number in range(10):
            discuss(card_on(workshop, cast.xiaozhang, f"指标{_round}{number}"), "好", cast.colleague)
        with statements() as counted:
            zhang.get(reverse("goals:workshop", args=[workshop.pk]))
        counts.append(len(counted))
    assert counts[0] == counts[1]
