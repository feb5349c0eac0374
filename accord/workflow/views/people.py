"""Who one may mean: people as one types, for every chooser of the product."""

from __future__ import annotations

from django.http import JsonResponse
from django.views.decorators.http import require_GET

from accord.foundation.requests import SignedInRequest, asked_for
from accord.people.queries.lookups import suggested_people

MOST = 10


@require_GET
def people_search(request: SignedInRequest) -> JsonResponse:
    """Up to ten people who work here, as JSON. Names and units stand in the directory that everybody may read."""
    found = suggested_people(asked_for(request, "q"))[:MOST]
    rows = [{"id": one.pk, "number": one.employee_no, "name": one.name, "unit": one.org_unit.name} for one in found]
    return JsonResponse(rows, safe=False, json_dumps_params={"ensure_ascii": False})
