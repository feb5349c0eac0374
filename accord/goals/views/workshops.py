"""Workshops: the list, the board and its cards, voting, closing, and the minutes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from accord.foundation.errors import NotUnderstood
from accord.foundation.language import readers_language
from accord.goals.access import workshops as access
from accord.goals.access.workshops import SeenWorkshop
from accord.goals.ballots import FEWEST_VOTERS
from accord.goals.forms.workshops import (
    REASONS,
    CloseForm,
    CommentForm,
    MarkForm,
    MergeForm,
    MoveForm,
    OpenForm,
    ProposeForm,
)
from accord.goals.models import WorkshopCard
from accord.goals.queries import workshops as queries
from accord.goals.services.workshops import board as service
from accord.goals.services.workshops.closing import close as close_workshop
from accord.goals.services.workshops.opening import open_workshop
from accord.goals.services.workshops.voting import set_mark

_PER_PAGE = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The workshops one takes part in, leads or may read."""
    found = queries.workshop_list(access.visible_workshops(request.user))
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "goals/workshops_list.html", {"page": page, "may_open": access.may_open(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Call a team together."""
    teams = access.teams_of(request.user, _("My direct reports"))
    if not teams:
        raise PermissionDenied
    form = OpenForm(teams, request.POST or None)
    if request.method == "POST" and form.is_valid():
        me = access.leader(request.user)
        workshop = open_workshop(form.invitation(me), me)
        messages.success(request, _("The workshop is open, and its members have been told."))
        return redirect("goals:workshop", workshop.pk)
    return render(request, "goals/workshops_new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
def workshop(request: HttpRequest, pk: int) -> HttpResponse:
    """The board while it is open, the minutes afterwards."""
    seen = access.workshop_for(request.user, pk)
    if seen.workshop.is_open:
        return render(request, "goals/workshops_page.html", _board(seen) | {"form": ProposeForm()})
    context = {
        "seen": seen,
        "workshop": seen.workshop,
        "members": queries.participants(seen.workshop),
        "decided": queries.minutes_cards(seen.workshop),
        "fewest": FEWEST_VOTERS,
    }
    return render(request, "goals/workshops_minutes.html", context)


@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """The part that changes, asked for every few seconds; unchanged it costs a 304."""
    seen = access.workshop_for(request.user, pk)
    if not seen.workshop.is_open:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = _board(seen)
    tag = context["board"].tag(readers_language())
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    response = render(request, "goals/workshops_board.html", context)
    response["ETag"] = tag
    return response


@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """A new card."""
    seen, form = access.workshop_to_join(request.user, pk), ProposeForm(request.POST)
    if not form.is_valid():
        return render(request, "goals/workshops_page.html", _board(seen) | {"form": form}, status=422)
    service.propose(seen.workshop, form.proposal(), seen.me)
    messages.success(request, _("Your card is on the board."))
    return redirect("goals:workshop", pk)


@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """A mark on a card, set or taken off."""
    seen, form = access.workshop_to_vote(request.user, pk), MarkForm(request.POST)
    if not form.is_valid():
        raise NotUnderstood
    found, card = access.card_for(request.user, form.cleaned_data["card"])
    if found.workshop.pk != seen.workshop.pk:
        raise NotUnderstood
    set_mark(card, seen.me, *form.pressed())
    return _after(request, seen, card)


@require_safe
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """A card with all that was said about it."""
    seen, found = access.card_for(request.user, pk)
    return _card_page(request, seen, found, CommentForm())


@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """A word about a card."""
    seen, found = access.card_to_discuss(request.user, pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _card_page(request, seen, found, form)
    service.discuss(found, form.cleaned_data["text"], seen.me)
    return redirect("goals:workshop_card", found.pk)


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """A card to another column or place."""
    seen, found = access.card_to_lead(request.user, pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise NotUnderstood
    told = form.cleaned_data
    service.move(found, told["column"], told["place"], told["edition"], seen.me)
    return _after(request, seen, found)


@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """A card into another."""
    seen, found = access.card_to_lead(request.user, pk)
    form = MergeForm(request.POST)
    if not form.is_valid():
        raise NotUnderstood
    _other, into = access.card_to_lead(request.user, form.cleaned_data["into"])
    service.merge(found, into, form.cleaned_data["edition"], seen.me)
    messages.success(request, _("Merged. Comments and votes have come along."))
    return redirect("goals:workshop_card", into.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The decisions, each with its reason."""
    seen = access.workshop_to_lead(request.user, pk)
    if not seen.workshop.is_open:
        return redirect("goals:workshop", pk)
    cards = list(queries.standing_cards(seen.workshop))
    form = CloseForm(cards, request.POST or None, initial={"edition": seen.workshop.edition})
    if request.method == "POST" and form.is_valid():
        close_workshop(seen.workshop, form.decisions(), form.cleaned_data["edition"], seen.me)
        messages.success(request, _("Closed. Adopted KPIs are in the draft of the assessment model."))
        return redirect("goals:workshop", pk)
    context = {"seen": seen, "workshop": seen.workshop, "form": form, "fewest": FEWEST_VOTERS, "reasons": REASONS}
    return render(request, "goals/workshops_close.html", context, status=422 if form.is_bound else 200)


def _board(seen: SeenWorkshop) -> dict[str, Any]:
    board = queries.Board(seen.workshop, seen.voter)
    return {"seen": seen, "workshop": seen.workshop, "board": board, "library": queries.library_names}


def _after(request: HttpRequest, seen: SeenWorkshop, card: WorkshopCard) -> HttpResponse:
    """The board as it stands now for a script, the page with the card in sight otherwise."""
    if request.headers.get("HX-Request"):
        fresh = access.workshop_for(request.user, seen.workshop.pk)
        return render(request, "goals/workshops_board.html", _board(fresh))
    address = redirect("goals:workshop", seen.workshop.pk)
    address["Location"] += f"#card-{card.pk}"
    return address


def _card_page(request: HttpRequest, seen: SeenWorkshop, card: WorkshopCard, form: CommentForm) -> HttpResponse:
    others = queries.standing_cards(seen.workshop).exclude(pk=card.pk)
    context = {
        "seen": seen,
        "workshop": seen.workshop,
        "card": card,
        "comments": queries.said_about(card),
        "mine": queries.own_marks(card, seen.voter) if seen.voter else (),
        "others": others if seen.is_led else (),
        "columns": WorkshopCard.Column.choices,
        "form": form,
    }
    return render(request, "goals/workshops_card.html", context, status=422 if form.is_bound else 200)
