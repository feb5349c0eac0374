"""Development plans between 小张 and 李经理."""

from datetime import timedelta

from django.utils import timezone

from accord.coaching.models import DevelopmentPlan, Feedback
from accord.coaching.services.development_plans.agreeing import agree
from accord.coaching.services.development_plans.drafting import draft_from, share
from accord.coaching.services.development_plans.wording import FocusWords, change_focus
from accord.people.models import Employee

WHY = "标记为何：上月三次客户会没有会后记录"
NOTE = "标记进展：本周试了一次"
LATER = timedelta(days=60)


def words(**more: object) -> FocusWords:
    """A focus area with nothing missing."""
    told: dict[str, object] = {
        "title": "把客户会开出结论",
        "why": WHY,
        "action": "会后当天发一页纪要，列清谁在何时做什么",
        "support": "李经理旁听两次，会后各聊十分钟",
        "resource": "《高效会议》第三章",
        "measure": "四周内每次会都有纪要，客户确认率九成",
        "due_on": timezone.localdate() + LATER,
    }
    return FocusWords(**{**told, **more})  # type: ignore[arg-type]


def typed() -> dict[str, object]:
    """The same as a browser sends it, in own words."""
    return {name: value for name, value in vars(words()).items() if value is not None}


def draft_of(person: Employee, by: Employee | None = None, **more: object) -> DevelopmentPlan:
    """A draft with one whole focus area."""
    plan = draft_from("", person, by or person)
    focus = plan.focus_areas.get()
    change_focus(plan, by or person, plan.edition, focus.pk, words(**more))
    plan.refresh_from_db()
    return plan


def running(person: Employee, by: Employee | None = None) -> DevelopmentPlan:
    """The same, shared with the other side."""
    plan = draft_of(person, by)
    share(plan, by or person)
    plan.refresh_from_db()
    return plan


def agreed(person: Employee) -> DevelopmentPlan:
    """The same, agreed by both."""
    plan = running(person)
    agree(plan, person, plan.edition)
    agree(plan, plan.manager, plan.edition)
    plan.refresh_from_db()
    return plan


def feedback(receiver: Employee, author: Employee, visibility: str = "receiver", **more: object) -> Feedback:
    """Feedback that was sent."""
    told: dict[str, object] = {
        "kind": Feedback.Kind.DEVELOPMENT,
        "situation": "周三的客户周会",
        "behaviour": "canary-behaviour：没有留下待办",
        "impact": "客户以为我们没有答应",
        "suggestion": "会后当天发一页纪要。列清谁做什么。",
        "resources": "会议纪要模板",
        "state": Feedback.State.SENT,
        "sent_at": timezone.now(),
    }
    return Feedback.objects.create(receiver=receiver, author=author, visibility=visibility, **{**told, **more})
