"""Minutes: the list, writing a draft together, and what became of it. Everything works without a script."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord.coaching.access import minutes as access
from accord.coaching.access.minutes import SeenMinutes
from accord.coaching.forms.minutes import posted, sent_by_script
from accord.coaching.models import Minutes
from accord.coaching.queries import minutes as queries
from accord.coaching.queries.minutes_time import predicted
from accord.coaching.services import minutes as services
from accord.coaching.services.minutes.checking import problems_of
from accord.coaching.services.minutes.drafting import Saved
from accord.foundation.errors import NotUnderstood
from accord.foundation.written import gives_back

PER_PAGE = 20
State = Minutes.State


@require_safe
def minutes_list(request: HttpRequest) -> HttpResponse:
    """The minutes I may read, the newest talk first; and the talks that have none yet."""
    found = queries.newest_first(access.visible_minutes(request.user))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    without = access.talks_without_minutes(request.user)
    return render(request, "coaching/minutes_list.html", {"page": page, "without": without})


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the minutes of a talk."""
    made = services.begin(*access.talk_to_minute(request.user, pk))
    return redirect("coaching:minutes_page", pk=made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@gives_back("decisions", "disagreements", "what")
def minutes_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft to write in, or minutes to read. A POST keeps what was written, then does what the button says."""
    if request.method != "POST":
        return _page(request, access.minutes_for(request.user, pk))
    seen = access.minutes_to_write(request.user, pk)
    sent, action = posted(request.POST), request.POST.get("do", "save")
    saved = services.save(seen.minutes, sent.changes, seen.me, _window(seen, sent.window))
    if action.startswith("settle:"):
        _key, key, window, choice = (action.split(":") + [""] * 4)[:4]
        services.settle_conflict(saved.minutes, key, window, choice, seen.me)
        return redirect("coaching:minutes_page", pk=pk)
    if action == "confirm":
        return _laid_out(request, saved, seen, sent.revision)
    if saved.minutes.state == State.DRAFT and not action.startswith(("drop:", "add")):
        messages.success(request, _("Saved. The other side can go on writing too."))
    return redirect("coaching:minutes_page", pk=pk)


@require_POST
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """Autosave: only what changed in one window, with what each change started from."""
    seen = access.minutes_to_write(request.user, pk)
    try:
        message = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood from error
    sent = sent_by_script(message if isinstance(message, dict) else {})
    saved = services.save(seen.minutes, sent.changes, seen.me, _window(seen, sent.window))
    told = queries.told_after_save(saved.minutes, sent.revision)
    return JsonResponse(told | {"conflicts": _conflicts(request, saved)})


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Take laid out minutes back, or go on from the words of some that were not confirmed."""
    seen = access.minutes_to_write(request.user, pk)
    is_open = seen.minutes.state == State.CONFIRMING
    made = (services.take_back if is_open else services.begin_again)(seen.minutes, seen.me)
    messages.success(request, _("A new version was begun from these words. The earlier one stays to be read."))
    return redirect("coaching:minutes_page", pk=made.pk)


def _laid_out(request: HttpRequest, saved: Saved, seen: SeenMinutes, revision: int) -> HttpResponse:
    """What was just posted is part of what its author saw; anything the other side saved since is not."""
    problems = problems_of(saved.minutes)
    if problems:
        return _page(request, access.minutes_to_write(request.user, seen.minutes.pk), problems)
    own = saved.minutes.revision - seen.minutes.revision
    document = services.lay_out(saved.minutes, seen.me, revision + own)
    messages.success(request, _("Laid out. Both of you confirm it now, each for themselves."))
    return redirect("workflow:document", document.pk)


def _page(request: HttpRequest, seen: SeenMinutes, problems: Mapping[str, Sequence[str]] | None = None) -> HttpResponse:
    minutes = seen.minutes
    context: dict[str, Any] = {"seen": seen, "minutes": minutes, "pairing": minutes.one_on_one.pairing}
    if seen.is_side:
        context["earlier"] = queries.wordings_of(minutes)
    if minutes.state == State.DRAFT:
        context |= {"draft": queries.draft_of(minutes, problems), "points": queries.points_of(minutes)}
        context |= {"seconds": predicted(), "problems": problems}
        return render(request, "coaching/minutes_draft.html", context, status=422 if problems else 200)
    context |= {"wording": queries.wording_of(minutes), "may_correct": seen.may_correct}
    return render(request, "coaching/minutes_page.html", context)


def _conflicts(request: HttpRequest, saved: Saved) -> dict[str, str]:
    """The choice between two texts, ready to stand below each field that has one."""
    if not saved.conflicts:
        return {}
    fields = queries.draft_of(saved.minutes).fields
    return {
        key: render_to_string("coaching/minutes_asides.html", {"field": fields[key]}, request)
        for key in saved.conflicts
    }


def _window(seen: SeenMinutes, name: str) -> str:
    """The name of a window says whose it is, so that words that are set aside can be shown under a name."""
    return f"{seen.me.pk}-{name}"
