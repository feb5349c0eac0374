"""What 李明 and 张晓雨 wrote down of their talks: what both confirmed, what was refused first, what still waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from accord.coaching.models import Commitment, Minutes, OneOnOne
from accord.coaching.queries.commitments import commitments_in_full
from accord.coaching.services.commitments import keep, move
from accord.coaching.services.minutes import begin, begin_again, lay_out, save
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
    """Let the story begin on the afternoon of their first talk; the talks themselves are told of elsewhere."""
    calendar.add(_story(desk, today))


def _story(desk: Desk, today: date) -> Story:
    manager, employee = desk.people[_MANAGER], desk.people[_EMPLOYEE]
    first, second, last = today - 54 * _DAY, today - 40 * _DAY, today - 3 * _DAY
    yield at(first, 15)
    minutes = _written(manager, _first(first))
    lay_out(minutes, manager, minutes.revision)
    yield from _signed(minutes, first, desk.password, manager, employee)
    yield at(first + 3 * _DAY, 17)
    _keep(employee, "首发素材", "素材周三上午齐了，预热提前一周上线。")
    yield at(second - _DAY, 11)
    _keep(manager, "选品会", "商品部同意，下月起她列席。")
    yield at(second, 15)
    minutes = _written(manager, _second(second))
    lay_out(minutes, manager, minutes.revision)
    yield at(second + _DAY, 10)
    _refuse(minutes, employee, desk.password, "调价那一条当天没有谈定，不应写成决定。")
    counter = begin_again(minutes, employee)
    counter = _save(counter, employee, {**_second(second), **_settled()})
    lay_out(counter, employee, counter.revision)
    yield from _signed(counter, second + _DAY, desk.password, employee, manager)
    yield at(second + 16 * _DAY, 9)
    _put_off(employee, "老客专场", today - 2 * _DAY)
    yield at(last, 15)
    minutes = _written(employee, _last(last))
    lay_out(minutes, employee, minutes.revision)
    yield at(last + _DAY, 9)
    _sign(minutes, manager, desk.password)


def _written(by: Employee, words: Words) -> Minutes:
    """A draft about the last talk the two have held and not written down yet."""
    held = OneOnOne.objects.filter(state=OneOnOne.State.HELD, minutes_wordings=None)
    between = held.filter(pairing__manager__employee_no=_MANAGER, pairing__employee__employee_no=_EMPLOYEE)
    return _save(begin(between.latest("planned_at"), by), by, words)


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
        "decisions": "首发提前一周预热，素材周三前给到。\n她参加选品会的事，由李明去和商品部谈。",
        "commitments": [
            _row("employee", "周三前收齐首发素材", on + 3 * _DAY),
            _row("manager", "和商品部谈好她列席选品会", on + 14 * _DAY),
        ],
    }


def _second(on: date) -> Words:
    return {
        "decisions": "老客专场固定为每月一次。\n主推款下调价格 5%。",
        "commitments": [
            _row("employee", "写出老客专场的标准流程", on + 17 * _DAY),
            _row("manager", "和设计组长谈定排期", on + 10 * _DAY),
        ],
    }


def _settled() -> Words:
    dispute = "主推款是否下调价格：李明认为先降 5% 试两周；张晓雨担心影响品牌价，想先看到货后的数据。下次再谈。"
    return {"decisions": "老客专场固定为每月一次。", "disagreements": dispute}


def _last(on: date) -> Words:
    return {
        "decisions": "投放人群的周报每周一给到，她先写两句判断再聊。\n详情页改版后的转化先看两周，再下结论。",
        "commitments": [
            _row("employee", "整理改版前后各两周的转化对比", on + 10 * _DAY),
            _row("manager", "请投放同事每周一发人群周报", on + 7 * _DAY),
        ],
    }


def _row(who: str, what: str, due: date) -> dict[str, str]:
    return {"who": who, "what": what, "due": due.isoformat()}
