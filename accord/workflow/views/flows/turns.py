"""A turn at the form of a flow: what was written is kept, and decided about in the same press."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accord.domain.form_schema.written import clean
from accord.foundation.errors import BusinessError
from accord.foundation.requests import SignedInRequest
from accord.workflow.access.fills import fill_for
from accord.workflow.access.flows import acting, instance_for, task_for
from accord.workflow.errors.forms import AnswersNotAccepted, Problems
from accord.workflow.forms.flows import LONGEST_REASON
from accord.workflow.services.flow_turns import end_turn
from accord.workflow.services.turns import take_posted
from accord.workflow.views.flows.instances import instance_page

DECIDE = "decide"


@require_POST
def turn(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep what was written in the form, then do what the pressed button says: nothing more, or agree, or hand in."""
    task = task_for(request.user, pk)
    me = acting(request.user)
    wanted = request.POST.get("do", "save")
    seen = fill_for(request.user, task.instance.fill_id) if task.instance.fill_id else None
    problems: Problems = {}
    if seen and seen.may_edit:
        problems = take_posted(seen.fill, seen.step, request.POST, request.FILES, me, wanted)
    if wanted == DECIDE and not problems:
        try:
            end_turn(task, me, clean(request.POST.get("reason", ""))[:LONGEST_REASON])
        except AnswersNotAccepted as error:
            problems = error.problems
        except BusinessError as error:
            return instance_page(request, instance_for(request.user, task.instance_id), refused=error)
    if problems:
        return instance_page(request, task.instance, problems=problems)
    messages.success(request, _("Handed in.") if wanted == DECIDE else _("Saved."))
    return redirect("workflow:instance", pk=task.instance_id)
