"""Feedback among the operations people of 远航电商: given, asked for, thanked for, asked about, and one in draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from accord.coaching.models import Competency, Feedback
from accord.coaching.services.feedback.answers import receive, reply, thank
from accord.coaching.services.feedback.asking import ask
from accord.coaching.services.feedback.drafts import Form, Written, keep_draft
from accord.coaching.services.feedback.sending import send
from accord.demo.clock import Calendar, Story, at, workday
from accord.demo.paperwork import Desk
from accord.demo.recordings import add_voice
from accord.people.models import Employee


@dataclass(frozen=True)
class Note:
    """One feedback: how many days ago, from whom to whom, of which kind, who reads it, its words and what about."""

    days_ago: int
    author: str
    receiver: str
    kind: str
    visibility: str
    situation: str
    behaviour: str
    impact: str
    suggestion: str = ""
    resources: str = ""
    thanks: bool = False
    asked_back: str = ""
    answered: str = ""
    is_read: bool = True
    voice: bool = False
    about: tuple[str, ...] = ()


_NOTES = (
    Note(
        40,
        "YH0003",
        "YH0004",
        "recognition",
        "team",
        "九月大促复盘会上",
        "你先讲自己排期晚了两天的影响，再请每个人说一条要改的",
        "会上没有人互相推，三条改进当场都定了负责人",
        thanks=True,
    ),
    Note(
        33,
        "YH0006",
        "YH0005",
        "recognition",
        "team",
        "周四下午客服系统中断的那一小时里",
        "你主动接过我手上的两个活动页，还把进度写在群里",
        "我能专心处理客诉，两个页面都按时上线了",
        thanks=True,
        about=("collaboration",),
    ),
    Note(
        26,
        "YH0004",
        "YH0005",
        "development",
        "receiver",
        "周二的月度经营会上汇报转化率时",
        "你连续讲了六页明细，结论放在最后一页，十分钟到了还没讲完",
        "周敏没有听到你要的支持是什么，首图的设计资源拖到下周才定",
        suggestion="下次先用一页说清结论和需要的支持，明细放附页",
        resources="我可以提前一天陪你过一遍；知识库里有一页式汇报模板",
        thanks=True,
        about=("data-expression",),
        asked_back="明细如果被问到再翻出来，会不会显得准备不足？",
        answered="不会。先说结论，被问到再打开附页，反而说明你心里有数。",
    ),
    Note(
        12,
        "YH0005",
        "YH0004",
        "recognition",
        "receiver",
        "上周五我们谈转化率那次",
        "你先问我怎么看，再把广告人群和商品的数据摆在一起",
        "我自己看出了问题在哪里，回去当天就收窄了投放",
    ),
    Note(
        6,
        "YH0012",
        "YH0005",
        "development",
        "manager",
        "上周三排老客专场的活动图时",
        "你下午五点才把文案发给我，当天晚上就要上线",
        "我只来得及出一张图，另一张第二天补上，首页空了一个位置",
        suggestion="排期时给设计留一个工作日",
        about=("time-management",),
    ),
    Note(
        1,
        "YH0004",
        "YH0005",
        "recognition",
        "receiver",
        "昨天和物流对退货原因的会上",
        "你把三个渠道的退货原因逐条列出来，并当场请物流核对",
        "大家第一次看清退货集中在尺码，详情页这周就能改",
        is_read=False,
        voice=True,
    ),
)
_DRAFT = Note(
    0,
    "YH0005",
    "YH0006",
    "development",
    "receiver",
    "最近的活动里",
    "你总体不错，就是有点粗心",
    "可能影响了大家的进度",
)


def tell_of_feedback(desk: Desk, calendar: Calendar, today: date) -> None:
    """Let each feedback be written on its day; weekends move to the Friday before."""
    for number, note in enumerate(_NOTES):
        calendar.add(_note(desk.people, note, workday(today - timedelta(days=note.days_ago)), number))
    calendar.add(_requests(desk.people, workday(today - timedelta(days=2))))


def _note(people: Mapping[str, Employee], note: Note, day: date, number: int) -> Story:
    yield at(day, 16, number)
    feedback = _written(people, note, number)
    if note.voice:
        add_voice(feedback)
    send(feedback)
    if not note.is_read:
        return
    yield at(day, 17, 30 + number)
    receive(feedback)
    if note.thanks:
        thank(feedback)
    if note.asked_back:
        reply(feedback, people[note.receiver], note.asked_back)
        yield at(day, 18, number)
        reply(feedback, people[note.author], note.answered)


def _requests(people: Mapping[str, Employee], day: date) -> Story:
    """小雨 asks a colleague, is asked by another, and has begun a draft that the hints have something to say about."""
    yield at(day, 10)
    ask(people["YH0005"], [people["YH0012"]], "周一我主持的老客专场启动会，节奏合适吗？")
    ask(people["YH0008"], [people["YH0005"]], "上周我替你值晚高峰，哪些地方可以交接得更清楚？")
    _written(people, _DRAFT, len(_NOTES))


def _written(people: Mapping[str, Employee], note: Note, number: int) -> Feedback:
    names = ("situation", "behaviour", "impact", "suggestion", "resources")
    words = {name: getattr(note, name) for name in names}
    about = tuple(Competency.objects.filter(code__in=note.about).values_list("pk", flat=True))
    written = Written(people[note.receiver], note.kind, note.visibility, competencies=about, **words)
    form = Form(UUID(int=number + 1), 0, UUID(int=number + 1))
    return keep_draft(people[note.author], form, written)
