"""A manager's mirror: their own three months of coaching, and one thing to try."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accord.coaching.access.coaching_mirror import myself_as_coach
from accord.coaching.queries.coaching_mirror import mirror_of
from accord.domain.coaching_mirror import FEW, SOON, months_seen, suggestion
from accord.foundation.clock import organisation_day


@require_safe
def mirror(request: HttpRequest) -> HttpResponse:
    """What I did as a coach. Only about me."""
    me = myself_as_coach(request.user)
    first, last = months_seen(organisation_day())
    seen = mirror_of(me, first, last)
    context = {"mirror": seen, "first": first, "last": last, "try": suggestion(seen), "few": FEW, "soon": SOON}
    return render(request, "coaching/mirror.html", context)
