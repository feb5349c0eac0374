"""Amendments out of a meeting: proposed with their effect before anything is kept, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accord.foundation.clock import organisation_day
from accord.foundation.requests import asked_for
from accord.goals.access import calibrations as access
from accord.goals.access.agreements import agreement_for
from accord.goals.forms.calibration_amendments import AmendForm, AmendManyForm, HistoryForm
from accord.goals.models import Agreement, CalibrationItem, CalibrationMeeting
from accord.goals.queries.calibrations.history import history as history_of
from accord.goals.queries.calibrations.lines import amendable, wordings_of
from accord.goals.queries.calibrations.scope import day_of
from accord.goals.services.calibrations.proposals import Proposal
from accord.goals.services.calibrations.proposing import propose, propose_for_many
from accord.goals.services.calibrations.rehearsing import Rehearsal, rehearse
from accord.people.models import Employee


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, pk: int, agreement: int) -> HttpResponse:
    """Propose other numbers for one agreement: first their effect is shown, then they are drafted."""
    meeting, held, me = access.agreement_to_amend(request.user, pk, agreement)
    today = organisation_day()
    wordings = wordings_of([held], day_of(meeting, today))[held.pk]
    if wordings.in_force is None or wordings.unfinished is not None or not meeting.is_open:
        context = {"meeting": meeting, "agreement": held, "wordings": wordings}
        return render(request, "goals/calibrations_amend_closed.html", context, status=409 if request.POST else 200)
    form = AmendForm(wordings.in_force, today, request.POST or None)
    told = None
    if form.is_valid():
        proposal = form.proposal()
        if _is_seen(request, form):
            propose(meeting, held, proposal, me)
            messages.success(request, _("Drafted. It takes effect when both have agreed and signed."))
            return redirect("goals:calibrations_meeting", pk)
        told = _rehearsed(form, meeting, [(held, proposal)], me, today)
    context = {"meeting": meeting, "agreement": held, "terms": wordings.in_force, "form": form, "told": told}
    return _editor(request, "goals/calibrations_amend", context, form)


@require_http_methods(["GET", "HEAD", "POST"])
def amend_many(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose the same change for several people, each a draft of its own two parties."""
    meeting, me = access.meeting_to_lead(request.user, pk)
    today = organisation_day()
    people = access.agreements_to_amend(request.user, meeting, today)
    held = amendable(people, day_of(meeting, today)) if meeting.is_open else []
    change = access.change_point(meeting, asked_for(request, "point"))
    form = AmendManyForm(held, today, request.POST or None, initial=_suggested(change))
    told = None
    if form.is_valid():
        if _is_seen(request, form):
            done = propose_for_many(meeting, form.proposals(), me, change)
            _tell(request, len(done.drafts), done.left_out)
            return redirect("goals:calibrations_meeting", pk)
        told = _rehearsed(form, meeting, form.proposals(), me, today)
    context = {"meeting": meeting, "form": form, "told": told, "held": held, "change": change}
    return _editor(request, "goals/calibrations_amend_many", context, form)


@require_safe
def history(request: HttpRequest, agreement: int) -> HttpResponse:
    """What of an agreement held on a day, and what was known of it at another."""
    seen = agreement_for(request.user, agreement)
    found = history_of(seen.agreement)
    today = organisation_day()
    usual = {"on": max(seen.agreement.starts_on, min(today, seen.agreement.ends_on)), "known": today}
    form = HistoryForm(usual | {name: request.GET[name] for name in usual if name in request.GET})
    chosen = form.cleaned_data if form.is_valid() else usual
    context = {
        "agreement": seen.agreement,
        "history": found,
        "form": form,
        "chosen": chosen,
        "held": found.held(chosen["on"], _end_of(chosen["known"])),
        "held_now": found.held(chosen["on"], timezone.now()),
    }
    return render(request, "goals/calibrations_history.html", context)


def _editor(request: HttpRequest, name: str, context: dict[str, object], form: forms.Form) -> HttpResponse:
    """The editor, or the effect alone where only that is asked for while somebody types."""
    is_panel = request.headers.get("HX-Request") == "true"
    status = 422 if form.is_bound and form.errors and not is_panel else 200
    return render(request, f"{name}_effect.html" if is_panel else f"{name}.html", context, status=status)


def _rehearsed(
    form: forms.Form,
    meeting: CalibrationMeeting,
    proposals: Sequence[tuple[Agreement, Proposal]],
    me: Employee,
    today: date,
) -> Rehearsal | None:
    """The effect of what the form proposes; what cannot be drafted for anybody is said in the form."""
    told = rehearse(meeting.cycle, proposals, me, today)
    if told.effects:
        return told
    for error in {str(error): error for _agreement, error in told.refused}.values():
        form.add_error(None, f"{error} {error.advice()}")
    return None


def _is_seen(request: HttpRequest, form: AmendForm | AmendManyForm) -> bool:
    """Whether the effect of exactly these values was shown before they were sent to be kept."""
    return "save" in request.POST and request.POST.get("seen") == form.fingerprint()


def _tell(request: HttpRequest, drafted: int, left_out: Sequence[tuple[Employee, str]]) -> None:
    if drafted:
        text = ngettext("%(count)s amendment was drafted.", "%(count)s amendments were drafted.", drafted)
        messages.success(request, text % {"count": drafted})
    for person, reason in left_out:
        messages.warning(request, _("%(name)s was left out: %(reason)s") % {"name": person.name, "reason": reason})


def _suggested(change: CalibrationItem | None) -> dict[str, object]:
    """What an external change suggests: its KPI, and itself as the reason."""
    if change is None or change.change is None:
        return {}
    told = change.change
    return {"metric": told.metric_id, "reason": f"{told.happened_on:%Y-%m-%d} {told.text}"}


def _end_of(day: date) -> datetime:
    """The last moment of a day on the organisation's clock."""
    return datetime.combine(day, time.max, tzinfo=timezone.get_default_timezone())
