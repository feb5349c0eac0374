"""What the views of boards answer alike: a tag for what has not changed, a fragment, a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header

from accord.foundation.clock import organisation_day
from accord.foundation.queries.events import newest_event
from accord.insights.forms.boards import asked_for
from accord.insights.queries.boards.paper import Paper
from accord.insights.services.exports import KINDS, export_board


def board_version(request: HttpRequest, **_place: Any) -> str | None:
    """What a board looks like changes only with a fact, the day and the reader. A file has no version: it is made."""
    if "as" in request.GET:
        return None
    seen = f"{request.user.pk} {request.LANGUAGE_CODE} {organisation_day()} {newest_event()}"
    return f'"{seen} {request.COOKIES.get("theme", "")} {is_partial(request)}"'


def is_partial(request: HttpRequest) -> bool:
    """Whether a panel of the page asks again, and not a person for the page."""
    return bool(request.headers.get("HX-Request"))


def board_answer(request: HttpRequest, page: str, fragment: str, context: dict[str, Any]) -> HttpResponse:
    """The page, or its fragment to a panel; kept by this browser only, and never shown without asking again."""
    response = render(request, fragment if is_partial(request) else page, context)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def exported(request: HttpRequest, paper: Paper) -> HttpResponse:
    """The file that `?as=xlsx` or `?as=pdf` asks for. Raises Http404 for another kind."""
    kind = request.GET["as"]
    if kind not in KINDS:
        raise Http404
    content = export_board(paper, kind, asked_for(request.GET.dict()), request.user, timezone.now())
    name = content_disposition_header(True, f"{paper.title} {organisation_day()}.{kind}") or "attachment"
    response = HttpResponse(content, content_type=KINDS[kind], headers={"Content-Disposition": name})
    patch_cache_control(response, private=True, no_store=True)
    return response
