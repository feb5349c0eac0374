"""What 李明 and 张晓雨 wrote down of their talks: what both confirmed, what was refused first, what still waits."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accord.coaching.models import Commitment, Minutes, OneOnOne, Pairing
from accord.coaching.queries.commitments import commitments_in_full
from accord.coaching.services.commitments import keep, move
from accord.coaching.services.minutes import begin, begin_again, lay_out, save
from accord.coaching.services.one_on_ones import Plan, arrange, plan_extra
from accord.coaching.services.one_on_ones import begin as begin_talk
from accord.coaching.services.one_on_ones import end as end_talk
from accord.demo.clock import Calendar, Story, at
from accord.demo.paperwork import Desk
from accord.foundation.models import User
from accord.foundation.second_factors import Password
from accord.people.models import Employee
from accord.workflow.models import DocumentParty
from accord.workflow.services.documents import refuse, sign
from accord.workflow.services.merging import Change

_MANAGER, _EMPLOYEE = "YH0004", "YH0005"
_DAY = timedelta(days=1)
Words = Mapping[str, Any]


def tell_of_minutes(desk: Desk, calendar: Calendar, today: date) -> None:
    """Let the story of their talks begin, eight weeks back."""
    calendar.add(_talks(desk, today))


def _talks(desk: Desk, today: date) -> Story:
    manager, employee = desk.people[_MANAGER], desk.people[_EMPLOYEE]
    first, second, last = (today - timedelta(days=back) for back in (57, 29, 3))
    yield at(first, 15)
    pairing = _pair(manager, employee, first)
    talk = yield from _held(pairing, manager, first)
    minutes = _written(talk, manager, _first(first))
    lay_out(minutes, manager, minutes.revision)
    yield from _signed(minutes, first, desk.password, manager, employee)
    yield at(first + 6 * _DAY, 17)
    _keep(employee, "详情页首图", "已换成秋冬款，次日转化回升。")
    yield at(second - 2 * _DAY, 11)
    _keep(manager, "活动运营", "排期已确认，两张图周五给到。")
    yield at(second, 15)
    talk = yield from _held(pairing, manager, second)
    minutes = _written(talk, manager, _second(second))
    lay_out(minutes, manager, minutes.revision)
    yield at(second + _DAY, 10)
    _refuse(minutes, employee, desk.password, "调价那一条当天没有谈定，不应写成决定。")
    counter = begin_again(minutes, employee)
    counter = _save(counter, employee, {**_second(second), **_settled()})
    lay_out(counter, employee, counter.revision)
    yield from _signed(counter, second + _DAY, desk.password, employee, manager)
    yield at(today - 10 * _DAY, 9)
    _put_off(employee, "老客专场", today - 2 * _DAY)
    yield at(last, 15)
    talk = yield from _held(pairing, manager, last)
    minutes = _written(talk, employee, _last(last))
    lay_out(minutes, employee, minutes.revision)
    yield at(last + _DAY, 9)
    _sign(minutes, manager, desk.password)


def _pair(manager: Employee, employee: Employee, on: date) -> Pairing:
    found = Pairing.objects.filter(manager=manager, employee=employee).exclude(state=Pairing.State.ENDED).first()
    plan = Plan("FREQ=WEEKLY;INTERVAL=4;BYDAY=WE", on + _DAY, time(15, 30))
    return found or arrange(manager, employee, plan, manager)


def _held(pairing: Pairing, manager: Employee, on: date) -> Generator[datetime, None, OneOnOne]:
    """The last talk they held that has no minutes yet; where there is none, they sit down together now."""
    held = OneOnOne.objects.filter(pairing=pairing, state=OneOnOne.State.HELD, minutes_wordings=None)
    talk = held.order_by("-planned_at").first()
    if talk is None:
        talk = plan_extra(pairing, timezone.now() + timedelta(minutes=30), manager)
        yield at(on, 15, 30)
        begin_talk(talk, manager)
        yield at(on, 16, 5)
        end_talk(talk, manager)
    return talk


def _written(talk: OneOnOne, by: Employee, words: Words) -> Minutes:
    return _save(begin(talk, by), by, words)


def _save(minutes: Minutes, by: Employee, words: Words) -> Minutes:
    changes = {key: Change(minutes.answers.get(key), value) for key, value in words.items()}
    return save(minutes, changes, by, f"{by.pk}-demo").minutes


def _signed(minutes: Minutes, on: date, password: str, *sides: Employee) -> Iterator[datetime]:
    for hours, side in enumerate(sides):
        yield at(on, 17 + hours)
        _sign(minutes, side, password)


def _sign(minutes: Minutes, side: Employee, password: str) -> None:
    party, user = _part(minutes, side)
    sign(party, user, party.document.digest, Password(password))


def _refuse(minutes: Minutes, side: Employee, password: str, reason: str) -> None:
    party, user = _part(minutes, side)
    refuse(party, user, party.document.digest, reason, Password(password))


def _part(minutes: Minutes, side: Employee) -> tuple[DocumentParty, User]:
    document = Minutes.objects.get(pk=minutes.pk).document
    parties = DocumentParty.objects.select_related("document")
    return parties.get(document=document, employee=side), User.objects.get(employee=side)


def _keep(owner: Employee, about: str, note: str) -> None:
    one = _open(owner, about)
    keep(one, note, owner, one.edition)


def _put_off(owner: Employee, about: str, day: date) -> None:
    one = _open(owner, about)
    move(one, day, "设计排期满了，图要晚三天。", owner, one.edition)


def _open(owner: Employee, about: str) -> Commitment:
    return commitments_in_full().get(owner=owner, text__contains=about, state=Commitment.State.OPEN)


def _first(on: date) -> Words:
    return {
        "decisions": "广告先收窄到复购和相似人群，两周后一起看转化。\n详情页首图换成秋冬款，旧图不再投放。",
        "commitments": [
            _row("employee", "详情页首图换成秋冬款并上线", on + 7 * _DAY),
            _row("manager", "和活动运营敲定老客专场的排期", on + 28 * _DAY),
        ],
    }


def _second(on: date) -> Words:
    return {
        "decisions": "老客专场固定为每月一次。\n主推款下调价格 5%。",
        "commitments": [
            _row("employee", "写出老客专场的标准流程", on + 17 * _DAY),
            _row("manager", "向供应链要到主推款的到货日期", on + 14 * _DAY),
        ],
    }


def _settled() -> Words:
    return {
        "decisions": "老客专场固定为每月一次。",
        "disagreements": "主推款是否下调价格：李明认为先降 5% 试两周；张晓雨担心影响品牌价，想先看到货后的数据。下次再谈。",
    }


def _last(on: date) -> Words:
    return {
        "decisions": "转化率连续两周回到目标附近，广告人群保持现状。\n到货后先看一周数据，再决定是否调价。",
        "commitments": [
            _row("employee", "整理到货前后各一周的转化对比", on + 10 * _DAY),
            _row("manager", "为她争取一个设计外包名额", on + 7 * _DAY),
        ],
    }


def _row(who: str, what: str, due: date) -> dict[str, str]:
    return {"who": who, "what": what, "due": due.isoformat()}
