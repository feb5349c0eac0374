"""The table of what one may do: the small form that is asked, the command that follows, what is said then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.foundation.errors import Text
from accord.people.models import Employee
from accord.workflow.forms import flows as asked
from accord.workflow.models import FlowInstance, FlowTask
from accord.workflow.queries.flow_page import return_targets
from accord.workflow.services import flows
from accord.workflow.services.flow_turns import end_turn

Answers = Mapping[str, Any]
Subject = TypeVar("Subject", FlowTask, FlowInstance)


@dataclass(frozen=True)
class Action(Generic[Subject]):
    """`form` makes the form for a subject, `command` gets the subject, who acts and the cleaned answers."""

    title: Text
    form: Callable[..., forms.Form]
    command: Callable[[Subject, Employee, Answers], object]
    said: Text

    def form_for(self, subject: Subject, verb: str, posted: Mapping[str, Any] | None = None) -> forms.Form:
        """The form, filled in or empty, with ids of its own so that all may stand on one page."""
        return self.form(subject, data=posted, auto_id=f"{verb}-%s")


def _plain(form: type[forms.Form]) -> Callable[..., forms.Form]:
    return lambda subject, **options: form(**options)


def _return_form(task: FlowTask, **options: Any) -> forms.Form:
    return asked.ReturnForm(return_targets(task), **options)


ON_TASKS: dict[str, Action[FlowTask]] = {
    "agree": Action(
        pgettext_lazy("flow verb", "Agree"),
        _plain(asked.OpinionForm),
        lambda task, me, told: end_turn(task, me, told["reason"]),
        _("Agreed."),
    ),
    "reject": Action(
        pgettext_lazy("flow verb", "Reject"),
        _plain(asked.ReasonForm),
        lambda task, me, told: flows.reject(task, me, told["reason"]),
        _("Rejected. Whoever started it has been told."),
    ),
    "return": Action(
        pgettext_lazy("flow verb", "Return"),
        _return_form,
        lambda task, me, told: flows.return_to(
            task, me, told["node"], told["reason"], straight_back=told["way"] == asked.ReturnForm.STRAIGHT
        ),
        _("Returned."),
    ),
    "transfer": Action(
        pgettext_lazy("flow verb", "Pass on"),
        _plain(asked.TransferForm),
        lambda task, me, told: flows.transfer(task, me, told["to"], told["reason"]),
        _("Passed on."),
    ),
    "add": Action(
        pgettext_lazy("flow verb", "Add"),
        _plain(asked.AddForm),
        lambda task, me, told: flows.add_approver(task, me, told["who"], told["where"], told["reason"]),
        _("Added."),
    ),
}

ON_INSTANCES: dict[str, Action[FlowInstance]] = {
    "comment": Action(
        pgettext_lazy("flow verb", "Comment"),
        _plain(asked.CommentForm),
        lambda instance, me, told: flows.comment(instance, me, told["text"], told["mentions"]),
        _("Your comment stands in the flow."),
    ),
    "withdraw": Action(
        pgettext_lazy("flow verb", "Withdraw"),
        _plain(asked.NoteForm),
        lambda instance, me, told: flows.withdraw(instance, me, told["reason"]),
        _("Withdrawn."),
    ),
    "nudge": Action(
        pgettext_lazy("flow verb", "Remind"),
        _plain(forms.Form),
        lambda instance, me, told: flows.nudge(instance, me),
        _("The reminder is on its way."),
    ),
}
