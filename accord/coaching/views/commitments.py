"""Commitments: the list, one of them, and what can be done with it. Every form works without a script."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord.coaching.access import commitments as access
from accord.coaching.errors.commitments import CommitmentRecorded
from accord.coaching.forms.commitments import DropForm, KeepForm, MoveForm, PromiseForm, Seen
from accord.coaching.models import Commitment
from accord.coaching.queries import commitments as queries
from accord.coaching.queries.sources import link_of
from accord.coaching.services import commitments
from accord.foundation.clock import organisation_day
from accord.foundation.written import gives_back
from accord.people.access import own_employee

PER_PAGE = 20
LISTS = {"mine": queries.mine, "theirs": queries.theirs, "closed": queries.closed}


@require_safe
def commitment_list(request: HttpRequest) -> HttpResponse:
    """What I promised, what I was promised, or what is closed."""
    me, shown = own_employee(request.user), request.GET.get("show", "mine")
    shown = shown if shown in LISTS else "mine"
    context: dict[str, Any] = {"me": me, "shown": shown, "today": organisation_day()}
    if me:
        page = Paginator(LISTS[shown](me), PER_PAGE).get_page(request.GET.get("page"))
        counts = {name: found(me).count() for name, found in LISTS.items() if name != "closed"}
        context |= {"page": page, "rows": queries.rows_of(page.object_list, me.pk), "counts": counts}
    return render(request, "coaching/commitment_list.html", context)


@require_safe
def commitment_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One commitment: the words, where they come from, how it went."""
    return _page(request, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@gives_back("text")
def new_commitment(request: HttpRequest, table: str, pk: int) -> HttpResponse:
    """Record who will do what by when, where it was agreed."""
    ground = access.ground_for(request.user, table, pk)
    form = PromiseForm(ground, request.POST if request.method == "POST" else None)
    link, refusal = link_of(ground.source), None
    if form.is_valid():
        try:
            _promise(ground, form.cleaned_data)
        except CommitmentRecorded as refused:
            # Sent once more, it is one more commitment.
            form.data, refusal = {**request.POST.dict(), "token": uuid4()}, refused
        else:
            messages.success(request, _("Recorded. %(name)s sees it too.") % {"name": ground.other.name})
            return redirect(link.url if link else "coaching:commitments")
    context = {"ground": ground, "form": form, "link": link, "refusal": refusal}
    status = refusal.status if refusal else 422 if form.is_bound else 200
    return render(request, "coaching/commitment_new.html", context, status=status)


@require_POST
@gives_back("note")
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """It is done."""
    seen, form = access.commitment_to_work_on(request.user, pk), KeepForm(request.POST, prefix="keep")
    if not form.is_valid():
        return _page(request, pk, keep=form)
    commitments.keep(seen.commitment, form.cleaned_data["note"], seen.me, form.cleaned_data["edition"])
    return _done(request, pk, _("Done. The other side sees it."))


@require_POST
@gives_back("word")
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """It slips to another day."""
    seen, form = access.commitment_to_work_on(request.user, pk), MoveForm(request.POST, prefix="move")
    if not form.is_valid():
        return _page(request, pk, move=form)
    asked = form.cleaned_data
    commitments.move(seen.commitment, asked["due_on"], asked["word"], seen.me, asked["edition"])
    return _done(request, pk, _("Put off to %(day)s.") % {"day": asked["due_on"].isoformat()})


@require_POST
@gives_back("word")
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """It is no longer needed."""
    seen, form = access.commitment_for(request.user, pk), DropForm(request.POST, prefix="drop")
    if not form.is_valid():
        return _page(request, pk, drop=form)
    commitments.drop(seen.commitment, form.cleaned_data["word"], seen.me, form.cleaned_data["edition"])
    return _done(request, pk, _("Closed as no longer needed."))


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """It is open again."""
    seen, form = access.commitment_for(request.user, pk), Seen(request.POST, prefix="reopen")
    if not form.is_valid():
        return _page(request, pk, reopen=form)
    commitments.reopen(seen.commitment, seen.me, form.cleaned_data["edition"])
    return _done(request, pk, _("Open again."))


def _promise(ground: access.Ground, asked: dict[str, Any]) -> None:
    owner, partner = (ground.me, ground.other) if asked["who"] == "me" else (ground.other, ground.me)
    commitments.promise(
        owner, partner, asked["text"], asked["due_on"], ground.source, ground.sentence, ground.me, token=asked["token"]
    )


def _page(request: HttpRequest, pk: int, **wrong: forms.Form) -> HttpResponse:
    """The page of a commitment; forms that were filled in wrongly are shown again as they were sent."""
    seen = access.commitment_for(request.user, pk)
    context = {
        "seen": seen,
        "one": seen.commitment,
        "link": link_of(seen.commitment.source),
        "moves": queries.moves_of(seen.commitment),
        "today": organisation_day(),
        "wrong": wrong,
        "forms": _forms(seen.commitment) | wrong,
    }
    return render(request, "coaching/commitment_page.html", context, status=422 if wrong else 200)


def _forms(one: Commitment) -> dict[str, forms.Form]:
    kinds: dict[str, type[Seen]] = {"keep": KeepForm, "move": MoveForm, "drop": DropForm, "reopen": Seen}
    return {name: form(prefix=name, initial={"edition": one.edition}) for name, form in kinds.items()}


def _done(request: HttpRequest, pk: int, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("coaching:commitment", pk=pk)
