"""A turn at the form of a flow together with the decision it belongs to: both or neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from accord.people.models import Employee
from accord.workflow.models import FlowInstance, FlowTask, FlowVersion, FormFill
from accord.workflow.services import flows
from accord.workflow.services.fills import START, submit_turn


@transaction.atomic
def send_off(
    version: FlowVersion, starter: Employee, fill: FormFill | None, title: str, chosen: Mapping[str, Sequence[int]]
) -> FlowInstance:
    """Check what was filled in and start the flow with it. Raises AnswersNotAccepted, FillClosed or ChoiceMissing."""
    if fill is not None:
        fill = submit_turn(fill, START, {}, starter)
    return flows.start(version, starter, title=title, fill=fill, chosen=chosen)


@transaction.atomic
def end_turn(task: FlowTask, fill: FormFill | None, step: str, actor: Employee, reason: str = "") -> None:
    """Check what was written in the form at a step, and agree or hand in.

    Raises AnswersNotAccepted, or AlreadyDecided where somebody was faster; nothing is changed then.
    """
    if fill is not None:
        submit_turn(fill, step, {}, actor)
    if task.kind == FlowTask.Kind.FILL:
        flows.hand_in(task, actor, reason)
    else:
        flows.agree(task, actor, reason)
