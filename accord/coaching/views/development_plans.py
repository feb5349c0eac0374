"""Development plans: mine and those of my people, one plan, its history, and all that is done to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accord.coaching.access import development_plans as access
from accord.coaching.errors.development_plans import FocusGone, PlanEditedMeanwhile, PlanFull
from accord.coaching.forms import development_plans as forms
from accord.coaching.models import DevelopmentPlan
from accord.coaching.queries import plan_page
from accord.coaching.queries.plan_learning import offers_to
from accord.coaching.services.development_plans import agreeing, progress, wording
from accord.foundation.clock import organisation_day
from accord.foundation.errors import BusinessError
from accord.foundation.requests import asked_for
from accord.foundation.shown import shown_to
from accord.foundation.written import gives_back
from accord.people.access import is_manager, own_employee
from accord.people.models import Employee

_PER_PAGE = 20
_words = gives_back("title", "why", "action", "support", "resource", "measure")


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """My plans, and those of the people I lead or may read."""
    me, search = own_employee(request.user), asked_for(request, "q")
    context: dict[str, Any] = {"me": me, "q": search, "is_manager": is_manager(request.user)}
    if me:
        readable = access.readable_plans(request.user)
        people = plan_page.people_with_plans(me, readable, search)
        shown = Paginator(people, _PER_PAGE).get_page(request.GET.get("page"))
        mine = plan_page.plans_about(me, readable)
        is_closed = all(plan.state == DevelopmentPlan.State.CLOSED for plan in mine)
        context |= {"mine": mine, "page": shown, "can_begin": is_closed and me.manager_id is not None}
        context["rows"] = plan_page.rows_of(shown.object_list, readable)
    return render(request, "coaching/plans_index.html", context)


@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: every word for its two sides, what was agreed for others."""
    return _page(request, access.plan_for(request.user, pk))


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What was agreed when, version by version."""
    seen = access.plan_for(request.user, pk)
    if seen.side is None:
        raise PermissionDenied
    context = {"plan": seen.plan, "versions": plan_page.history_of(seen.plan)}
    return render(request, "coaching/plans_history.html", context)


@require_POST
@_words
def add_focus(request: HttpRequest, pk: int) -> HttpResponse:
    """One more focus area."""
    found, me = access.plan_to_change(request.user, pk)
    form = forms.FocusForm.empty(found.edition, request.POST)

    def add() -> None:
        wording.add_focus(found, me, form.cleaned_data["edition"], form.words())

    return _tried(request, pk, form, add, "more")


@require_POST
@_words
def change_focus(request: HttpRequest, pk: int, focus: int) -> HttpResponse:
    """Other words in a focus area."""
    found, me = access.plan_to_change(request.user, pk)
    standing = next((each for each in found.standing if each.pk == focus), None)
    if standing is None:
        raise FocusGone
    form = forms.FocusForm.of(standing, found.edition, request.POST)

    def change() -> None:
        wording.change_focus(found, me, form.cleaned_data["edition"], focus, form.words())

    return _tried(request, pk, form, change, focus)


@require_POST
def remove_focus(request: HttpRequest, pk: int, focus: int) -> HttpResponse:
    """Take a focus area out."""
    found, me = access.plan_to_change(request.user, pk)
    wording.remove_focus(found, me, _edition(request), focus)
    return _done(request, pk, _("Taken out. Earlier versions still show it."))


@require_POST
def mark(request: HttpRequest, pk: int, focus: int) -> HttpResponse:
    """Say that a focus area is reached, set aside or under way again."""
    found, me = access.plan_to_change(request.user, pk)
    form = forms.MarkForm(request.POST)
    if not form.is_valid():
        raise Http404
    progress.mark_focus(found, me, focus, form.cleaned_data["state"])
    return _done(request, pk, _("Recorded."), f"focus{focus}")


@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes to the words that were shown."""
    found, me = access.plan_to_change(request.user, pk)
    now = agreeing.agree(found, me, _edition(request))
    sentence = _("Both have agreed. The plan is kept as it stands.") if now.is_agreed else _("You have agreed.")
    return _done(request, pk, sentence)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own yes back."""
    return _simply(request, pk, agreeing.take_back, _("Your yes is taken back."))


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Go back to what was agreed last."""
    found, me = access.plan_to_change(request.user, pk)
    wording.restore_agreed(found, me, _edition(request))
    return _done(request, pk, _("The words agreed last stand again."))


@require_POST
@gives_back("text")
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """A word on how it goes."""
    found, me = access.plan_to_change(request.user, pk)
    form = forms.ProgressForm(request.POST)
    if not form.is_valid():
        return _page(request, access.plan_for(request.user, pk), note=form)
    about = form.cleaned_data["focus"]
    progress.note_progress(found, me, form.cleaned_data["text"], about)
    return _done(request, pk, _("Recorded."), f"focus{about}" if about else "notes")


@require_POST
def hand_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the new line manager take the former one's place."""
    return _simply(request, pk, progress.hand_on, _("Your line manager of today reads and supports the plan now."))


@require_POST
@gives_back("note")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End the plan with a word on what came of it."""
    found, me = access.plan_to_change(request.user, pk)
    form = forms.ClosingForm(request.POST, prefix="close")
    if not form.is_valid():
        return _page(request, access.plan_for(request.user, pk), close=form)
    progress.close(found, me, form.cleaned_data["note"])
    return _done(request, pk, _("Closed. The plan and its history stay to be read."))


def _page(request: HttpRequest, seen: access.SeenPlan, **wrong: Any) -> HttpResponse:
    """The page of a plan. `wrong` holds the form that was not taken as it was sent, and why."""
    context: dict[str, Any] = {"seen": seen, "plan": seen.plan, "wrong": wrong, "today": organisation_day()}
    if seen.side is None:
        version = plan_page.latest_version(seen.plan)
        context |= {"version": version, "agreed": plan_page.agreed_focus_areas(version) if version else []}
        return render(request, "coaching/plans_agreed.html", context)
    view = plan_page.view_of(seen.plan, seen.me, access.readable_notes(seen))
    offers = offers_to(seen.plan.employee, seen.me) if seen.can_change else []
    more = wrong.get("more") or forms.FocusForm.empty(seen.plan.edition)
    context |= {
        "shown": shown_to(request.user, seen.plan),
        "view": forms.with_forms(view, offers, wrong) if seen.can_change else view,
        "more_form": more.offering(offers),
        "close_form": wrong.get("close") or forms.ClosingForm(prefix="close"),
    }
    status = wrong["refusal"].status if wrong.get("refusal") else 422 if wrong else 200
    return render(request, "coaching/plans_page.html", context, status=status)


def _tried(
    request: HttpRequest, pk: int, form: forms.FocusForm, change: Callable[[], None], where: int | str
) -> HttpResponse:
    """Make a change of words; where it is not taken, what was written stands in its form, ready to be sent again."""
    refusal: BusinessError | None = None
    if form.is_valid():
        try:
            change()
        except (PlanEditedMeanwhile, PlanFull) as refused:
            refusal = refused
        else:
            return _done(request, pk, _("Saved."), f"focus{where}" if where != "more" else "")
    seen = access.plan_for(request.user, pk)
    if refusal is not None:
        # Sent again, it speaks of the words that are shown now.
        form.data = {**request.POST.dict(), form.add_prefix("edition"): seen.plan.edition}
    told = {"more": form} if where == "more" else {"form": form, "focus": where}
    return _page(request, seen, **told, **({"refusal": refusal} if refusal else {}))


def _simply(
    request: HttpRequest, pk: int, command: Callable[[DevelopmentPlan, Employee], None], sentence: str
) -> HttpResponse:
    command(*access.plan_to_change(request.user, pk))
    return _done(request, pk, sentence)


def _edition(request: HttpRequest) -> int:
    """Which words the author saw; without it, none that are."""
    form = forms.EditionForm(request.POST)
    return int(form.cleaned_data["edition"]) if form.is_valid() else -1


def _done(request: HttpRequest, pk: int, sentence: str, place: str = "") -> HttpResponse:
    messages.success(request, sentence)
    answer = redirect("coaching:plan", pk=pk)
    if place:
        answer["Location"] += f"#{place}"
    return answer
