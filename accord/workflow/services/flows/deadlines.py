"""What time does: reminding, passing up, passing or returning what is overdue, and waking what waits.

Days are calendar days of 24 hours from the opening of a task. Each task is handled in a transaction of its own by
compare-and-set, so that a job that runs twice, or beside another, changes nothing twice.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accord.domain.flow_graph import Then
from accord.foundation.errors import BusinessError
from accord.workflow.models import FlowAct, FlowInstance, FlowTask
from accord.workflow.notices.flows import OVERDUE
from accord.workflow.queries.flows import tasks_in_full
from accord.workflow.services.flows.change import Change
from accord.workflow.services.flows.claiming import claim, claim_task, why_not
from accord.workflow.services.flows.deciding import answer
from accord.workflow.services.flows.laying_out import save
from accord.workflow.services.flows.passing import successor
from accord.workflow.services.flows.returning import send_back
from accord.workflow.services.flows.rights import GONE
from accord.workflow.services.flows.statements import answer_task, line_above
from accord.workflow.services.flows.telling import tell_overdue
from accord.workflow.services.flows.walking import go_on

State, Act = FlowTask.State, FlowAct.Kind
REASON = "rule:deadline"
AT_ONCE = 1000


def follow_deadlines(now: datetime) -> int:
    """Do what the nodes say about tasks whose time is over; return how many those were."""
    due = tasks_in_full().filter(state=State.OPEN, due_at__lte=now).exclude(kind=FlowTask.Kind.SIGN).order_by("due_at")
    return sum(_follow(task, now) for task in due[:AT_ONCE])


def wake_due(now: datetime) -> int:
    """Let instances go on whose waiting is over; return how many."""
    asleep = FlowInstance.objects.select_related("version").filter(state=FlowInstance.State.RUNNING, wake_at__lte=now)
    return sum(_wake(instance, now) for instance in asleep.order_by("wake_at")[:AT_ONCE])


def _follow(task: FlowTask, now: datetime) -> bool:
    try:
        _do(task, now)
    except BusinessError:
        # Somebody was faster; there is nothing left to do.
        return False
    return True


def _do(task: FlowTask, now: datetime) -> None:
    change = Change(task.instance, None, now)
    deadline = change.graph.node(task.node_key).deadline
    then = deadline.then if deadline else Then.REMIND
    if then == Then.PASS:
        answer(task, None, State.PASSED, Act.PASSED, REASON)
    elif then == Then.RETURN:
        _return(change, task)
    elif then == Then.ESCALATE:
        _escalate(change, task)
    else:
        _remind(change, task)


@transaction.atomic
def _remind(change: Change, task: FlowTask) -> None:
    """Once: a task that was reminded of has no time that could be over again."""
    late = FlowTask.objects.filter(pk=task.pk, state=State.OPEN, due_at=task.due_at)
    if late.update(due_at=None, nudged_at=change.now):
        change.note(Act.REMINDED, task=task, other=task.assignee_id, reason=REASON)
        save(change)
        tell_overdue(task, OVERDUE)


@transaction.atomic
def _escalate(change: Change, task: FlowTask) -> None:
    """To the manager of the assignee; whoever has nobody above is reminded."""
    claim(task.instance, task)
    above = _above(change, task)
    if above is None:
        _remind(change, task)
        return
    if not answer_task(task.pk, State.TRANSFERRED, change.now, None):
        raise why_not(task.instance, task)
    change.note(Act.ESCALATED, task=task, other=above, reason=REASON)
    change.add_tasks([successor(change, task, above, FlowTask.Origin.ESCALATED)])
    save(change)


@transaction.atomic
def _return(change: Change, task: FlowTask) -> None:
    claim_task(task, None, State.RETURNED, change.now)
    start = change.graph.start.key
    change.note(Act.RETURNED, task=task, to_node=start, reason=REASON)
    send_back(change, start)
    save(change)


@transaction.atomic
def _wake(instance: FlowInstance, now: datetime) -> bool:
    try:
        claim(instance)
    except BusinessError:
        return False
    change = Change(instance, None, now)
    change.note(Act.PASSED, reason="rule:wait_over")
    go_on(change, change.graph.node(instance.node_key))
    save(change)
    return True


def _above(change: Change, task: FlowTask) -> int | None:
    """The nearest manager of the assignee who can be asked; None for whoever is at the top."""
    here = {row.assignee_id for row in change.rows if row.node_key == task.node_key and row.state not in GONE}
    barred = here | {change.instance.starter_id, change.instance.person_id}
    return next((person for person in line_above(task.assignee_id) if person not in barred), None)
