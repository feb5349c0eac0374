"""One-on-ones: my list, and one talk before, during and after it. Everything works without a script."""

from __future__ import annotations

import hashlib
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accord.coaching.access import one_on_ones as access
from accord.coaching.access.one_on_ones import SeenTalk
from accord.coaching.agenda_sources import suggestions_for
from accord.coaching.errors.one_on_ones import TalkOver
from accord.coaching.forms.one_on_ones import PointForm, SkipForm, TimeForm
from accord.coaching.models import AgendaPoint, TalkNote
from accord.coaching.queries.one_on_ones import agenda_of, desk_of, may_write, notes_of, past_talks
from accord.coaching.services import one_on_ones as commands
from accord.domain.form_schema.written import clean
from accord.foundation.requests import whole_number
from accord.foundation.written import gives_back
from accord.people.access import direct_reports, own_employee

PER_PAGE = 10
_LIVE = "coaching/one_on_ones_live.html"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What comes next, my rhythms, and what was."""
    me = own_employee(request.user)
    context: dict[str, Any] = {"me": me}
    if me:
        reports = direct_reports(request.user).select_related("position").order_by("name", "pk")
        past = past_talks(access.visible_talks(request.user))
        context |= {
            "desk": desk_of(me, reports, timezone.now()),
            "past": Paginator(past, PER_PAGE).get_page(request.GET.get("page")),
        }
    return render(request, "coaching/one_on_ones_index.html", context)


@require_safe
def talk_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One talk: its agenda, the notes, and what can be done now."""
    return _page(request, access.talk_for(request.user, pk))


@require_safe
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda and what the other wrote, for the page that stays open."""
    context = _seen(access.talk_for(request.user, pk))
    # Tagged without the tokens of its forms, which are masked anew for each answer.
    tag = f'"{hashlib.sha256(render_to_string(_LIVE, context).encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    response = render(request, _LIVE, context)
    response["ETag"], response["Cache-Control"] = tag, "no-store"
    return response


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan the talk for another time."""
    seen = access.talk_for(request.user, pk)
    form = TimeForm(seen.pairing.time_zone, request.POST, prefix="move")
    if not form.is_valid():
        return _page(request, seen, {"move": form})
    seen.talk.sequence = _number(request, "sequence", seen.talk.sequence)
    commands.move(seen.talk, form.moment(), seen.me)
    return _done(request, pk, _("Moved. %(name)s is told.") % {"name": seen.other.name})


@require_POST
@gives_back("reason")
def skip(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the talk out, with a word."""
    seen = access.talk_for(request.user, pk)
    form = SkipForm(request.POST, prefix="skip")
    if not form.is_valid():
        return _page(request, seen, {"skip": form})
    commands.skip(seen.talk, form.cleaned_data["reason"], seen.me)
    return _done(
        request, pk, _("Skipped. %(name)s is told; open points go to the next talk.") % {"name": seen.other.name}
    )


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the talk, or join it."""
    seen = access.talk_for(request.user, pk)
    commands.begin(seen.talk, seen.me)
    return redirect("coaching:one_on_one", pk=pk)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End the talk."""
    seen = access.talk_for(request.user, pk)
    try:
        commands.end(seen.talk, seen.me)
    except TalkOver:
        return redirect("coaching:one_on_one", pk=pk)  # Both pressed, or one of them twice: its page says how it ended.
    return _done(request, pk, _("The talk is over. What is still open stands on the next agenda."))


@require_POST
def note_held(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a talk which passed without a word took place after all."""
    seen = access.talk_for(request.user, pk)
    commands.note_held(seen.talk, seen.me)
    return _done(request, pk, _("Noted as held."))


@require_POST
@gives_back("text")
def add_point(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a point on the agenda."""
    seen = access.talk_for(request.user, pk)
    form = PointForm(request.POST)
    if not form.is_valid():
        return _page(request, seen, {"point": form})
    commands.add_point(seen.talk, form.cleaned_data["section"], form.cleaned_data["text"], seen.me)
    return _again(request, seen)


@require_POST
def settle_point(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick a point off, open it again, or drop it."""
    point, seen = access.point_for(request.user, pk)
    state = request.POST.get("state", "")
    if state not in (AgendaPoint.State.OPEN, AgendaPoint.State.DISCUSSED, AgendaPoint.State.DROPPED):
        raise Http404
    commands.settle_point(point, state, seen.me)
    return _again(request, seen)


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Take off the agenda what it wrote by itself."""
    seen = access.talk_for(request.user, pk)
    source = request.POST.get("source", "")
    found = next((each for each in suggestions_for(seen.talk) if each.source == source), None)
    if found:
        commands.dismiss(seen.talk, found, seen.me)
    return _again(request, seen)


@require_POST
@gives_back("text")
def save_note(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Save one's own note; the page that saves by itself gets told which edition stands now."""
    seen = _writer(request, pk, kind)
    text, window = clean(request.POST.get("text", "")), clean(request.POST.get("window", ""))[:20]
    saved = commands.save_note(seen.talk, seen.me, kind, text, _number(request, "edition", 0), window)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"edition": saved.note.edition, "aside": saved.is_aside})
    messages.success(request, _("Both texts are kept; choose below.") if saved.is_aside else _("Saved."))
    return redirect("coaching:one_on_one", pk=pk)


@require_POST
def choose_words(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """End a conflict between two windows of one person."""
    seen = _writer(request, pk, kind)
    notes = notes_of(seen.talk, seen.me)
    choice = request.POST.get("choice", "")
    if choice not in ("stored", "aside", "both"):
        raise Http404
    note = notes.private if kind == TalkNote.Kind.PRIVATE else notes.shared
    commands.choose_words(note, request.POST.get("window", ""), choice)
    return _done(request, pk, _("Saved."))


def _writer(request: HttpRequest, pk: int, kind: str) -> SeenTalk:
    seen = access.talk_for(request.user, pk)
    if kind not in TalkNote.Kind.values:
        raise Http404
    if not may_write(seen.talk, kind, timezone.now()):
        raise TalkOver
    return seen


def _page(request: HttpRequest, seen: SeenTalk, wrong: dict[str, forms.Form] | None = None) -> HttpResponse:
    """The page of a talk; forms that were filled in wrongly are shown again as they were sent."""
    wrong, talk, now = wrong or {}, seen.talk, timezone.now()
    local = timezone.localtime(talk.planned_at, ZoneInfo(seen.pairing.time_zone))
    given = {"day": local.date(), "at": local.time()}
    context = _seen(seen) | {
        "may_share": may_write(talk, TalkNote.Kind.SHARED, now),
        "window": get_random_string(12),
        "move_form": wrong.get("move") or TimeForm(seen.pairing.time_zone, prefix="move", initial=given),
        "skip_form": wrong.get("skip") or SkipForm(prefix="skip"),
        "point_form": wrong.get("point") or PointForm(initial={"section": AgendaPoint.Section.PROGRESS}),
        "wrong": wrong,
    }
    return render(request, "coaching/one_on_ones_talk.html", context, status=422 if wrong else 200)


def _seen(seen: SeenTalk) -> dict[str, Any]:
    talk, notes = seen.talk, notes_of(seen.talk, seen.me)
    is_open = talk.state == talk.State.PLANNED
    return {
        "seen": seen,
        "talk": talk,
        "sections": agenda_of(talk),
        "is_open": is_open,
        "notes": notes,
        "others": notes.others,
    }


def _again(request: HttpRequest, seen: SeenTalk) -> HttpResponse:
    """The part of the page that changed, or the page for whoever has no script."""
    if request.headers.get("HX-Request"):
        return render(request, _LIVE, _seen(seen))
    return redirect("coaching:one_on_one", pk=seen.talk.pk)


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    found = whole_number(request.POST.get(name, ""))
    return otherwise if found is None else found


def _done(request: HttpRequest, pk: int, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("coaching:one_on_one", pk=pk)
