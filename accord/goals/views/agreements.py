"""Agreements: mine, those of my people, one line by line."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accord.goals.access.agreements import agreement_for


@require_safe
def agreement_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement as far as the reader may see it."""
    return render(request, "goals/agreements_page.html", {"seen": agreement_for(request.user, pk)})
