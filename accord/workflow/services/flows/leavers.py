"""When somebody leaves: what they owed goes to whoever acts for them, and the history says so."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accord.foundation.errors import BusinessError
from accord.people.models import Employee
from accord.workflow.models import FlowAct, FlowInstance, FlowTask
from accord.workflow.queries.flows import tasks_in_full
from accord.workflow.services.flows.change import Change
from accord.workflow.services.flows.claiming import claim
from accord.workflow.services.flows.ending import call_off_documents
from accord.workflow.services.flows.laying_out import save
from accord.workflow.services.flows.passing import successor
from accord.workflow.services.flows.people import successors_of
from accord.workflow.services.flows.returning import restart
from accord.workflow.services.flows.rights import GONE
from accord.workflow.services.flows.walking import cancel_pending, end, settle

State, Kind = FlowTask.State, FlowTask.Kind
REASON = "rule:left"
PENDING = (State.OPEN, State.WAITING)
LEAVERS = Employee.objects.filter(status=Employee.Status.LEFT)


def hand_over_tasks(employee_id: int, on: str = "") -> None:
    """Reaction to `employee.left`: their manager takes over, the next above where that one has left too, and the
    administrator where nobody is left. What is to be signed is laid out anew. Running again changes nothing.
    """
    _hand_over(LEAVERS.filter(pk=employee_id))


def sweep_leavers() -> int:
    """Do the same for everybody who has left: once a night, for those no event told of. Return how many tasks."""
    return _hand_over(LEAVERS.all())


def _hand_over(people: QuerySet[Employee]) -> int:
    pending = tasks_in_full().filter(assignee__in=people, state__in=PENDING).exclude(kind=Kind.CC)
    return sum(_attempt(task) for task in pending.order_by("pk"))


def _attempt(task: FlowTask) -> bool:
    try:
        return _lay_out_anew(task) if task.kind == Kind.SIGN else _pass_on(task)
    except BusinessError:
        # It went on in the meantime; what is open there is the business of the next run.
        return False


@transaction.atomic
def _pass_on(task: FlowTask) -> bool:
    change = Change(task.instance, None, timezone.now())
    claim(task.instance, task)
    if not FlowTask.objects.filter(pk=task.pk, state=task.state).update(state=State.TRANSFERRED, acted_at=change.now):
        return False
    barred = {task.instance.starter_id, task.instance.person_id} if task.kind == Kind.APPROVE else set()
    heir = next((person for person in successors_of(task.assignee_id) if person not in barred), None)
    if heir is None:
        _end_for_lack_of_people(change, task)
    else:
        change.note(FlowAct.Kind.SUCCEEDED, task=task, other=heir, reason=REASON)
        rows = [row for row in change.rows if row.node_key == task.node_key and row.state not in GONE]
        if any(row.assignee_id == heir for row in rows):
            # They are asked here anyway, and decide once.
            settle(change)
        else:
            change.add_tasks([successor(change, task, heir, FlowTask.Origin.SUCCEEDED, state=task.state)])
    save(change)
    return True


@transaction.atomic
def _lay_out_anew(task: FlowTask) -> bool:
    """Nobody signs for another: the document is called off, and its node asks whoever the rules find today."""
    change = Change(task.instance, None, timezone.now())
    claim(task.instance, task)
    call_off_documents(task.instance, f"{task.assignee.name} 已离职", None)
    change.note(FlowAct.Kind.SUCCEEDED, task=task, reason=REASON)
    restart(change)
    save(change)
    return True


def _end_for_lack_of_people(change: Change, task: FlowTask) -> None:
    """Neither line nor administrator: better an end than waiting for nobody."""
    change.note(FlowAct.Kind.REJECTED, task=task, reason="rule:nobody")
    cancel_pending(row for row in change.rows if row.node_key == task.node_key)
    end(change, FlowInstance.State.REJECTED)
