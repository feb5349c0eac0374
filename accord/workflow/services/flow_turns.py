"""A turn at the form of a flow together with the decision it belongs to: both or neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from accord.people.models import Employee
from accord.workflow.errors.forms import FillClosed
from accord.workflow.models import FlowInstance, FlowTask, FlowVersion, FormFill
from accord.workflow.queries.flow_steps import step_of, with_something_to_write
from accord.workflow.queries.schema import START
from accord.workflow.services import flows
from accord.workflow.services.fills import submit_turn


@transaction.atomic
def send_off(
    version: FlowVersion, starter: Employee, fill: FormFill | None, title: str, chosen: Mapping[str, Sequence[int]]
) -> FlowInstance:
    """Check what was filled in and start the flow with it. Raises AnswersNotAccepted, FillClosed or ChoiceMissing."""
    if fill is not None:
        fill = submit_turn(fill, START, {}, starter)
        if FlowInstance.objects.filter(fill=fill).exists():
            # The other press of the button was faster.
            raise FillClosed
    return flows.start(version, starter, title=title, fill=fill, chosen=chosen)


@transaction.atomic
def end_turn(task: FlowTask, actor: Employee, reason: str = "") -> None:
    """Agree or hand in, after checking what was written in the form where the step of the task may write in it.

    Raises AnswersNotAccepted, or AlreadyDecided where somebody was faster; nothing is changed then.
    """
    fill = task.instance.fill
    if fill is not None and task.state == FlowTask.State.OPEN and with_something_to_write([task]):
        submit_turn(fill, step_of(task), {}, actor)
    if task.kind == FlowTask.Kind.FILL:
        flows.hand_in(task, actor, reason)
    else:
        flows.agree(task, actor, reason)
