"""What 远航电商 fills in, decides and signs: its forms and flows, and a quarter of their life."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accord.demo.clock import Calendar, Story, at
from accord.demo.designs import design
from accord.demo.letters import MONTHS, REPLIES, REQUESTS, Month, Request
from accord.foundation.second_factors import Password
from accord.people.models import Employee
from accord.workflow.models import DocumentParty, Flow, FlowInstance, FlowTask, Form, FormFill
from accord.workflow.services.archive.sealing import seal
from accord.workflow.services.documents import refuse, sign
from accord.workflow.services.fills import save_answers, start_fill, submit_turn
from accord.workflow.services.flows import agree, return_to, start
from accord.workflow.services.versions import create_definition, new_draft, publish, save_draft

_MONTHS_BACK, _STILL_WAITING = 5, 3
_FOUR_WEEKS, _DAY = timedelta(weeks=4), timedelta(days=1)
_TEAM = ("YH0005", "YH0006", "YH0007", "YH0008", "YH0009", "YH0010")


@dataclass(frozen=True)
class Desk:
    """Who takes part: everybody by employee number, the HR partner who designs, and the password people sign with."""

    people: Mapping[str, Employee]
    designer: Employee
    password: str


def tell_of_paperwork(desk: Desk, calendar: Calendar, opening: date, today: date) -> None:
    """Let the stories of forms and flows begin."""
    calendar.add(_designs(desk, opening, today))
    calendar.add(_sealing(opening, today))
    for back in range(_MONTHS_BACK - 1, -1, -1):
        on = today - back * _FOUR_WEEKS - timedelta(days=3)
        for place, (number, month) in enumerate(zip(_TEAM, MONTHS, strict=True)):
            is_waiting = back == 0 and place < _STILL_WAITING
            if back or is_waiting:
                calendar.add(_monthly(desk, number, month, on, place, answered=not is_waiting))
    for request in REQUESTS:
        calendar.add(_request(desk, request, today))


def _designs(desk: Desk, opening: date, today: date) -> Story:
    """The forms and flows; the monthly form was too long at first and is shorter since five weeks."""
    flows = design("flows")
    yield at(opening, 11)
    approval = _flow(desk, "publication", "发布审批", "新版本上线前，由管理层确认。", flows["publication"])
    monthly = _form(desk, "monthly_progress", "月度进展", "每月一次，写给自己和上级。", "monthly_progress_first")
    publish(_draft(monthly), desk.designer, "先沿用原来纸质表的内容，用两个月再精简。")
    change = _form(desk, "target_change", "目标调整", "业务变化时申请调整目标，双方签字后生效。")
    publish(_draft(change), desk.designer)
    publish(_draft(_form(desk, "sbi_feedback", "SBI 反馈", "说具体的一件事，帮对方看见。")), desk.designer)
    _flow(desk, "monthly_progress", "月度进展", "写完交直属上级回应，抄送 HRBP。", flows["monthly_progress"], monthly)
    _flow(desk, "target_change", "目标调整", "变动超过 10% 需会签，最后双方签署。", flows["target_change"], change)
    yield at(today - timedelta(weeks=5), 15)
    draft = new_draft(monthly, desk.designer)
    note = "去掉很少有人填的两项，其余选填的收起来，三分钟能写完。"
    save_draft(draft, design("monthly_progress"), draft.revision, desk.designer, note)
    publish(_draft(monthly), desk.designer)
    yield at(today - 2 * _DAY, 16)
    minutes = _form(desk, "minutes", "一对一纪要", "谈完当场写，双方确认。")
    Form.objects.filter(pk=minutes.pk).update(approval_flow=approval)


def _sealing(opening: date, today: date) -> Story:
    """The worker seals all the time; here it does once a week."""
    for week in range((today - opening).days // 7 + 1):
        yield at(opening + timedelta(weeks=week), 23)
        seal()


def _monthly(desk: Desk, number: str, month: Month, on: date, place: int, *, answered: bool) -> Story:
    author = desk.people[number]
    yield at(on, 10)
    fill = _begin("monthly_progress", author)
    answers = month.earlier_answers() if fill.version.number == 1 else month.answers(on)
    minutes = (7 if fill.version.number == 1 else 2) + place % 3
    yield at(on, 10, minutes)
    instance = _hand_in("monthly_progress", fill, answers, minutes)
    if not answered:
        return
    yield at(on + _DAY, 9 + place)
    task, reply = _open_tasks(instance)[0], {"reply": REPLIES[place % len(REPLIES)]}
    now = FormFill.objects.get(pk=fill.pk)
    save_answers(now, "lead", reply, now.revision, task.assignee, seconds=41 + 9 * place)
    submit_turn(now, "lead", reply, task.assignee)
    agree(task, task.assignee)


def _request(desk: Desk, request: Request, today: date) -> Story:
    on = today - timedelta(days=request.days_ago)
    yield at(on, 14)
    fill = _begin("target_change", desk.people[request.author])
    yield at(on, 14, 4)
    instance = _hand_in("target_change", fill, request.answers(on), 4)
    for day, words in enumerate(request.decisions, start=1):
        yield at(on + day * _DAY, 11)
        for task in _open_tasks(instance):
            _decide(task, words)
    signing = on + (len(request.decisions) + 1) * _DAY
    for which in range(request.signatures):
        yield at(signing + which * _DAY, 17)
        _sign(desk, _parties(instance)[which], request.refusal if which == request.signatures - 1 else "")


def _decide(task: FlowTask, words: str) -> None:
    sent_back, _colon, reason = words.partition("退回：")
    if reason:
        return_to(task, task.assignee, "start", reason, straight_back=True)
    else:
        agree(task, task.assignee, sent_back)


def _sign(desk: Desk, party: DocumentParty, refusal: str) -> None:
    user, seen, proof = party.employee.user, party.document.digest, Password(desk.password)
    if user is None:
        return
    if refusal:
        refuse(party, user, seen, refusal, proof)
    else:
        sign(party, user, seen, proof)


def _form(desk: Desk, code: str, name: str, purpose: str, body: str = "") -> Any:
    form = create_definition("form", name, desk.designer, code=code, purpose=purpose)
    save_draft(_draft(form), design(body or code), 0, desk.designer)
    return form


def _flow(desk: Desk, code: str, name: str, purpose: str, body: dict[str, Any], form: Any = None) -> Any:
    more = {"code": code, "purpose": purpose, "form": form, "is_offered": form is not None}
    flow = create_definition("flow", name, desk.designer, **more)
    save_draft(_draft(flow), body, 0, desk.designer)
    publish(_draft(flow), desk.designer)
    return flow


def _draft(definition: Any) -> Any:
    return definition.versions.get(state="draft")


def _begin(code: str, author: Employee) -> FormFill:
    form = Form.objects.get(code=code)
    return start_fill(form.versions.get(state="published"), author)


def _hand_in(code: str, fill: FormFill, answers: Mapping[str, Any], minutes: int) -> FlowInstance:
    saved = save_answers(fill, "start", answers, fill.revision, fill.author, seconds=minutes * 60 - 23).fill
    done = submit_turn(saved, "start", answers, fill.author)
    flow = Flow.objects.get(code=code)
    title = f"{flow.name} · {fill.author.name}"
    return start(flow.versions.get(state="published"), fill.author, title=title, fill=done)


def _open_tasks(instance: FlowInstance) -> list[FlowTask]:
    tasks = FlowTask.objects.filter(instance=instance, state=FlowTask.State.OPEN, kind=FlowTask.Kind.APPROVE)
    return list(tasks.select_related("assignee", "instance").order_by("id"))


def _parties(instance: FlowInstance) -> list[DocumentParty]:
    """Those who sign the document of an instance, the manager first."""
    parties = DocumentParty.objects.filter(document__instance=instance)
    return list(parties.select_related("document", "employee__user").order_by("-place"))
