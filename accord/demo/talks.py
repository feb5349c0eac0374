"""What the managers of 远航电商 did about alerts: they looked, talked, agreed something, and said what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from accord.alerts.models import Alert
from accord.coaching.models import CoachingStep, CoachingTask
from accord.coaching.queries.coaching_tasks import tasks_in_full
from accord.coaching.services.coaching_tasks import close, snooze, take_step
from accord.demo.clock import as_of

Step = CoachingStep.Kind
Outcome = CoachingTask.Outcome


@dataclass(frozen=True)
class Talk:
    """The notes of one task from evidence to outcome."""

    evidence: str
    talk: str
    action: str
    outcome: str


_CONVERSION = Talk(
    "转化率连续两周低于目标，访客没有减少；下滑集中在新投放的广告人群。",
    "聊了二十五分钟。新广告人群偏宽，进来的人和商品对不上；详情页首图还是夏款，换季没跟上。",
    "广告收窄到复购和相似人群；详情页首图本周四前换完；下周一一起看转化。",
    "收窄投放、换完首图后，转化率连续两周回到目标以上。",
)
_TALKS = {
    "转化率": _CONVERSION,
    "GMV": Talk(
        "访客和客单价正常，差在转化；促销结束后没有承接的活动。",
        "她自己也注意到了，想先补一场老客专场，需要活动运营配合排期。",
        "本周排一场老客专场，活动运营出两张图；每天看一次成交。",
        "专场之后成交恢复，后续把老客专场固定成每月一次。",
    ),
    "首次响应时长": Talk(
        "晚高峰 20:00 到 22:00 的响应拉高了平均值，白天正常。",
        "晚班只有一个人顶，遇到大促咨询就排队；不是速度问题，是排班问题。",
        "晚高峰加一个弹性班，常见问题先用快捷回复。",
        "加了弹性班之后响应时长回到目标以内。",
    ),
    "签约额": Talk(
        "本月两个大单都卡在法务，商机数量没少。",
        "合同来回改了三轮，客户在等付款条款；他希望能提前和法务对一次模板。",
        "周三前和法务定一版标准付款条款，两个大单按新条款推进。",
        "条款定下来后两单先后签回。",
    ),
}
_USUAL = (
    Talk(
        "看了最近八周，前六周都在目标上下，这两周确实低了一截。",
        "聊下来是临时支援别的项目占了时间，本职的节奏断了。",
        "和项目方说清支援到本周五为止，下周恢复原来的节奏。",
        "支援结束后恢复到原来的水平。",
    ),
    Talk(
        "数据没有异常，两周都差一点点，离黄灯还远。",
        "一起过了一遍流程，有一步等别人确认等得太久。",
        "确认改成当天必回，超过一天找我。",
        "等待缩短以后，这两周都回来了。",
    ),
    Talk(
        "和去年同期比也低，可能和季节有关。",
        "他认为旺季前备货期本来就慢，想先看两周再说；我同意，但约了复看的日子。",
        "两周后一起复看，仍低就调整计划。",
        "过了备货期自己回到目标以上。",
    ),
)


def act_on_tasks(monday: date, today: date) -> None:
    """What managers did in the week before `monday` about the tasks they had; those of the last days still wait."""
    for task in tasks_in_full().exclude(state=CoachingTask.State.CLOSED).order_by("id"):
        opened = task.opened_at.date()
        story = _talk_of(task)
        if (monday - opened).days >= 7 and task.state == CoachingTask.State.OPEN:
            _take_steps(task, story, opened)
        if _is_over(task, monday):
            with as_of(monday - timedelta(days=3), hour=16):
                close(task, _outcome_of(task), story.outcome, task.owner)
    if monday + timedelta(days=7) > today:
        _put_one_off(today)


def _take_steps(task: CoachingTask, story: Talk, opened: date) -> None:
    taken = set(task.steps.values_list("kind", flat=True))
    notes = ((Step.EVIDENCE, story.evidence), (Step.TALK, story.talk), (Step.ACTION, story.action))
    for days, (kind, note) in enumerate(notes, start=1):
        if kind not in taken:
            with as_of(opened + timedelta(days=days), hour=10 + days):
                take_step(task, kind, note, task.owner)


def _is_over(task: CoachingTask, monday: date) -> bool:
    return task.alert.state != Alert.State.OPEN and (monday - task.opened_at.date()).days >= 14


def _outcome_of(task: CoachingTask) -> Outcome:
    return (Outcome.HELPED, Outcome.HELPED, Outcome.RECOVERED)[task.pk % 3]


def _talk_of(task: CoachingTask) -> Talk:
    metric = task.alert.series.metric.name
    return _TALKS.get(metric) or _USUAL[task.alert.series_id % len(_USUAL)]


def _put_one_off(today: date) -> None:
    """One manager who was told this week has put it off with a reason."""
    task = tasks_in_full().filter(state=CoachingTask.State.OPEN, acted_at=None).order_by("-id").first()
    if task:
        with as_of(today, hour=9):
            snooze(task, today + timedelta(days=4), "本周出差，周五回来当面谈。", task.owner)
