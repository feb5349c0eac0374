"""The targets of a driver tree: what the others become when one is changed, and what was set when."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accord.domain.periods import Period
from accord.domain.wording import ExplainedError
from accord.foundation.requests import edition_of
from accord.metrics.access.driver_trees import tree_for, tree_rights_of, tree_to_change
from accord.metrics.forms.driver_targets import TryTargetForm, coming_periods, locked_in, targets_in
from accord.metrics.models import DriverTree
from accord.metrics.queries.driver_trees import TargetPlan, target_history, target_plan
from accord.metrics.services.driver_trees import set_targets


@require_http_methods(["GET", "HEAD", "POST"])
def targets_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The targets in force; for those who may change the tree, what they would become and the button that sets them."""
    if request.method == "POST":
        return _confirmed(request, pk)
    tree = tree_for(request.user, pk)
    context = _tried(request, tree) | {
        "tree": tree,
        "past": target_history(tree),
        "may_change": tree.is_active and tree_rights_of(request.user).may_change(tree),
    }
    return render(request, "metrics/tree_targets.html", context)


def _tried(request: HttpRequest, tree: DriverTree) -> dict[str, Any]:
    """The form as asked and the plan that follows from it; without a question, the targets as they are."""
    periods = coming_periods(tree)
    plan = target_plan(tree, periods[0])
    nodes = [(line.node, line.depth) for line in plan.lines]
    asked = request.GET if "node" in request.GET else None
    form = TryTargetForm(tree, nodes, asked, initial={"keep": "root", "since": periods[0].label})
    locked, problem = locked_in(request.GET, [node.pk for node, _depth in nodes]), None
    if form.is_bound and request.GET.get("value") and form.is_valid():
        cleaned, since = form.cleaned_data, Period.parse(form.cleaned_data["since"])
        try:
            plan = target_plan(tree, since, cleaned["node"], cleaned["value"], keep=cleaned["keep"], locked=locked)
        except ExplainedError as found:
            problem = found
    return {"form": form, "plan": plan, "locked": locked, "problem": problem}


def _confirmed(request: HttpRequest, pk: int) -> HttpResponse:
    tree, me = tree_to_change(request.user, pk)
    since = next((each for each in coming_periods(tree) if each.label == request.POST.get("since")), None)
    since = since or coming_periods(tree)[0]
    plan: TargetPlan = target_plan(tree, since)
    names = {line.node.pk: line.node.metric.name for line in plan.lines}
    targets = targets_in(request.POST, {line.node.pk: line.before for line in plan.lines}, names)
    made = set_targets(tree, edition_of(request), me, targets, since)
    sentence = ngettext(
        "%(count)s target holds from %(period)s on.", "%(count)s targets hold from %(period)s on.", len(made)
    )
    messages.success(request, sentence % {"count": len(made), "period": since})
    return redirect("metrics:tree_targets", pk)
