"""The rules of alerts: what each would have raised beside its switch, and how many a manager gets."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accord.alerts.access.rules import metric_to_switch, require_switcher, rule_called
from accord.alerts.forms.rules import BudgetForm
from accord.alerts.jobs.backtests import try_all_rules
from accord.alerts.queries.rules import examples, metrics_in_use, with_rules
from accord.alerts.queries.switches import budget
from accord.alerts.services.switching import set_budget, switch_rule
from accord.foundation.models import User
from accord.foundation.requests import asked_for
from accord.foundation.services.jobs import enqueue_once

PER_PAGE = 20


@require_safe
def rules_page(request: HttpRequest) -> HttpResponse:
    """Every metric in use with both rules, and the budget."""
    require_switcher(request.user)
    return _rules(request, _budget_form())


@require_safe
def history_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One metric: what each rule would have raised in thirteen periods, with examples, and what it did raise."""
    metric = metric_to_switch(request.user, pk)
    (found,) = with_rules([metric])
    tried = [(state, examples(state, metric, request.user)) for state in found.rules]
    return render(request, "alerts/rules_history.html", {"metric": metric, "tried": tried})


@require_POST
def switch(request: HttpRequest, pk: int, rule: str) -> HttpResponse:
    """Let a rule watch a metric, or no longer; asking for what holds already changes nothing."""
    metric, called, on = metric_to_switch(request.user, pk), rule_called(rule), request.POST.get("on") == "1"
    switch_rule(metric, called, on, cast(User, request.user))
    sentence = _("“%(rule)s” is on for %(metric)s.") if on else _("“%(rule)s” is off for %(metric)s.")
    messages.success(request, sentence % {"rule": called.label, "metric": metric.name})
    return redirect("alerts:rule_history", pk)


@require_POST
def save_budget(request: HttpRequest) -> HttpResponse:
    """Say how many alerts a manager gets in a month."""
    require_switcher(request.user)
    form = BudgetForm(request.POST)
    if not form.is_valid():
        return _rules(request, form)
    set_budget(form.cleaned_data["per_month"], form.cleaned_data["edition"], cast(User, request.user))
    messages.success(request, _("Saved. It holds for alerts from now on."))
    return redirect("alerts:rules")


@require_POST
def try_now(request: HttpRequest) -> HttpResponse:
    """Try every rule on the newest history soon, instead of at night."""
    require_switcher(request.user)
    enqueue_once(try_all_rules, try_all_rules.module_path)
    messages.success(request, _("The back-test is under way. Reload this page in a moment."))
    return redirect("alerts:rules")


def _rules(request: HttpRequest, form: BudgetForm) -> HttpResponse:
    search = asked_for(request, "q")
    page = Paginator(metrics_in_use(search), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "found": with_rules(page.object_list), "search": search, "form": form}
    return render(request, "alerts/rules_page.html", context, status=422 if form.is_bound else 200)


def _budget_form() -> BudgetForm:
    standing = budget()
    return BudgetForm(initial={"per_month": standing.per_month, "edition": standing.edition})
