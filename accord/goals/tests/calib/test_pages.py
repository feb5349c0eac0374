"""The pages of calibration meetings: who sees what, and that every form works without a script."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accord.goals.models import AgreementTerms, CalibrationItem, CalibrationMeeting, ExternalChange
from accord.goals.queries.calibrations.own_data import own_data
from accord.goals.services.calibrations.deciding import decide, note_change
from accord.goals.services.calibrations.meetings import close_meeting, write_minutes
from accord.goals.tests.agree.builders import quarter
from accord.goals.tests.calib.builders import (
    NEXT_WEEK,
    TODAY,
    came_in,
    conversion,
    in_force,
    on,
    opened,
    planned,
    point,
)
from accord.people.models import OrgUnit, RoleGrant
from accord.people.services.employment import set_manager
from tests.cast import Cast, employee, grant
from tests.ladder import Ladder

OUTSIDERS = ("stranger", "stranger_manager", "administrator", "auditor")


class OnTheDay(Ladder):
    """All of it happens on the day of the meeting."""

    hidden_from = OUTSIDERS

    @pytest.fixture(autouse=True)
    def _today(self) -> Any:
        with on(TODAY):
            yield

    def make(self, cast: Cast) -> Any:
        in_force(cast.colleague)
        in_force(cast.xiaozhang)
        came_in(cast.xiaozhang, conversion(), [1] * 8)
        with on(TODAY):
            return opened(cast)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class TestMeeting(OnTheDay):
    url_name = "goals:calibrations_meeting"
    may_open = ("manager_li", "hrbp_wang", "executive_chen", "xiaozhang", "colleague")


class TestPrint(OnTheDay):
    url_name = "goals:calibrations_print"
    may_open = ("manager_li", "hrbp_wang", "executive_chen", "xiaozhang")


class TestBoard(OnTheDay):
    url_name = "goals:calibrations_board"
    may_open = ("manager_li", "hrbp_wang", "executive_chen")
    refused_to = ("xiaozhang",)


class TestOpen(OnTheDay):
    url_name = "goals:calibrations_open"
    method = "post"
    may_open = ("hrbp_wang",)
    refused_to = ("xiaozhang",)

    def make(self, cast: Cast) -> Any:
        in_force(cast.xiaozhang)
        return planned(cast)


class Change(OnTheDay):
    method = "post"
    may_open = ("manager_li",)
    refused_to = ("xiaozhang",)


class TestMinutes(Change):
    url_name = "goals:calibrations_minutes"

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"minutes-opening": "大家好", "minutes-present": [cast.xiaozhang.pk], "minutes-edition": 1}


class TestClose(Change):
    url_name = "goals:calibrations_close"

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"edition": 1}


class TestDecide(Change):
    url_name = "goals:calibrations_decide"

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk, point(self.thing, kind="long_red").pk]

    def payload(self, cast: Cast) -> dict[str, Any]:
        prefix = f"point-{self.args(cast)[1]}"
        return {f"{prefix}-decision": "keep", f"{prefix}-note": "再看一个月", f"{prefix}-edition": 0}


class TestAmend(OnTheDay):
    """The person may propose for themselves, a leader for everybody; a colleague does not see the agreement."""

    url_name = "goals:calibrations_amend"
    may_open = ("manager_li", "hrbp_wang", "xiaozhang")
    hidden_from = (*OUTSIDERS, "colleague")
    wrong_verbs = ("delete",)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk, cast.xiaozhang.agreements.get().pk]


class TestAmendMany(OnTheDay):
    url_name = "goals:calibrations_amend_many"
    may_open = ("manager_li", "hrbp_wang")
    refused_to = ("xiaozhang",)
    wrong_verbs = ("delete",)


class TestHistory(OnTheDay):
    url_name = "goals:calibrations_history"
    may_open = ("manager_li", "hrbp_wang", "executive_chen", "xiaozhang")
    hidden_from = (*OUTSIDERS, "colleague")

    def args(self, cast: Cast) -> list[Any]:
        return [cast.xiaozhang.agreements.get().pk]


class TestIndex(Ladder):
    url_name = "goals:calibrations"
    may_open: ClassVar = ("manager_li", "xiaozhang", "stranger", "administrator", "executive_chen")
    hidden_from = ()


@pytest.fixture
def today() -> Any:
    with on(TODAY):
        yield


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def test_a_member_reads_their_own_points_and_nobody_elses(cast: Cast, today: None) -> None:
    in_force(cast.colleague)
    meeting = opened(cast)
    with_both = (
        signed_in(cast.manager_li).get(reverse("goals:calibrations_meeting", args=[meeting.pk])).content.decode()
    )
    for name in ("goals:calibrations_meeting", "goals:calibrations_print"):
        own = signed_in(cast.xiaozhang).get(reverse(name, args=[meeting.pk])).content.decode()
        assert "连续" in own
        assert "没有任何数据" in own
        assert "point-decide" not in own
        assert own.count("没有任何数据") < with_both.count("没有任何数据")


def test_a_former_manager_has_no_way_in(cast: Cast, today: None) -> None:
    meeting = opened(cast)
    cast.east.head = cast.stranger_manager
    cast.east.save()
    address = reverse("goals:calibrations_meeting", args=[meeting.pk])
    assert signed_in(cast.manager_li).get(address).status_code == 404
    assert signed_in(cast.stranger_manager).get(address).status_code == 200


def test_whoever_has_left_the_team_is_not_on_the_board_any_more(cast: Cast, today: None) -> None:
    in_force(cast.colleague)
    came_in(cast.colleague, conversion(), [1] * 8)
    meeting = opened(cast)
    set_manager(cast.colleague, cast.stranger_manager)
    # Heads follow the lines where a person moves; 李经理 goes on leading the unit, and the meeting.
    OrgUnit.objects.filter(pk=cast.east.pk).update(head=cast.manager_li)
    on_board = {}
    for person in (cast.manager_li, cast.executive_chen):
        client = Client()
        client.force_login(person.user)
        page = client.get(reverse("goals:calibrations_board", args=[meeting.pk])).content.decode()
        on_board[person] = (cast.xiaozhang.name in page, cast.colleague.name in page)
    assert on_board == {cast.manager_li: (True, False), cast.executive_chen: (True, True)}


def test_an_executive_beside_the_line_reads_everything_and_writes_nothing(cast: Cast, today: None) -> None:
    meeting = opened(cast)
    grant(cast.stranger_manager, RoleGrant.Role.EXECUTIVE)
    client, item = signed_in(cast.stranger_manager), point(meeting, kind="long_red")
    assert "连续" in client.get(reverse("goals:calibrations_meeting", args=[meeting.pk])).content.decode()
    assert client.get(reverse("goals:calibrations_board", args=[meeting.pk])).status_code == 200
    assert client.post(reverse("goals:calibrations_decide", args=[meeting.pk, item.pk])).status_code == 403
    assert client.post(reverse("goals:calibrations_close", args=[meeting.pk]), {"edition": 1}).status_code == 403
    amend = reverse("goals:calibrations_amend", args=[meeting.pk, cast.xiaozhang.agreements.get().pk])
    assert client.get(amend).status_code == 403


def test_a_planned_meeting_shows_todays_agenda_and_opens_into_it(cast: Cast, today: None) -> None:
    in_force(cast.xiaozhang)
    came_in(cast.xiaozhang, conversion(), [1] * 8)
    meeting, client = planned(cast), signed_in(cast.manager_li)
    page = client.get(reverse("goals:calibrations_meeting", args=[meeting.pk]))
    assert "已连续 8 期红灯" in page.content.decode()
    assert client.post(reverse("goals:calibrations_open", args=[meeting.pk])).status_code == 302
    assert CalibrationItem.objects.filter(meeting=meeting, kind="long_red").count() == 1


def test_planning_names_the_meeting_and_tells_the_team(cast: Cast, today: None) -> None:
    cast.east.head = cast.manager_li
    cast.east.save()
    client = signed_in(cast.manager_li)
    sent = {"team": cast.east.pk, "cycle": quarter().pk, "held_on": "2026-12-20", "title": ""}
    response = client.post(reverse("goals:calibrations_plan"), sent)
    made = CalibrationMeeting.objects.get()
    assert response["Location"] == reverse("goals:calibrations_meeting", args=[made.pk])
    assert (made.title, made.org_unit, made.manager) == ("华东组 2026-Q4 校准会", cast.east, None)
    assert cast.xiaozhang.user.notifications.filter(kind="goals.calibration_planned").count() == 1
    client.post(reverse("goals:calibrations_plan"), {**sent, "team": "reports", "title": "小范围"})
    assert CalibrationMeeting.objects.get(title="小范围").manager == cast.manager_li


def test_nobody_plans_for_a_team_that_is_not_theirs(cast: Cast, today: None) -> None:
    quarter()
    sent = {"team": cast.service.pk, "cycle": quarter().pk, "held_on": "2026-12-20"}
    assert signed_in(cast.hrbp_wang).post(reverse("goals:calibrations_plan"), sent).status_code == 422
    assert signed_in(cast.xiaozhang).get(reverse("goals:calibrations_plan")).status_code == 403
    assert not CalibrationMeeting.objects.exists()


def test_anybody_notes_what_changed_outside_for_their_own_unit(cast: Cast, today: None) -> None:
    quarter()
    client = signed_in(cast.xiaozhang)
    sent = {"text": "物流延迟", "happened_on": "2026-11-20", "org_unit": cast.east.pk, "metric": ""}
    assert client.post(reverse("goals:calibrations_note"), sent).status_code == 302
    assert ExternalChange.objects.get().noted_by == cast.xiaozhang
    for wrong in ({"org_unit": cast.service.pk}, {"happened_on": "2026-11-26"}, {"text": ""}, {"text": "长" * 301}):
        assert client.post(reverse("goals:calibrations_note"), {**sent, **wrong}).status_code == 422
    assert ExternalChange.objects.count() == 1


def test_the_live_board_costs_a_304_while_nothing_changes(cast: Cast, today: None) -> None:
    meeting = opened(cast)
    client, address = signed_in(cast.manager_li), reverse("goals:calibrations_board", args=[meeting.pk])
    first = client.get(address, headers={"HX-Request": "true"})
    assert b"<html" not in first.content
    again = client.get(address, headers={"HX-Request": "true", "If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    decide(point(meeting, kind="long_red"), 0, "keep", "", cast.manager_li)
    assert client.get(address, headers={"HX-Request": "true", "If-None-Match": first["ETag"]}).status_code == 200
    assert b"<html" in client.get(address).content


def amending(conversion_target: str = "2.16", **more: str) -> dict[str, str]:
    gmv, rate = ("GMV", "100", "60"), ("转化率", conversion_target, "40")
    from_lines = {}
    for name, target, weight in (gmv, rate):
        pk = conversion().pk if name == "转化率" else conversion().__class__.objects.get(name="GMV").pk
        from_lines |= {f"target-{pk}": target, f"weight-{pk}": weight}
    return {**from_lines, "reason": "物流延迟", "effective_on": NEXT_WEEK.isoformat(), **more}


def test_the_effect_is_shown_before_anything_is_kept(cast: Cast, today: None) -> None:
    meeting = opened(cast)
    came_in(cast.xiaozhang, conversion(), [1.2] * 8)
    agreement = cast.xiaozhang.agreements.get()
    client, address = signed_in(cast.manager_li), reverse("goals:calibrations_amend", args=[meeting.pk, agreement.pk])
    shown = client.post(address, amending(save="1"))
    assert not AgreementTerms.objects.filter(number=2).exists()
    page = shown.content.decode()
    assert "50.00" in page
    assert "55.56" in page
    assert "目标 2.40% → 2.16%" in page
    assert "自 2026-W49 起" in page
    seen = shown.context["form"].fingerprint()
    assert client.post(address, amending("2.0", save="1", seen=seen)).status_code == 200
    assert not AgreementTerms.objects.filter(number=2).exists()
    assert client.post(address, amending(save="1", seen=seen)).status_code == 302
    terms = AgreementTerms.objects.get(number=2)
    assert (terms.state, terms.effective_on, terms.reason) == ("draft", NEXT_WEEK, "物流延迟")
    settled = point(meeting, kind="long_red")
    assert (settled.decision, settled.amendment, settled.note) == ("adjust", terms, "物流延迟")
    assert "已有一版在处理中" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"effective_on": "2026-11-02"}, "3 个已结束的期间"),
        ({"reason": ""}, ""),
        ({"effective_on": "2027-01-10"}, "2027-01-10"),
        ({"weight": "41"}, "101%"),
        ({"same": "2.4"}, "没有差别"),
        ({"target": "1e999"}, ""),
        ({"target": "99999999999999999999"}, ""),
    ],
)
def test_what_cannot_be_proposed_is_said_where_it_was_typed(
    cast: Cast, today: None, wrong: dict[str, str], said: str
) -> None:
    meeting = opened(cast)
    agreement, pk = cast.xiaozhang.agreements.get(), conversion().pk
    named = {"weight": f"weight-{pk}", "target": f"target-{pk}", "same": f"target-{pk}"}
    sent = amending(**{named.get(name, name): value for name, value in wrong.items()})
    address = reverse("goals:calibrations_amend", args=[meeting.pk, agreement.pk])
    response = signed_in(cast.manager_li).post(address, sent)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not AgreementTerms.objects.filter(number=2).exists()


def test_retroactive_is_an_explicit_choice_that_says_what_moves(cast: Cast, today: None) -> None:
    meeting = opened(cast)
    came_in(cast.xiaozhang, conversion(), [1.2] * 8)
    agreement = cast.xiaozhang.agreements.get()
    address = reverse("goals:calibrations_amend", args=[meeting.pk, agreement.pk])
    response = signed_in(cast.manager_li).post(
        address, amending(effective_on=date(2026, 10, 1).isoformat(), is_retroactive="on")
    )
    assert response.status_code == 200
    assert "过去的得分会变动" in response.content.decode()
    assert "50.00 → 55.56" in " ".join(response.content.decode().split())


def test_the_same_change_for_several_is_a_draft_for_each(cast: Cast, today: None) -> None:
    in_force(cast.colleague)
    note_change(quarter(), cast.east, TODAY, "物流延迟", cast.xiaozhang, conversion())
    meeting = opened(cast)
    client = signed_in(cast.hrbp_wang)
    change = point(meeting, kind="change")
    address = f"{reverse('goals:calibrations_amend_many', args=[meeting.pk])}?point={change.pk}"
    page = client.get(address).content.decode()
    assert "2026-11-25 物流延迟" in page
    people = [cast.xiaozhang.agreements.get().pk, cast.colleague.agreements.get().pk]
    sent = {
        "metric": conversion().pk,
        "percent": "-10",
        "people": people,
        "reason": "物流延迟",
        "effective_on": NEXT_WEEK.isoformat(),
    }
    shown = client.post(address, sent)
    assert len(shown.context["told"].effects) == 2
    assert not AgreementTerms.objects.filter(number=2).exists()
    done = client.post(address, {**sent, "save": "1", "seen": shown.context["form"].fingerprint()})
    assert done.status_code == 302
    drafts = AgreementTerms.objects.filter(number=2, state="draft")
    assert {str(each.lines.get(metric=conversion()).target) for each in drafts} == {"2.16"}
    assert drafts.count() == 2
    assert point(meeting, kind="change").decision == "adjust"
    # Nobody agrees for anybody: both sides of both are still to be asked.
    assert not drafts.exclude(employee_agreed_at=None, manager_agreed_at=None).exists()


def test_somebody_elses_agreement_is_not_reached_through_ones_own_meeting(cast: Cast, today: None) -> None:
    meeting = opened(cast)
    theirs = in_force(cast.stranger)
    address = reverse("goals:calibrations_amend", args=[meeting.pk, theirs.pk])
    assert signed_in(cast.manager_li).get(address).status_code == 404
    forged = {"metric": conversion().pk, "percent": "-10", "people": [theirs.pk], "reason": "x"}
    many = reverse("goals:calibrations_amend_many", args=[meeting.pk])
    response = signed_in(cast.manager_li).post(many, {**forged, "effective_on": NEXT_WEEK.isoformat()})
    assert response.status_code == 422
    for odd in ("0", "-1", "9" * 30, "x", ""):
        assert signed_in(cast.manager_li).get(f"{many}?point={odd}").status_code == 200


def test_history_answers_for_two_days(cast: Cast, today: None) -> None:
    agreement = in_force(cast.xiaozhang)
    client, address = signed_in(cast.xiaozhang), reverse("goals:calibrations_history", args=[agreement.pk])
    assert client.get(address).context["held"].number == 1
    assert client.get(f"{address}?on=2026-11-01&known=2026-10-04").context["held"] is None
    for odd in ("?on=x", "?known=2026-13-01", "?on=0001-01-01&known=9999-12-31", "?on="):
        assert client.get(address + odd).status_code == 200


@pytest.mark.parametrize("many", [10, 20])
def test_the_list_costs_the_same_for_many_meetings(
    cast: Cast, today: None, django_assert_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    for _ in range(many):
        planned(cast)
        note_change(quarter(), cast.east, TODAY, "物流延迟", cast.xiaozhang)
    client = signed_in(cast.manager_li)
    client.get(reverse("goals:calibrations"))
    with django_assert_num_queries(_LIST):
        client.get(reverse("goals:calibrations"))


_LIST = 19


@pytest.mark.parametrize("many", [4, 8])
def test_a_meeting_costs_the_same_for_many_people(
    cast: Cast, today: None, django_assert_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    for number in range(many):
        person = employee(f"B{number:03d}", f"员工{number}", cast.east, cast.manager_li)
        in_force(person)
        came_in(person, conversion(), [1] * 8)
    meeting, client = opened(cast), signed_in(cast.manager_li)
    with django_assert_num_queries(_MEETING):
        client.get(reverse("goals:calibrations_meeting", args=[meeting.pk]))


_MEETING = 12


def test_own_data_holds_what_was_noted_and_decided_about_oneself(cast: Cast, today: None) -> None:
    note_change(quarter(), cast.east, TODAY, "物流延迟", cast.xiaozhang)
    meeting = opened(cast)
    write_minutes(meeting, 1, "开场", [cast.xiaozhang.pk], cast.manager_li)
    decide(point(meeting, kind="long_red"), 0, "follow", "每周看一次", cast.manager_li)
    close_meeting(meeting, 3, cast.manager_li)
    told = str(own_data(cast.xiaozhang.user))
    assert "物流延迟" in told
    assert "每周看一次" in told
    assert "每周看一次" not in str(own_data(cast.colleague.user))
