"""The rhythm of two people: begin it, change it, pause it, and say who may read what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord.coaching.access import one_on_ones as access
from accord.coaching.access.one_on_ones import visible_talks
from accord.coaching.forms.one_on_ones import RhythmForm, TimeForm
from accord.coaching.queries.one_on_ones import coming_talks, past_talks
from accord.coaching.services import one_on_ones as commands
from accord.foundation.requests import whole_number

MOST_SHOWN = 12


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, employee_pk: int) -> HttpResponse:
    """Begin a rhythm, with one of my people or with my manager."""
    manager, employee, me = access.pair_to_arrange(request.user, employee_pk)
    zone = me.user.time_zone if me.user else ""
    form = RhythmForm(request.POST or None, zone=zone)
    if request.method == "POST" and form.is_valid():
        pairing = commands.arrange(manager, employee, form.plan(), me)
        messages.success(request, _("Arranged. The first talks are planned."))
        return redirect("coaching:pairing", pk=pairing.pk)
    other = employee if me == manager else manager
    status = 422 if form.is_bound else 200
    return render(request, "coaching/one_on_ones_rhythm.html", {"form": form, "other": other}, status=status)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One rhythm: what comes, what was, and what may be changed."""
    return _page(request, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the rhythm from now on."""
    pairing, me = access.pairing_for(request.user, pk)
    form = RhythmForm(request.POST or None, pairing=pairing)
    if request.method == "POST" and form.is_valid():
        pairing.edition = _edition(request, pairing.edition)
        commands.change_rhythm(pairing, form.plan(), me)
        messages.success(request, _("Changed. Talks from now on follow the new rhythm."))
        return redirect("coaching:pairing", pk=pk)
    context = {"form": form, "other": pairing.other(me), "pairing": pairing}
    context["edition"] = _edition(request, pairing.edition)
    return render(request, "coaching/one_on_ones_rhythm.html", context, status=422 if form.is_bound else 200)


@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop planning talks for a while."""
    commands.pause(*access.pairing_for(request.user, pk))
    return _done(request, pk, _("Paused. What was planned is called off; open points wait."))


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with the rhythm."""
    commands.resume(*access.pairing_for(request.user, pk))
    return _done(request, pk, _("The talks go on."))


@require_POST
def allow_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether the next manager may read confirmed minutes."""
    pairing, me = access.pairing_for(request.user, pk)
    commands.allow_reading(pairing, request.POST.get("allowed") == "yes", me)
    return _done(request, pk, _("Saved."))


@require_POST
def plan_extra(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan one more talk beside the rhythm."""
    pairing, me = access.pairing_for(request.user, pk)
    form = TimeForm(pairing.time_zone, request.POST, prefix="extra")
    if not form.is_valid():
        return _page(request, pk, form)
    talk = commands.plan_extra(pairing, form.moment(), me)
    messages.success(request, _("Planned."))
    return redirect("coaching:one_on_one", pk=talk.pk)


def _page(request: HttpRequest, pk: int, extra: TimeForm | None = None) -> HttpResponse:
    pairing, me = access.pairing_for(request.user, pk)
    talks = visible_talks(request.user).filter(pairing=pairing)
    leads = me == pairing.manager
    context = {
        "pairing": pairing,
        "other": pairing.other(me),
        "i_share": pairing.manager_shares if leads else pairing.employee_shares,
        "other_shares": pairing.employee_shares if leads else pairing.manager_shares,
        "ahead": coming_talks(talks)[:MOST_SHOWN],
        "past": past_talks(talks)[:MOST_SHOWN],
        "extra_form": extra or TimeForm(pairing.time_zone, prefix="extra"),
    }
    return render(request, "coaching/one_on_ones_pair.html", context, status=422 if extra else 200)


def _edition(request: HttpRequest, otherwise: int) -> int:
    found = whole_number(request.POST.get("edition", ""))
    return otherwise if found is None else found


def _done(request: HttpRequest, pk: int, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("coaching:pairing", pk=pk)
