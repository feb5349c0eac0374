"""One-on-ones of 远航电商: 李明 talks with his people in a rhythm, and his own manager with him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accord.coaching.models import AgendaPoint, OneOnOne, Pairing
from accord.coaching.services.one_on_ones import (
    Plan,
    add_point,
    allow_reading,
    arrange,
    begin,
    end,
    note_held,
    plan_all,
    save_note,
    settle_point,
    skip,
)
from accord.coaching.services.one_on_ones.meeting import TIME_TO_NOTE
from accord.coaching.services.one_on_ones.stepping_aside import follow_absence
from accord.coaching.services.one_on_ones.upkeep import notice_missed
from accord.demo.clock import Calendar, Story
from accord.domain.talk_rhythm import monthly_on_weekday, weekly
from accord.people.models import Employee
from accord.people.services.leaves import note_leave

LEADER, XIAOYU = "YH0004", "YH0005"
_AT = time(10)


@dataclass(frozen=True)
class Held:
    """What was said in one talk: the points brought, which stayed open, and what each wrote down."""

    points: tuple[tuple[str, str, bool], ...]
    manager: str
    employee: str


_TALKS = (
    Held(
        (("progress", "新品首发节奏：预热提前一周", False), ("growth", "想多参与选品会", True)),
        "首发提前一周预热，素材周三前给到。选品会我去和商品部说。",
        "预热提前一周；素材我周三前催到。选品会等李明消息。",
    ),
    Held(
        (("obstacles", "设计排期总是压到最后一天", True), ("progress", "老客专场的复购", False)),
        "老客专场复购比平时高一截，值得固定下来。排期问题我约设计组长聊。",
        "老客专场每月做一次。设计排期李明去谈，下次说结果。",
    ),
    Held(
        (("resources", "想要一份投放人群的周报", False), ("progress", "详情页改版后的转化", False)),
        "周报由投放同事每周一给。转化先看两周再下结论。",
        "每周一看投放周报，自己先写两句判断再聊。",
    ),
)


def tell_of_one_on_ones(calendar: Calendar, today: date) -> None:
    """Three months of talks every other week, one of them skipped with a word; the next is a few days ahead."""
    calendar.add(_pair_of_li(today))


def _pair_of_li(today: date) -> Story:
    li = Employee.objects.select_related("user", "manager__user").get(employee_no=LEADER)
    xiaoyu = Employee.objects.select_related("user").get(employee_no=XIAOYU)
    # So that the next talk of the two lies two days ahead, whatever day the demo is built on.
    following = today + timedelta(days=2)
    first = following - timedelta(weeks=8)
    yield datetime.combine(first - timedelta(days=4), time(9))
    every_other = Plan(weekly(first, every=2), first, _AT, 30, "Asia/Shanghai", "三楼小会议室 · 海棠")
    pair = arrange(li, xiaoyu, every_other, li)
    allow_reading(pair, True, xiaoyu)
    if li.manager:
        monday = first + timedelta(days=1)
        above = Plan(monthly_on_weekday(monday), monday, time(16), 45, "Asia/Shanghai", "总经办")
        arrange(li.manager, li, above, li.manager)
    tales = iter(_TALKS)
    for number, day in enumerate(_planned_until(first, today)):
        yield datetime.combine(day, _AT)
        plan_all()
        found = pair.one_on_ones.get(slot=timezone.make_aware(datetime.combine(day, _AT)))
        if found.state != OneOnOne.State.PLANNED:
            continue
        if number == 2:
            skip(found, "大促当天，改到下一次一起聊。", xiaoyu)
            continue
        tale = next(tales, None)
        if tale:
            _hold(found, tale, li, xiaoyu)
    yield datetime.combine(today, time(6))
    notice_missed()
    for talk in OneOnOne.objects.filter(state=OneOnOne.State.SKIPPED, skipped_by=None).select_related("pairing"):
        # Those two talk over lunch and say so afterwards.
        if timezone.now() - talk.planned_at < TIME_TO_NOTE:
            note_held(talk, talk.pairing.employee)
    plan_all()
    _bring_along(pair, xiaoyu, li)
    # A long weekend: the talk after the next steps aside.
    away = following + timedelta(weeks=2)
    note_leave(xiaoyu, away, away + timedelta(days=1), xiaoyu.user)
    follow_absence(xiaoyu)


def _planned_until(first: date, today: date) -> list[date]:
    return [first + timedelta(weeks=2 * number) for number in range(4) if first + timedelta(weeks=2 * number) < today]


def _hold(talk: OneOnOne, tale: Held, li: Employee, xiaoyu: Employee) -> None:
    now = timezone.now()
    begin(talk, li)
    for number, (section, text, stays_open) in enumerate(tale.points):
        point = add_point(talk, section, text, (xiaoyu, li)[number % 2])
        if not stays_open:
            settle_point(point, AgendaPoint.State.DISCUSSED, li)
    for point in talk.points.filter(author=None, state=AgendaPoint.State.OPEN):
        settle_point(point, AgendaPoint.State.DISCUSSED, li)
    save_note(talk, li, "shared", tale.manager, 0)
    save_note(talk, xiaoyu, "shared", tale.employee, 0)
    end(talk, li, now + timedelta(minutes=32))


def _bring_along(pair: Pairing, xiaoyu: Employee, li: Employee) -> None:
    """What the two have put on the agenda of the next talk."""
    talk = pair.one_on_ones.filter(state=OneOnOne.State.PLANNED).order_by("planned_at").first()
    if talk is None:
        return
    add_point(talk, "resources", "年货节能不能多一个设计支持", xiaoyu)
    add_point(talk, "growth", "聊聊接下来半年想往哪个方向走", li)
    save_note(talk, li, "private", "先问她对转化的判断，再说我的看法。", 0)
