"""Development plans of 远航电商: one that grew out of feedback and goes on well, and one that waits for a yes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from accord.coaching.models import Feedback, LearningResource
from accord.coaching.services.development_plans.agreeing import agree
from accord.coaching.services.development_plans.drafting import draft_from, share
from accord.coaching.services.development_plans.progress import note_progress
from accord.coaching.services.development_plans.wording import FocusWords, add_focus, change_focus
from accord.demo.clock import Calendar, Story, at, workday
from accord.demo.paperwork import Desk
from accord.people.models import Employee

_CONCLUSION = FocusWords(
    title="汇报先说结论",
    why="月度经营会上连续讲了六页明细，结论放在最后，需要的设计支持没有当场说清。",
    action="每次汇报先写一页：结论、依据、需要什么；明细放附页，会前一天发出。",
    support="会前一天陪我过一遍，会后当天给一句反馈。",
    resource="知识库“一页式汇报”模板",
    measure="连续三次月度会，十分钟内讲完，需要的支持当场定下负责人。",
)
_HANDOVER = FocusWords(
    title="排期给协作方留足时间",
    why="两次活动的文案临近上线才给到设计，首页空过一个位置。",
    kind="others",
    action="排期时和设计、活动运营一起倒排，每个节点留一个工作日。",
    support="在周会上帮我确认跨组的时间。",
    measure="下个月四场活动，物料提前一个工作日交齐。",
)
_COMPLAINTS = FocusWords(
    title="把客诉讲成数据",
    why="客诉周报只有个案，商品组看不出该先改哪一类。",
    action="每周按原因归类，附上占比和上周变化。",
    support="请数据分析的同事带我做一次透视表。",
    measure="商品组每周据此定一项改进。",
)


def tell_of_plans(desk: Desk, calendar: Calendar, today: date) -> None:
    """Let the stories of the plans begin."""
    calendar.add(_out_of_feedback(desk.people, workday(today - timedelta(days=23)), today))
    calendar.add(_waits(desk.people, workday(today - timedelta(days=2)), today))


def _out_of_feedback(people: Mapping[str, Employee], on: date, today: date) -> Story:
    """小雨 takes what 李明 told her into a plan; a fortnight later a second thing joins it."""
    yu, li = people["YH0005"], people["YH0004"]
    yield at(on, 10)
    told = Feedback.objects.filter(receiver=yu, author=li, kind=Feedback.Kind.DEVELOPMENT, sent_at__isnull=False)
    source = f"feedback:{told.latest('sent_at').pk}"
    plan = draft_from(source, yu, yu)
    due = replace(_CONCLUSION, due_on=today + timedelta(days=56))
    change_focus(plan, yu, plan.edition, plan.focus_areas.get(source=source).pk, due)
    plan.refresh_from_db()
    share(plan, yu)
    agree(plan, yu, plan.edition)
    yield at(on, 17, 20)
    agree(plan, li, plan.edition)
    first = plan.focus_areas.get()
    yield at(workday(on + timedelta(days=9)), 18)
    note_progress(plan, yu, "周会先试了一次，八分钟讲完，周敏当场答应了首图资源。", first.pk)
    yield at(workday(on + timedelta(days=10)), 9, 30)
    note_progress(plan, li, "结论很清楚；下次把需要的支持放到第一行。", first.pk)
    yield at(workday(on + timedelta(days=14)), 11)
    add_focus(plan, yu, plan.edition, _with(_HANDOVER, "一页项目计划", today + timedelta(days=40)))
    plan.refresh_from_db()
    agree(plan, yu, plan.edition)
    yield at(workday(on + timedelta(days=17)), 9)
    agree(plan, li, plan.edition)


def _waits(people: Mapping[str, Employee], on: date, today: date) -> Story:
    peng = people["YH0006"]
    yield at(on, 15)
    plan = draft_from("", peng, peng)
    words = _with(_COMPLAINTS, "《用数据讲故事》", today + timedelta(days=70))
    change_focus(plan, peng, plan.edition, plan.focus_areas.get().pk, words)
    plan.refresh_from_db()
    share(plan, peng)
    agree(plan, peng, plan.edition)


def _with(words: FocusWords, title: str, due_on: date) -> FocusWords:
    """The words with a choice of the library."""
    return replace(words, learning_id=LearningResource.objects.get(title=title).pk, due_on=due_on)
